-- What is known of a cell, by the rules of who owns it (sync.md, "What changed since we last looked"), and a counter
-- that no typed key can poison.

-- Numbers of keys that stand in a sheet and are nobody's: never issued.
CREATE TABLE seen_key_numbers (number INTEGER PRIMARY KEY) STRICT;

-- Bases so far: a line a field, "name<TAB>sheet<TAB>stored", the last part only where the two differ. At first sight a
-- cell that differed from the database was filed so, as known. It is a PM's unsaved edit: filed as if the sheet had
-- shown what was stored. Where it was blank or an unticked box, the line goes, so that the cell is filled.
CREATE TEMP TABLE base_lines AS
WITH RECURSIVE
  line (spreadsheet_id, tab, row_key, number, text, rest) AS (
    SELECT spreadsheet_id, tab, row_key, 0, '', cells FROM sheet_rows
    -- Rows in which the parts of some line differ: more tabs than lines.
    WHERE length(cells) - length(replace(cells, char(9), '')) > length(cells) - length(replace(cells, char(10), ''))
    UNION ALL
    SELECT spreadsheet_id, tab, row_key, number + 1, substr(rest, 1, instr(rest, char(10)) - 1),
      substr(rest, instr(rest, char(10)) + 1)
    FROM line WHERE instr(rest, char(10)) > 0
  ),
  named (spreadsheet_id, tab, row_key, number, text, name, cells) AS (
    SELECT spreadsheet_id, tab, row_key, number, text, substr(text, 1, instr(text, char(9)) - 1),
      substr(text, instr(text, char(9)) + 1)
    FROM line WHERE number > 0
  ),
  parted (spreadsheet_id, tab, row_key, number, text, name, sheet, stored) AS MATERIALIZED (
    SELECT spreadsheet_id, tab, row_key, number, text, name,
      CASE WHEN instr(cells, char(9)) > 0 THEN substr(cells, 1, instr(cells, char(9)) - 1) ELSE cells END,
      CASE WHEN instr(cells, char(9)) > 0 THEN substr(cells, instr(cells, char(9)) + 1) ELSE '=' END
    FROM named
  )
SELECT spreadsheet_id, tab, row_key, number,
  CASE
    -- The two agree, or a value is pending: as it was.
    WHEN stored = '=' OR instr(stored, char(9)) > 0 THEN text
    -- A team's value that a PM's had held out against: it holds from now on. Of the lifecycle only two words of a
    -- team count.
    WHEN spreadsheet_id = 'intake' AND tab = '' AND name = 'i:status' THEN
      CASE WHEN lower(sheet) IN ('''new', '''withdrawn') AND lower(sheet) <> lower(stored)
        THEN name || char(9) || sheet || char(9) || '=' || char(9) || '!' ELSE text END
    WHEN spreadsheet_id = 'intake' AND tab = '' AND sheet IN ('-', 'F') THEN name || char(9) || sheet
    WHEN spreadsheet_id = 'intake' AND tab = '' THEN name || char(9) || sheet || char(9) || '=' || char(9) || '!'
    WHEN sheet IN ('-', 'F') THEN NULL
    ELSE name || char(9) || stored
  END AS text
FROM parted
WHERE (spreadsheet_id, tab, row_key) IN (
  SELECT spreadsheet_id, tab, row_key FROM parted WHERE stored <> '=' AND instr(stored, char(9)) = 0
);

CREATE INDEX temp.base_lines_by_row ON base_lines (spreadsheet_id, tab, row_key, number);

UPDATE sheet_rows SET cells = coalesce((
  SELECT group_concat(text || char(10), '') FROM base_lines AS new
  WHERE new.spreadsheet_id = sheet_rows.spreadsheet_id AND new.tab = sheet_rows.tab AND new.row_key = sheet_rows.row_key
    AND new.text IS NOT NULL
), '')
WHERE (spreadsheet_id, tab, row_key) IN (SELECT spreadsheet_id, tab, row_key FROM base_lines);
DROP TABLE base_lines;

-- A key far above all others, typed into a sheet, had moved the counter there. It goes on after the last key that
-- has no gap of more than 100,000 below it.
CREATE TEMP TABLE key_numbers AS
SELECT number, number - lag(number, 1, 0) OVER (ORDER BY number) AS gap FROM (
  SELECT CAST(substr(initiative_key, 6) AS INTEGER) AS number FROM initiatives
  WHERE length(initiative_key) BETWEEN 11 AND 14 AND substr(initiative_key, 1, 5) = 'INIT-'
    AND substr(initiative_key, 6) NOT GLOB '*[^0-9]*'
);
UPDATE counters SET value = healed.value
FROM (
  SELECT coalesce(max(number), 0) + 1 AS value FROM key_numbers
  WHERE number < coalesce((SELECT min(number) FROM key_numbers WHERE gap > 100001), 1000000000)
) AS healed
WHERE name = 'next_initiative_number' AND counters.value > healed.value + 100000;
DROP TABLE key_numbers;
