// Selections that were kept as JSON, in a tab that may have another size by now.

/** These selections in a tab of that size; undefined where they do not fit there, or where no cell of theirs takes keys. */
export function selectedAgain(selections, { rows, columns }) {
  const fit = selections.every(({ range, primary }) => within(range.startRow, range.endRow, rows)
    && within(range.startColumn, range.endColumn, columns) && (!primary || (primary.endRow < rows && primary.endColumn < columns)));
  if (!fit || !selections.some(({ primary }) => primary)) return undefined;
  return selections.map(({ range, primary }) => ({ range: wholeIn(range, { rows, columns }), primary, style: null }));
}

/** Whole rows and columns may have no edge of their own; JSON makes null of that. */
const within = (start, end, count) => (start ?? 0) >= 0 && (end ?? 0) < count;

function wholeIn(range, { rows, columns }) {
  return {
    ...range,
    startRow: range.startRow ?? 0, endRow: range.endRow ?? rows - 1, startColumn: range.startColumn ?? 0, endColumn: range.endColumn ?? columns - 1,
  };
}

/** The first cell below the frozen rows, which hold the header. */
export function firstDataCell(frozenRows, { rows }) {
  const row = Math.min(frozenRows, rows - 1);
  const range = { startRow: row, endRow: row, startColumn: 0, endColumn: 0 };
  return [{ range, primary: { ...range, actualRow: row, actualColumn: 0, isMerged: false, isMergedMainCell: false }, style: null }];
}
