// Ranges of Univer, whose ends belong to them: {startRow, endRow, startColumn, endColumn}.

/** The cells that both have; undefined where there are none. What `within` does not name has no edge. */
export function sharedRange(range, within) {
  const { startRow = 0, endRow = Infinity, startColumn = 0, endColumn = Infinity } = within;
  const shared = {
    startRow: Math.max(range.startRow, startRow), endRow: Math.min(range.endRow, endRow),
    startColumn: Math.max(range.startColumn, startColumn), endColumn: Math.min(range.endColumn, endColumn),
  };
  return shared.startRow <= shared.endRow && shared.startColumn <= shared.endColumn ? shared : undefined;
}

/** The same as a GridRange of the Sheets API. */
export function gridRange(sheetId, { startRow, endRow, startColumn, endColumn }) {
  return { sheetId, startRowIndex: startRow, endRowIndex: endRow + 1, startColumnIndex: startColumn, endColumnIndex: endColumn + 1 };
}
