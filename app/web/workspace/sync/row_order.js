// The order of a tab's rows: sorting them as one request of the Sheets API, and getting an earlier order back.

/** Sorts whole rows from `firstRow` to the tab's end by a column. */
export function sortRequests({ sheetId, firstRow, rowCount, columnCount }, column, sortOrder) {
  return [{ sortRange: {
    range: { sheetId, startRowIndex: firstRow, endRowIndex: rowCount, startColumnIndex: 0, endColumnIndex: columnCount },
    sortSpecs: [{ dimensionIndex: column, sortOrder }],
  } }];
}

/**
 * Brings each row back to where it was: `origins[i]` says where the row that is now `firstRow + i` came from. The numbers
 * stand for a moment in a column of their own, by which the rows are sorted; all of it happens at once.
 */
export function restoreRequests({ sheetId, firstRow, columnCount }, origins) {
  const column = { sheetId, dimension: 'COLUMNS', startIndex: columnCount, endIndex: columnCount + 1 };
  return [
    { appendDimension: { sheetId, dimension: 'COLUMNS', length: 1 } },
    { updateCells: {
      start: { sheetId, rowIndex: firstRow, columnIndex: columnCount },
      rows: origins.map((origin) => ({ values: [{ userEnteredValue: { numberValue: origin } }] })),
      fields: 'userEnteredValue',
    } },
    ...sortRequests({ sheetId, firstRow, rowCount: firstRow + origins.length, columnCount: columnCount + 1 }, columnCount, 'ASCENDING'),
    { deleteDimension: { range: column } },
  ];
}

/**
 * Where each row came from, by what the rows show: `before` and `after` hold one text a row. Rows that show the same are
 * taken in their order. Undefined where the two do not hold the same rows.
 */
export function originsOf(before, after) {
  const places = new Map();
  before.forEach((text, row) => places.set(text, [...(places.get(text) ?? []), row]));
  const origins = after.map((text) => places.get(text)?.shift());
  return before.length === after.length && !origins.includes(undefined) ? origins : undefined;
}
