-- Times are ISO 8601 UTC text, flags 0 or 1. Columns of the field registry are not listed here: they are added
-- at start to initiatives, math_models and params.

CREATE TABLE initiatives (
  initiative_key TEXT PRIMARY KEY,
  product_org TEXT NOT NULL DEFAULT '',
  intake_tab_key TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_source TEXT NOT NULL
) STRICT;

CREATE TABLE math_models (
  initiative_key TEXT PRIMARY KEY REFERENCES initiatives (initiative_key),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_source TEXT NOT NULL
) STRICT;

CREATE TABLE params (
  initiative_key TEXT NOT NULL REFERENCES initiatives (initiative_key),
  framework TEXT NOT NULL,
  param_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_source TEXT NOT NULL,
  PRIMARY KEY (initiative_key, framework, param_name)
) STRICT;

-- The history of every computed score; the newest of a framework is the current one.
CREATE TABLE initiative_scores (
  id INTEGER PRIMARY KEY,
  initiative_key TEXT NOT NULL REFERENCES initiatives (initiative_key),
  framework TEXT NOT NULL,
  computed_at TEXT NOT NULL,
  value_score REAL,
  effort_score REAL,
  overall_score REAL,
  inputs TEXT NOT NULL,      -- JSON object
  components TEXT NOT NULL,  -- JSON object
  warnings TEXT NOT NULL     -- JSON array
) STRICT;
CREATE INDEX initiative_scores_by_initiative ON initiative_scores (initiative_key, framework);

-- What each row of a sheet showed and what was stored when the two last met.
CREATE TABLE sheet_rows (
  spreadsheet_id TEXT NOT NULL,
  tab TEXT NOT NULL,  -- lower case
  row_key TEXT NOT NULL,
  row INTEGER NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (spreadsheet_id, tab, row_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE pending_key_writes (
  id INTEGER PRIMARY KEY,
  initiative_key TEXT NOT NULL UNIQUE REFERENCES initiatives (initiative_key),
  spreadsheet_id TEXT NOT NULL,
  tab TEXT NOT NULL,  -- lower case
  row INTEGER NOT NULL,
  title TEXT NOT NULL,
  requester_email TEXT NOT NULL,
  requesting_team TEXT NOT NULL
) STRICT;

CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('next_initiative_number', 1);

-- One row per run. What can be long stands last, so that lists need not read past it.
CREATE TABLE action_runs (
  seq INTEGER PRIMARY KEY,  -- order of arrival
  run_id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'success', 'failed', 'cancelled')),
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  boot_id TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  cancel_requested_at TEXT,
  requested_by_email TEXT NOT NULL,
  requested_by_ui TEXT NOT NULL,
  spreadsheet_id TEXT NOT NULL,
  holds TEXT NOT NULL,  -- JSON array: the spreadsheets that the run keeps other runs off
  tab TEXT NOT NULL,
  scope_type TEXT NOT NULL,
  scope_summary TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  idempotency_key TEXT,
  idempotency_use INTEGER,  -- a key may be used again when its window has passed: 1, 2, …
  progress TEXT,            -- JSON object
  error TEXT,               -- JSON object
  payload TEXT NOT NULL,    -- the canonical request
  result TEXT CHECK (result IS NULL OR json_valid(result)),
  CHECK ((finished_at IS NOT NULL) = (status IN ('success', 'failed', 'cancelled'))),
  CHECK (status <> 'running' OR (started_at IS NOT NULL AND boot_id <> '' AND attempt >= 1))
) STRICT;
CREATE INDEX action_runs_open ON action_runs (status) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX action_runs_idempotency ON action_runs (idempotency_key, idempotency_use)
  WHERE idempotency_key IS NOT NULL;

CREATE TRIGGER action_runs_start_queued BEFORE INSERT ON action_runs
WHEN NEW.status <> 'queued' OR NEW.attempt <> 0
BEGIN
  SELECT RAISE (ABORT, 'a run starts as queued');
END;

CREATE TRIGGER action_runs_keep_request BEFORE UPDATE OF seq, run_id, action, payload, created_at, requested_by_email,
  requested_by_ui, spreadsheet_id, holds, tab, scope_type, scope_summary, request_hash, idempotency_key, idempotency_use
  ON action_runs
BEGIN
  SELECT RAISE (ABORT, 'what was requested is never changed');
END;

CREATE TRIGGER action_runs_keep_ended BEFORE UPDATE ON action_runs
WHEN OLD.finished_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'a run that has ended is never changed');
END;

CREATE TRIGGER action_runs_legal_transition BEFORE UPDATE ON action_runs
WHEN OLD.finished_at IS NULL AND NOT (
  (OLD.status = 'queued' AND NEW.status = 'running' AND NEW.attempt = OLD.attempt + 1)
  OR (OLD.status = 'queued' AND NEW.status = 'cancelled' AND NEW.attempt = OLD.attempt)
  OR (OLD.status = 'running' AND NEW.attempt = OLD.attempt))
BEGIN
  SELECT RAISE (ABORT, 'illegal transition of a run');
END;

CREATE TRIGGER action_runs_delete_ended_only BEFORE DELETE ON action_runs
WHEN OLD.finished_at IS NULL
BEGIN
  SELECT RAISE (ABORT, 'only runs that have ended are deleted');
END;

-- The audit trail: one row per change of a run's state or step.
CREATE TABLE action_run_events (
  run_seq INTEGER NOT NULL REFERENCES action_runs (seq) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (run_seq, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER action_run_events_keep BEFORE UPDATE ON action_run_events
BEGIN
  SELECT RAISE (ABORT, 'the audit trail is never changed');
END;

CREATE TRIGGER action_run_events_keep_while_run_exists BEFORE DELETE ON action_run_events
WHEN EXISTS (SELECT 1 FROM action_runs WHERE seq = OLD.run_seq)
BEGIN
  SELECT RAISE (ABORT, 'the audit trail is deleted with its run only');
END;
