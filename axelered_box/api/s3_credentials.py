"""The routes of the bucket's credentials."""

from litestar.response.base import ASGIResponse

from axelered_box.api.calls import Call, done, listing, ok
from axelered_box.domain.ids import iso
from axelered_box.domain.modules import Json
from axelered_box.storage import s3_credentials
from axelered_box.storage.s3_credentials import BUCKET_PREFIX, REGION, S3Credential


async def create(call: Call) -> ASGIResponse:
    """Make a credential of the workspace's bucket; its secret is shown this once."""
    workspace_id, tools = call.workspace_id, call.parts.tools
    access_key, secret = s3_credentials.new_pair()
    sealed = tools.sealer.seal(secret)
    made = await tools.database.write(lambda db: s3_credentials.create(db, workspace_id, access_key, sealed))
    return ok({**_object(made), "secretKey": secret, "endpoint": call.base_url, "region": REGION}, 201)


async def list_all(call: Call) -> ASGIResponse:
    """List the credentials of the workspace's bucket, without their secrets."""
    query, workspace_id = call.query(), call.workspace_id
    limit, before = query.limit(), query.text("cursor")
    found, total = await call.parts.tools.database.read(
        lambda db: s3_credentials.list_credentials(db, workspace_id, before=before, limit=limit + 1)
    )
    cursor = found[limit - 1].access_key if len(found) > limit else None
    return listing([_object(one) for one in found[:limit]], limit, cursor, total)


async def delete(call: Call) -> ASGIResponse:
    """Delete one credential, or all of the workspace; they are dead at once."""
    access_key, workspace_id = call.query().text("access_key"), call.workspace_id
    await call.parts.tools.database.write(lambda db: s3_credentials.delete(db, workspace_id, access_key))
    return done()


def _object(credential: S3Credential) -> Json:
    return {
        "accessKey": credential.access_key,
        "bucket": f"{BUCKET_PREFIX}{credential.workspace_id}",
        "createdAt": iso(credential.created_ms),
    }
