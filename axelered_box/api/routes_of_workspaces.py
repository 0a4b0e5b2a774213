"""The routes of workspaces, their keys and their saved configurations."""

from axelered_box.api import configs, examples, workspaces
from axelered_box.api.auth import Access
from axelered_box.api.configs import Routes
from axelered_box.api.parameters import CURSOR, LIMIT, json_of
from axelered_box.api.route import Route
from axelered_box.domain.modules import Json

_W = "/v1/w/{workspace_id}"


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
    *_saved("parser", "parsers", configs.PARSERS, examples.PARSER),
    *_saved("model", "models", configs.MODELS, examples.MODEL),
)
