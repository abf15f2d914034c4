-- What is about to be written to a spreadsheet, until it is known what became of it (sync.md, "Rows that move
-- while a run writes"). At most one a spreadsheet: nothing else is planned there before it is settled.
CREATE TABLE write_intents (
  spreadsheet_id TEXT NOT NULL PRIMARY KEY,
  marker TEXT NOT NULL,
  intent TEXT NOT NULL
);

-- Sentences about cells that settling a write could not decide, until a result that was stored has told them.
CREATE TABLE untold_news (
  id INTEGER PRIMARY KEY,
  spreadsheet_id TEXT NOT NULL,
  sentence TEXT NOT NULL,
  told_by TEXT NOT NULL DEFAULT '',  -- the run whose result names it, if that run ends well
  UNIQUE (spreadsheet_id, sentence)
) STRICT;
CREATE INDEX untold_news_by_teller ON untold_news (told_by);

CREATE TRIGGER action_runs_tell_news AFTER UPDATE OF status ON action_runs
WHEN NEW.status = 'success'
BEGIN
  DELETE FROM untold_news WHERE told_by = NEW.run_id;
END;
