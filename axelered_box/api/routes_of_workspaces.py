"""The routes of workspaces, their keys and their saved configurations."""

from axelered_box.api import configs, examples, s3_credentials, webhooks, workspaces
from axelered_box.api.auth import Access
from axelered_box.api.configs import Routes
from axelered_box.api.parameters import ACCESS_KEY, CURSOR, LIMIT, json_of
from axelered_box.api.route import Route
from axelered_box.domain.modules import Json

_W = "/v1/w/{workspace_id}"


_HOOKS = f"{_W}/webhooks"
_HOOK = f"{_HOOKS}/{{webhook_id}}"


def _saved(kind: str, plural: str, handlers: Routes, example: Json) -> tuple[Route, ...]:
    """Return the routes of one kind of saved configuration."""
    base = f"{_W}/config/{plural}"
    one = f"{base}/{{config_id}}"
    return (
        Route(
            method="GET",
            path=base,
            handle=handlers.list_all,
            summary=f"List saved {plural}",
            parameters=(LIMIT, CURSOR),
            answers={200: examples.page_of(example)},
            errors=(422,),
        ),
        Route(
            method="POST",
            path=base,
            handle=handlers.create,
            summary=f"Save a {kind}",
            body=json_of({"name": example["name"], "config": example["config"]}, ["name", "config"]),
            answers={201: example},
            errors=(400, 415, 422),
        ),
        Route(
            method="GET",
            path=one,
            handle=handlers.get,
            summary=f"Show a saved {kind}",
            answers={200: example},
        ),
        Route(
            method="PATCH",
            path=one,
            handle=handlers.change,
            summary=f"Change a saved {kind}; its config is merged member by member",
            body=json_of({"config": example["config"]}, []),
            answers={200: example},
            errors=(400, 415, 422),
        ),
        Route(
            method="DELETE",
            path=one,
            handle=handlers.delete,
            summary=f"Delete a saved {kind} that nothing names",
            answers={200: None},
            errors=(409,),
        ),
        Route(
            method="PUT",
            path=f"{one}/undelete",
            handle=handlers.undelete,
            summary=f"Bring a deleted {kind} back",
            answers={200: example},
        ),
    )


