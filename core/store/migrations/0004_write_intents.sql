-- What is about to be written to a spreadsheet, until it is known what became of it (sync.md, "Rows that move
-- while a run writes"). At most one a spreadsheet: nothing else is planned there before it is settled.
CREATE TABLE write_intents (
  spreadsheet_id TEXT NOT NULL PRIMARY KEY,
  marker TEXT NOT NULL,
  intent TEXT NOT NULL
);
