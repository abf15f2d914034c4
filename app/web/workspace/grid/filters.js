// A tab's filter: BasicFilter of the Sheets API on one side, Univer's on the other. The workbook keeps which values of a
// column are hidden; of a condition it keeps what that hides.

import { extractPureTextFromCell } from '@univerjs/core';

const NOTHING_HIDDEN = { getAlreadyFilteredOutRows: () => new Set() };

/** The filter of a tab of `view` as setBasicFilter takes it; undefined where it has none. */
export function basicFilterOf(view, subUnitId) {
  const model = view.filterOf(subUnitId);
  if (!model) return undefined;
  const { startRow, endRow, startColumn, endColumn } = model.getRange();
  const filterSpecs = model.getAllFilterColumns().sort(([a], [b]) => a - b).map(([columnIndex, column]) => {
    const hidden = [...column.calc(NOTHING_HIDDEN)].map((row) => textAt(view, subUnitId, row, columnIndex));
    return { columnIndex, filterCriteria: { hiddenValues: [...new Set(hidden)].sort() } };
  });
  return {
    range: {
      sheetId: view.sheetIdOf(subUnitId), startRowIndex: startRow, endRowIndex: endRow + 1, startColumnIndex: startColumn, endColumnIndex: endColumn + 1,
    },
    ...(filterSpecs.length > 0 && { filterSpecs }),
  };
}

/** Whether a filter of that tab goes by colours, which the workbook has no values for. */
export function filtersByColor(view, subUnitId) {
  return view.filterOf(subUnitId)?.getAllFilterColumns().some(([, column]) => column.getColumnData().colorFilters) ?? false;
}

/** Whether the tab's filter is this one; `wanted` undefined: none. */
export function isFilteredBy(view, subUnitId, wanted) {
  const key = (filter) => filter && JSON.stringify([rangeOf(view, subUnitId, filter), [...hiddenIn(filter)]]);
  return key(basicFilterOf(view, subUnitId)) === key(wanted);
}

/** What it hides, by column. */
function hiddenIn({ filterSpecs = [] }) {
  return new Map(filterSpecs.map(({ columnIndex = 0, filterCriteria }) => [columnIndex, [...filterCriteria?.hiddenValues ?? []].sort()])
    .filter(([, hidden]) => hidden.length > 0).sort(([a], [b]) => a - b));
}

/** As Univer counts. A side that is not named is the tab's own edge. */
function rangeOf(view, subUnitId, { range: { startRowIndex = 0, endRowIndex, startColumnIndex = 0, endColumnIndex } }) {
  const sheet = view.sheet(subUnitId);
  return {
    startRow: startRowIndex, endRow: (endRowIndex ?? sheet.getRowCount()) - 1,
    startColumn: startColumnIndex, endColumn: (endColumnIndex ?? sheet.getColumnCount()) - 1,
  };
}

/** Mutations of Univer, as [id, params], that make the tab's filter this one; `wanted` undefined: none. */
export function filterMutations(view, subUnitId, wanted) {
  const model = view.filterOf(subUnitId);
  if (!wanted) return model ? [['sheet.mutation.remove-filter', { subUnitId }]] : [];
  const range = rangeOf(view, subUnitId, wanted);
  const criteria = new Map((model?.getAllFilterColumns() ?? []).map(([column]) => [column, null]));
  for (const [column, hidden] of hiddenIn(wanted)) criteria.set(column, shownBut(view, subUnitId, { ...range, column }, new Set(hidden)));
  return [
    ['sheet.mutation.set-filter-range', { subUnitId, range }],
    ...[...criteria].map(([col, one]) => ['sheet.mutation.set-filter-criteria', { subUnitId, col, criteria: one, reCalc: true }]),
  ];
}

/** Univer names what is shown. */
function shownBut(view, subUnitId, { startRow, endRow, column }, hidden) {
  const shown = new Set();
  for (let row = startRow + 1; row <= endRow; row += 1) shown.add(textAt(view, subUnitId, row, column));
  for (const text of hidden) shown.delete(text);
  const blank = !hidden.has('');
  shown.delete('');
  return { colId: column, filters: { filters: [...shown], ...(blank && { blank }) } };
}

const textAt = (view, subUnitId, row, column) => extractPureTextFromCell(view.sheet(subUnitId).getCell(row, column));
