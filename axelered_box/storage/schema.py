"""The tables of ``box.db``, as the steps by which one version of the schema becomes the next."""

_FIRST = """
CREATE TABLE workspaces (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    deleted_ms INTEGER
) STRICT;

CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,                -- the public part of the secret, by which it is found
    workspace_id TEXT REFERENCES workspaces (id),  -- NULL: a server key
    name TEXT NOT NULL,
    salt BLOB NOT NULL,
    digest BLOB NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER
) STRICT;

CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    state TEXT NOT NULL,
    config TEXT NOT NULL,
    metadata TEXT,
    created_ms INTEGER NOT NULL,
    submitted_ms INTEGER,
    started_ms INTEGER,
    finished_ms INTEGER,
    expires_ms INTEGER,
    erased_ms INTEGER,
    error TEXT,
    outcome TEXT,
    receipt TEXT,
    retry_of TEXT
) STRICT;
CREATE INDEX runs_of_workspace ON runs (workspace_id, id);
CREATE INDEX runs_by_state ON runs (state, id);
CREATE INDEX runs_by_expiry ON runs (expires_ms) WHERE erased_ms IS NULL;
CREATE INDEX runs_erased ON runs (erased_ms) WHERE erased_ms IS NOT NULL;

CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    object TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    pages INTEGER,
    UNIQUE (run_id, name),
    UNIQUE (run_id, place)
) STRICT;

CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id),
    file_id INTEGER NOT NULL REFERENCES files (id),
    module TEXT NOT NULL,
    requested INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    lease TEXT,
    lease_until_ms INTEGER,
    lost_alive INTEGER NOT NULL DEFAULT 0,      -- attempts lost while the box lived
    lost_with_box INTEGER NOT NULL DEFAULT 0,   -- attempts lost with the box since the last finished batch
    pages_done INTEGER NOT NULL DEFAULT 0,
    pages_total INTEGER,
    plan TEXT,
    started_ms INTEGER,
    finished_ms INTEGER,
    result TEXT,
    seconds REAL NOT NULL DEFAULT 0,
    peak_memory_bytes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX tasks_of_run ON tasks (run_id);
CREATE INDEX tasks_waiting ON tasks (state, id) WHERE state IN ('pending', 'processing');

CREATE TABLE batches (
    task_id TEXT NOT NULL REFERENCES tasks (id),
    place INTEGER NOT NULL,
    step TEXT NOT NULL,
    object TEXT,                                -- the kept folder; NULL: the step failed
    failure TEXT,
    PRIMARY KEY (task_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE outputs (
    run_id TEXT NOT NULL REFERENCES runs (id),
    key TEXT NOT NULL,
    task_id TEXT NOT NULL REFERENCES tasks (id),
    role TEXT NOT NULL,
    object TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE previews (                         -- page images that were made for viewers
    file_id INTEGER NOT NULL REFERENCES files (id),
    page INTEGER NOT NULL,
    width INTEGER NOT NULL,
    object TEXT NOT NULL,
    PRIMARY KEY (file_id, page, width)
) STRICT, WITHOUT ROWID;

CREATE TABLE corrections (                      -- what a person put right of the extracted fields
    run_id TEXT PRIMARY KEY REFERENCES runs (id),
    corrections TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    run_id TEXT NOT NULL REFERENCES runs (id),
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    key_digest BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    run_id TEXT NOT NULL REFERENCES runs (id),
    PRIMARY KEY (workspace_id, key_digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_of_run ON idempotency (run_id);

CREATE TABLE doomed (                           -- objects that no row names any more and that must go from the disk
    object TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
"""

_MODELS = """
-- the task whose end it waits for; NULL: it can begin
ALTER TABLE tasks ADD COLUMN waits_for TEXT;
-- the language model that it asked, and the tokens
ALTER TABLE tasks ADD COLUMN model TEXT;
CREATE INDEX tasks_waiting_for ON tasks (waits_for) WHERE waits_for IS NOT NULL;
"""

_CONFIGS = """
CREATE TABLE configs (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    config TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    deleted_ms INTEGER
) STRICT;
CREATE INDEX configs_of_workspace ON configs (workspace_id, kind, id);
ALTER TABLE workspaces ADD COLUMN default_parser_id TEXT;
ALTER TABLE workspaces ADD COLUMN default_llm_id TEXT;
-- the config with what the saved ones held that it names; NULL: it names none
ALTER TABLE runs ADD COLUMN resolved TEXT;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _MODELS, _CONFIGS)
"""Each brings a database from the version of its place to the next; ``PRAGMA user_version`` counts them."""
