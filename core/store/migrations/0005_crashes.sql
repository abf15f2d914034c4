-- How often the process ended while it ran the run. An orderly stop puts a run back, too, and is no crash.
ALTER TABLE action_runs ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0 CHECK (crashes >= 0);
