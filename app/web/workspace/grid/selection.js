// What the person looks at, as the menu code sees it: rows and columns count from 1.

/** {sheetId, ranges, hiddenRows} of the tab in front; the range selected last comes last. */
export function selectionOf(replica, api) {
  const { view } = replica;
  const front = api.getWorkbook(replica.id).getActiveSheet();
  const sheet = view.sheet(front.getSheetId());
  const selected = front.getSelection()?.getActiveRangeList() ?? [];
  const hidden = { byFilter: [], byUser: [] };
  const rows = sheet.getRowManager();
  for (let row = 0; row < sheet.getRowCount(); row += 1) {
    if (sheet.getRowFiltered(row)) hidden.byFilter.push(row + 1);
    if (rows.getRow(row)?.hd === 1) hidden.byUser.push(row + 1);
  }
  return {
    sheetId: view.sheetIdOf(front.getSheetId()),
    ranges: selected.map((range) => clipped(range.getRange(), sheet)),
    hiddenRows: hidden,
  };
}

/** Whole rows and columns have no end of their own: the sheet's edge is it. */
function clipped({ startRow, endRow, startColumn, endColumn }, sheet) {
  const [top, bottom] = within(startRow, endRow, sheet.getRowCount());
  const [left, right] = within(startColumn, endColumn, sheet.getColumnCount());
  return { row: top + 1, column: left + 1, rows: bottom - top + 1, columns: right - left + 1 };
}

function within(start, end, count) {
  return [Number.isFinite(start) ? Math.max(0, start) : 0, Number.isFinite(end) ? Math.min(end, count - 1) : count - 1];
}
