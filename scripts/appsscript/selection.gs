// Which rows a person has selected: their numbers and keys.

/** The key's headers, as normaliseHeader_ makes them. A row with the first is the header rather than one with the second. */
const KEY_HEADERS = ['initiative_key', 'key'];
const MAX_HEADER_ROW = 10;
/** Asking about hidden rows takes Google a while for each row: no longer than this. */
const MAX_LOOKING_MS = 120 * 1000;
/** So many rows above and below a block are looked at for hidden ones. */
const NEAR_ROWS = 3;
/** Blocks of rows that a sentence names. */
const MAX_NAMED_BLOCKS = 3;

/**
 * @typedef {object} SelectedRow
 * @property {number} row
 * @property {string} key  empty where the row has none
 */

/**
 * @typedef {object} Selection
 * @property {SelectedRow[]} rows
 * @property {boolean} mayHideMore  several rows in one piece with a hidden one in it or near it: whoever selected them may
 *     look through a filter view, of which Google tells a script nothing, and not see all of them
 */

/**
 * The selected rows that can be seen, from top to bottom, each once. Rows above the data and rows hidden by a filter
 * or by hand are left out. Throws a Trouble_ when no row with a key is left.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @return {Selection}
 */
function selectedRows_(sheet) {
  const key = keyColumn_(sheet);
  const lastRow = sheet.getLastRow();
  const selected = rowsInSelection_(sheet, lastRow);
  const below = selected.filter((row) => row > key.headerRow);
  if (below.length === 0) throw nothingBelowHeader_(selected, key.headerRow);

  const keys = sheet.getRange(below[0], key.column, below[below.length - 1] - below[0] + 1, 1).getDisplayValues();
  const all = below.map((row) => ({ row, key: keys[row - below[0]][0].trim() }));
  const keyed = all.filter(({ key: text }) => text !== '');
  if (keyed.length === 0) {
    throw new Trouble_(`The selected rows have no key in the column ${key.header}. ` +
      'Select rows that show a key such as INIT-000001 there, and click again.');
  }
  const hidden = hiddenRows_(sheet, keyed);
  if (hidden.size === keyed.length) {
    throw new Trouble_('All selected rows are hidden, by a filter or by hand. Show them, or select rows that you can see, and click again.');
  }
  // Checkboxes and formulas may be prefilled far below: who clicks a column's head does not mean those rows.
  const end = selectsWholeColumn_(sheet) ? keyed[keyed.length - 1].row : lastRow;
  const rows = all.filter(({ row }) => row <= end && !hidden.has(row));
  const blocks = blocksOf_(below.filter((row) => row <= end)).filter(({ first, last }) => last > first);
  const mayHideMore = blocks.length > 0 && (hidden.size > 0 ||
    blocks.some((block) => rowsBeside_(block, key.headerRow, lastRow).some((row) => isHidden_(sheet, row))));
  return { rows, mayHideMore };
}

/**
 * Successive numbers as blocks.
 *
 * @param {number[]} rows  in order
 * @return {{first: number, last: number}[]}
 */
function blocksOf_(rows) {
  /** @type {{first: number, last: number}[]} */
  const blocks = [];
  for (const row of rows) {
    const block = blocks[blocks.length - 1];
    if (block && block.last === row - 1) block.last = row;
    else blocks.push({ first: row, last: row });
  }
  return blocks;
}

/**
 * @param {{first: number, last: number}} block
 * @param {number} headerRow
 * @param {number} lastRow  of the data
 * @return {number[]}
 */
function rowsBeside_({ first, last }, headerRow, lastRow) {
  const rows = [];
  for (let row = Math.max(headerRow + 1, first - NEAR_ROWS); row < first; ++row) rows.push(row);
  for (let row = last + 1; row <= Math.min(lastRow, last + NEAR_ROWS); ++row) rows.push(row);
  return rows;
}

/**
 * "row 4", "rows 2 to 13", "rows 2 to 3, 6 and 8", "9 rows between 2 and 40".
 *
 * @param {SelectedRow[]} rows  at least one, in order
 * @return {string}
 */