ROUTES: tuple[Route, ...] = (
    Route(
        method="GET",
        path="/v1/w",
        handle=workspaces.list_all,
        summary="List workspaces",
        access=Access.KEY,
        parameters=(LIMIT, CURSOR),
        answers={200: examples.page_of(examples.WORKSPACE)},
        errors=(422,),
    ),
    Route(
        method="POST",
        path="/v1/w",
        handle=workspaces.create,
        summary="Make a workspace",
        access=Access.SERVER,
        body=json_of({"name": "invoices"}, ["name"]),
        answers={201: examples.WORKSPACE},
        errors=(400, 403, 415, 422),
    ),
    Route(
        method="GET",
        path=_W,
        handle=workspaces.get,
        summary="Show a workspace",
        answers={200: examples.WORKSPACE},
    ),
    Route(
        method="PATCH",
        path=_W,
        handle=workspaces.change,
        summary="Rename a workspace, or set its defaults",
        body=json_of({"name": "invoices", "defaultParserId": None, "defaultLlmId": None}, []),
        answers={200: examples.WORKSPACE},
        errors=(400, 415, 422),
    ),
    Route(
        method="DELETE",
        path=_W,
        handle=workspaces.delete,
        summary="Delete a workspace so that it can be brought back",
        access=Access.SERVER,
        answers={200: None},
        errors=(403,),
    ),
    Route(
        method="PUT",
        path=f"{_W}/undelete",
        handle=workspaces.undelete,
        summary="Bring a deleted workspace back",
        access=Access.SERVER,
        answers={200: examples.WORKSPACE},
        errors=(403,),
    ),
    Route(
        method="GET",
        path=f"{_W}/keys",
        handle=workspaces.list_keys,
        summary="List API keys",
        parameters=(LIMIT, CURSOR),
        answers={200: examples.page_of(examples.KEY)},
        errors=(422,),
    ),
    Route(
        method="POST",
        path=f"{_W}/keys",
        handle=workspaces.create_key,
        summary="Make an API key; its secret is shown once",
        body=json_of({"name": "ci", "expires_in": "90d"}, []),
        answers={201: examples.NEW_KEY},
        errors=(400, 415, 422),
    ),
    Route(
        method="DELETE",
        path=f"{_W}/keys/{{key_id}}",
        handle=workspaces.delete_key,
        summary="Delete an API key, dead at once",
        answers={200: None},
    ),
    Route(
        method="GET",
        path=_HOOKS,
        handle=webhooks.list_all,
        summary="List webhooks",
        parameters=(LIMIT, CURSOR),
        answers={200: examples.page_of(examples.WEBHOOK)},
        errors=(422,),
    ),
    Route(
        method="POST",
        path=_HOOKS,
        handle=webhooks.create,
        summary="Register a webhook; its secret is shown once",
        body=json_of({"url": "https://erp.example.org/hook", "events": ["process.completed"]}, ["url"]),
        answers={201: examples.NEW_WEBHOOK},
        errors=(400, 415, 422),
    ),
    Route(method="GET", path=_HOOK, handle=webhooks.get, summary="Show a webhook", answers={200: examples.WEBHOOK}),
    Route(
        method="PATCH",
        path=_HOOK,
        handle=webhooks.change,
        summary="Change a webhook",
        body=json_of({"enabled": True}, []),
        answers={200: examples.WEBHOOK},
        errors=(400, 415, 422),
    ),
    Route(
        method="DELETE",
        path=_HOOK,
        handle=webhooks.delete,
        summary="Remove a webhook",
        answers={200: None},
    ),
    Route(
        method="POST",
        path=f"{_HOOK}/test",
        handle=webhooks.test,
        summary="Send a test event",
        answers={202: examples.DELIVERY},
        errors=(422,),
    ),
    Route(
        method="POST",
        path=f"{_HOOK}/rotate",
        handle=webhooks.rotate,
        summary="Give a webhook a new secret, shown once",
        answers={200: examples.NEW_WEBHOOK},
    ),
    Route(
        method="GET",
        path=f"{_HOOK}/deliveries",
        handle=webhooks.list_deliveries,
        summary="List what was sent to a webhook or is to be",
        parameters=(LIMIT, CURSOR),
        answers={200: examples.page_of(examples.DELIVERY)},
        errors=(422,),
    ),
    Route(
        method="POST",
        path=f"{_HOOK}/deliveries/{{delivery_id}}/redeliver",
        handle=webhooks.redeliver,
        summary="Send an event again",
        answers={202: examples.DELIVERY},
        errors=(410,),
    ),
    Route(
        method="GET",
        path=f"{_W}/s3-credentials",
        handle=s3_credentials.list_all,
        summary="List the credentials of the bucket",
        parameters=(LIMIT, CURSOR),
        answers={200: examples.page_of(examples.S3_CREDENTIAL)},
        errors=(422,),
    ),
    Route(
        method="POST",
        path=f"{_W}/s3-credentials",
        handle=s3_credentials.create,
        summary="Make a credential of the bucket; its secret is shown once",
        body=json_of({}, []),
        answers={201: examples.NEW_S3_CREDENTIAL},
    ),
    Route(
        method="DELETE",
        path=f"{_W}/s3-credentials",
        handle=s3_credentials.delete,
        summary="Delete one credential of the bucket, or all; dead at once",
        parameters=(ACCESS_KEY,),
        answers={200: None},
        errors=(404,),
    ),
    *_saved("parser", "parsers", configs.PARSERS, examples.PARSER),
    *_saved("model", "models", configs.MODELS, examples.MODEL),
)
