"""The values that the API's description shows as examples."""

from axelered_box.domain.modules import Json

WORKSPACE_ID = "019aa2f4-5c11-7a0e-9d53-0c6c5d1f2a10"
RUN_ID = "019aa2f6-1b7e-7c44-8f0a-6b1d9a3c4e21"
KEY_ID = "019aa2f5-0d20-7f31-a2b4-3c5d7e9f1a32"
_SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_KEY = "invoice.pdf/parse/document.md"

OUTPUT: Json = {
    "key": _KEY,
    "bytes": 4210,
    "sha256": _SHA,
    "mediaType": "text/markdown",
    "href": f"/v1/w/{WORKSPACE_ID}/process/{RUN_ID}/outputs/{_KEY}",
    "url": None,
}
RUN: Json = {
    "id": RUN_ID,
    "workspaceId": WORKSPACE_ID,
    "status": "completed",
    "config": {"parserConfig": {"languages": ["eng"]}},
    "files": ["invoice.pdf"],
    "metadata": None,
    "createdAt": "2026-01-31T08:00:00.000Z",
    "submittedAt": "2026-01-31T08:00:00.000Z",
    "startedAt": "2026-01-31T08:00:00.020Z",
    "finishedAt": "2026-01-31T08:00:00.430Z",
    "expiresAt": "2026-02-01T08:00:00.430Z",
    "retryOf": None,
    "queuePosition": None,
    "progress": {"tasksDone": 1, "tasksTotal": 1, "pagesDone": 2, "pagesTotal": 2, "etaSeconds": None},
    "error": None,
    "outcome": {
        "partial": False,
        "documents": [
            {
                "file": "invoice.pdf",
                "mediaType": "application/pdf",
                "sha256": _SHA,
                "bytes": 48213,
                "pages": 2,
                "parse": {
                    "status": "completed",
                    "markdown": OUTPUT,
                    "searchablePdf": None,
                    "ocrPages": [],
                    "languages": ["eng"],
                    "pageQuality": [0.99, 0.98],
                    "warnings": [],
                },
                "metrics": {
                    "seconds": {"parse": 0.41},
                    "tokens": {"prompt": 0, "completion": 0},
                    "peakMemoryBytes": 180355072,
                },
            }
        ],
        "engine": {"version": "1.0.0", "ocr": "ocrmypdf", "parser": "pymupdf", "model": None, "seed": 0},
    },
}
WAITING_RUN: Json = {
    **RUN,
    "status": "pending",
    "startedAt": None,
    "finishedAt": None,
    "expiresAt": None,
    "queuePosition": 1,
    "progress": {"tasksDone": 0, "tasksTotal": 1, "pagesDone": 0, "pagesTotal": None, "etaSeconds": None},
    "outcome": None,
}
RECEIPT: Json = {
    "receipt": {
        "runId": RUN_ID,
        "workspaceId": WORKSPACE_ID,
        "status": "completed",
        "createdAt": RUN["createdAt"],
        "finishedAt": RUN["finishedAt"],
        "erasedAt": "2026-01-31T09:00:00.000Z",
        "inputs": [{"sha256": _SHA, "bytes": 48213}],
        "outputs": [{"sha256": _SHA, "bytes": 4210}],
    }
}
WORKSPACE: Json = {
    "id": WORKSPACE_ID,
    "name": "invoices",
    "createdAt": "2026-01-31T07:00:00.000Z",
    "defaultParserId": None,
    "defaultLlmId": None,
}
KEY: Json = {
    "id": KEY_ID,
    "workspaceId": WORKSPACE_ID,
    "name": "ci",
    "createdAt": "2026-01-31T07:00:00.000Z",
    "expiresAt": "2026-05-01T07:00:00.000Z",
}
NEW_KEY: Json = {**KEY, "secret": "ax_0011223344556677_..."}
PARSER: Json = {
    "id": "019aa2f7-2c8f-7d55-901b-7c2eab4d5f33",
    "name": "fast",
    "config": {"ocr": "never", "jpegQuality": 80},
    "createdAt": "2026-01-31T07:00:00.000Z",
    "updatedAt": "2026-01-31T07:00:00.000Z",
}
MODEL: Json = {
    **PARSER,
    "id": "019aa2f7-2c8f-7d55-901b-7c2eab4d5f34",
    "name": "rack",
    "config": {"provider": "openai", "model": "large", "baseUrl": "https://llm.local/v1", "apiKey": "sk-..."},
}
CORRECTIONS: list[Json] = [{"file": "invoice.pdf", "path": "/totalAmount", "value": 1500.5}]
EVENTS = 'id: 1\nevent: status\ndata: {"status":"pending"}\n\nid: 2\nevent: end\ndata: {"status":"completed"}\n\n'
PROBLEM: Json = {
    "type": "urn:axelered-box:problem:not_found",
    "title": "Not found",
    "status": 404,
    "detail": "There is no such run in this workspace. Check the id in the address.",
    "code": "not_found",
    "instance": "019aa2f7-2c8f-7d55-901b-7c2eab4d5f32",
}


def page_of(item: Json) -> Json:
    """Return an example of a list."""
    return {"items": [item], "limit": 50, "cursor": None, "total": 1}