function rowNames_(rows) {
  const blocks = blocksOf_(rows.map(({ row }) => row));
  const [first, last] = [rows[0].row, rows[rows.length - 1].row];
  if (blocks.length > MAX_NAMED_BLOCKS) return `${counted_(rows.length, 'row')} between ${first} and ${last}`;
  const names = blocks.map((block) => (block.first === block.last ? `${block.first}` : `${block.first} to ${block.last}`));
  return `${rows.length === 1 ? 'row' : 'rows'} ${listed_(names)}`;
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @return {boolean}
 */
function selectsWholeColumn_(sheet) {
  const list = sheet.getActiveRangeList();
  return list !== null && list.getRanges().some((range) => range.getNumRows() === sheet.getMaxRows());
}

/**
 * Where the keys stand; undefined for a tab without a key column.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @return {ReturnType<typeof keyColumn_> | undefined}
 */
function placeOfKeys_(sheet) {
  try {
    return keyColumn_(sheet);
  } catch (error) {
    if (error instanceof Trouble_) return undefined;
    throw error;
  }
}

/**
 * Where the keys stand. Of two columns in the header row that could hold them, the service takes the one named in full,
 * else the first, and so does this.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @return {{headerRow: number, column: number, header: string, headers: string[]}}
 */
function keyColumn_(sheet) {
  const isGrid = sheet.getType() === SpreadsheetApp.SheetType.GRID;
  const rows = isGrid ? Math.min(MAX_HEADER_ROW, sheet.getLastRow()) : 0;
  const columns = isGrid ? sheet.getLastColumn() : 0;
  const cells = rows > 0 && columns > 0 ? sheet.getRange(1, 1, rows, columns).getDisplayValues() : [];
  for (const wanted of KEY_HEADERS) {
    const index = cells.findIndex((headers) => headers.some((header) => normaliseHeader_(header) === wanted));
    if (index >= 0) {
      const headers = cells[index].map(normaliseHeader_);
      const column = headers.indexOf(wanted);
      return { headerRow: index + 1, column: column + 1, header: cells[index][column].trim(), headers };
    }
  }
  throw new Trouble_(`The tab ${sheet.getName()} has no column Initiative Key in its first ${MAX_HEADER_ROW} rows, ` +
    'so its rows belong to no initiative. Go to a tab that has one, select rows there and click again.');
}

/**
 * A header as the service compares it: lower case, and each run of spaces, hyphens, colons and underscores is one _.
 *
 * @param {string} header
 * @return {string}
 */
function normaliseHeader_(header) {
  return header.trim().toLowerCase().replace(/[ \t\r\n\f\v\u00a0\-:_]+/g, '_').replace(/^_|_$/g, '');
}

/**
 * The numbers of all selected rows down to `lastRow`, in order.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {number} lastRow
 * @return {number[]}
 */
function rowsInSelection_(sheet, lastRow) {
  const list = sheet.getActiveRangeList();
  const rows = new Set();
  for (const range of list ? list.getRanges() : []) {
    const end = Math.min(range.getLastRow(), lastRow);
    for (let row = range.getRow(); row <= end; ++row) rows.add(row);
    // A selection below the data is a selection all the same: it is told that nothing stands there.
    if (range.getRow() > lastRow) rows.add(range.getRow());
  }
  return Array.from(rows).sort((a, b) => a - b);
}

/**
 * @param {number[]} selected
 * @param {number} headerRow
 * @return {Trouble_}
 */
function nothingBelowHeader_(selected, headerRow) {
  if (selected.length === 0) return new Trouble_('Nothing is selected. Select one or more rows of initiatives and click again.');
  const what = selected.includes(headerRow) ? `the header in row ${headerRow}` : `rows above the header in row ${headerRow}`;
  return new Trouble_(`You have selected ${what}. Select one or more rows below it and click again.`);
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {SelectedRow[]} rows
 * @return {Set<number>}
 */
function hiddenRows_(sheet, rows) {
  const begun = Date.now();
  const hidden = new Set();
  rows.forEach(({ row }, index) => {
    if (Date.now() - begun > MAX_LOOKING_MS) {
      throw new Trouble_(`These are too many rows for one click. Select up to ${index} rows and click again.`);
    }
    if (isHidden_(sheet, row)) hidden.add(row);
  });
  return hidden;
}

/**
 * By a filter of the tab or by hand. What a filter view hides counts as shown.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {number} row
 * @return {boolean}
 */
function isHidden_(sheet, row) {
  return sheet.isRowHiddenByFilter(row) || sheet.isRowHiddenByUser(row);
}
