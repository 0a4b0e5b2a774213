"""The commands about keys: those of the API, and the credentials of the bucket."""

import argparse
import json
from typing import Any

from axelered_box.domain.errors import InvalidRequest
from axelered_box.domain.ids import iso, now_ms
from axelered_box.domain.spans import SPAN_HELP, parse_span
from axelered_box.settings import Settings

ALL = 1_000_000


def _keys_create(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a key and show its secret, this once."""
    from axelered_box.storage import workspaces  # noqa: PLC0415  # each command loads what it needs

    lifetime_s = parse_span(arguments.expires) if arguments.expires else None
    if arguments.expires and lifetime_s is None:
        raise InvalidRequest.of(["--expires"], f"It is '{arguments.expires}'; it must be {SPAN_HELP}.", None)
    expires_ms = None if lifetime_s is None else now_ms() + lifetime_s * 1000
    with _database(settings) as db:
        workspace_id = None if arguments.server else (arguments.workspace or workspaces.default_workspace(db).id)
        made = workspaces.create_key(db, workspace_id, arguments.name, expires_ms)
    if arguments.json:
        print(json.dumps({"workspaceId": made.key.workspace_id, "keyId": made.key.id, "secret": made.secret}))
    else:
        owner = f"workspace {workspace_id}" if workspace_id else "the whole server"
        print(f"Key {made.key.id} ({made.key.name}) of {owner}; its secret is shown this once:\n{made.secret}")
    return 0


def _keys_list(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show the keys there are, without their secrets."""
    from axelered_box.storage import workspaces  # noqa: PLC0415  # each command loads what it needs

    with _database(settings) as db:
        keys, _ = workspaces.list_keys(db, arguments.workspace, before=None, limit=ALL)
    shown = [
        {
            "id": key.id,
            "workspaceId": key.workspace_id,
            "name": key.name,
            "createdAt": iso(key.created_ms),
            "expiresAt": iso(key.expires_ms),
        }
        for key in keys
    ]
    if arguments.json:
        print(json.dumps(shown))
        return 0
    for key in shown:
        print(f"{key['id']}  {key['workspaceId'] or 'server':36}  expires {key['expiresAt'] or 'never'}  {key['name']}")
    return 0


def _keys_revoke(arguments: argparse.Namespace, settings: Settings) -> int:
    """Delete a key; it is dead at once, in a running server too."""
    from axelered_box.storage import workspaces  # noqa: PLC0415  # each command loads what it needs

    with _database(settings) as db:
        workspaces.delete_key(db, arguments.id)
    print(f"Key {arguments.id} is revoked.")
    return 0


def _s3_credentials_create(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a credential of a workspace's bucket and show its secret, this once."""
    from axelered_box import app  # noqa: PLC0415  # each command loads what it needs
    from axelered_box.storage import key_file, s3_credentials, workspaces  # noqa: PLC0415  # as above
    from axelered_box.storage.sealing import Sealer  # noqa: PLC0415  # as above

    sealer = Sealer(key_file.load_or_make(app.prepare_folder(settings)))
    access_key, secret = s3_credentials.new_pair()
    with _database(settings) as db:
        workspace_id = arguments.workspace or workspaces.default_workspace(db).id
        s3_credentials.create(db, workspace_id, access_key, sealer.seal(secret))
    told = {
        "accessKey": access_key,
        "secretKey": secret,
        "bucket": f"{s3_credentials.BUCKET_PREFIX}{workspace_id}",
        "endpoint": settings.public_url or f"http://{settings.host}:{settings.port}",
        "region": s3_credentials.REGION,
    }
    if arguments.json:
        print(json.dumps(told))
    else:
        print("\n".join(f"{name}: {value}" for name, value in told.items()))
    return 0


def add_keys(commands: Any) -> None:
    """Add the words after `keys`."""
    keys = commands.add_parser("keys", help="API keys").add_subparsers(dest="action", required=True, metavar="ACTION")
    create = keys.add_parser("create", help="make a key")
    create.add_argument("--workspace", metavar="ID", help="its workspace; the default one when absent")
    create.add_argument("--name", default="key", help="a name to know it by")
    create.add_argument("--expires", metavar="SPAN", help=f"its life, {SPAN_HELP}")
    create.add_argument("--server", action="store_true", help="a key of the whole server")
    create.add_argument("--json", action="store_true", help="print it as JSON")
    create.set_defaults(run=_keys_create)
    listing = keys.add_parser("list", help="show the keys there are")
    listing.add_argument("--workspace", metavar="ID", help="only those of a workspace")
    listing.add_argument("--json", action="store_true", help="print them as JSON")
    listing.set_defaults(run=_keys_list)
    revoke = keys.add_parser("revoke", help="delete a key, dead at once")
    revoke.add_argument("id", metavar="ID")
    revoke.set_defaults(run=_keys_revoke)


def add_s3_credentials(commands: Any) -> None:
    """Add the words after `s3-credentials`."""
    actions = commands.add_parser("s3-credentials", help="credentials of the bucket")
    create = actions.add_subparsers(dest="action", required=True, metavar="ACTION").add_parser(
        "create", help="make one; its secret is shown this once"
    )
    create.add_argument("--workspace", metavar="ID", help="its workspace; the default one when absent")
    create.add_argument("--json", action="store_true", help="print it as JSON")
    create.set_defaults(run=_s3_credentials_create)


def _database(settings: Settings) -> Any:
    """Open the database for one short transaction, beside a server that may be running."""
    from axelered_box import app  # noqa: PLC0415  # each command loads what it needs
    from axelered_box.storage.database import brief  # noqa: PLC0415  # as above

    return brief(app.prepare_folder(settings) / app.DATABASE_NAME)
