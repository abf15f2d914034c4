// One tab.

import { makeRange, makeRangeList } from './range.mjs';
import { needScope } from './permissions.mjs';
import { rectangleOf } from './sheets_api.mjs';
import { exception, strict, wrongArguments } from './strict.mjs';

/** `properties` are those of the tab; `spreadsheet` makes the Spreadsheet object. */
export function makeSheet(host, api, properties, spreadsheet) {
  const { context } = host;
  const inFront = context.sheetId === properties.sheetId;
  const grid = properties.gridProperties ?? {};

  function rangeAt(rectangle) {
    const { row, column, rows, columns } = rectangle;
    for (const count of [row, column, rows, columns]) {
      if (!Number.isInteger(count)) throw exception('The coordinates or dimensions of the range are invalid.');
    }
    if (rows < 1) throw exception('The number of rows in the range must be at least 1.');
    if (columns < 1) throw exception('The number of columns in the range must be at least 1.');
    if (row < 1 || column < 1 || row + rows - 1 > grid.rowCount || column + columns - 1 > grid.columnCount) {
      throw exception('The coordinates of the range are outside the dimensions of the sheet.');
    }
    return makeRange(api, properties, rectangle, () => self);
  }

  function getRange(first, column, rows = 1, columns = 1) {
    if (typeof first === 'number' && typeof column === 'number') return rangeAt({ row: first, column, rows, columns });
    if (typeof first !== 'string' || column !== undefined) throw wrongArguments('SpreadsheetApp.Sheet.getRange', arguments);
    const rectangle = rectangleOf(first);
    if (!rectangle) throw new Error(`Sheet.getRange('${first}') is not part of the stand-ins: only A1 and A1:B2 are`);
    return rangeAt(rectangle);
  }

  // The selection belongs to the tab in front; the others' is not in the snapshot.
  function selected() {
    needScope(host, 'spreadsheets.currentonly', 'SpreadsheetApp.Sheet.getActiveRangeList');
    if (!inFront) throw new Error('The selection of a tab that is not in front is not part of the stand-ins');
    return context.ranges.map(rangeAt);
  }

  function isHidden(row, kind) {
    if (!inFront) throw new Error('Hidden rows of a tab that is not in front are not part of the stand-ins');
    return context.hiddenRows[kind].includes(row);
  }

  const self = strict('Sheet', {
    getName: () => properties.title,
    getSheetName: () => properties.title,
    getSheetId: () => properties.sheetId,
    getIndex: () => properties.index + 1,
    getType: () => properties.sheetType ?? 'GRID',
    isSheetHidden: () => properties.hidden === true,
    getParent: () => spreadsheet(),
    getMaxRows: () => grid.rowCount,
    getMaxColumns: () => grid.columnCount,
    getFrozenRows: () => grid.frozenRowCount ?? 0,
    getLastRow: () => api.lastRow(properties),
    getLastColumn: () => api.lastColumn(properties),
    getRange,
    getDataRange: () => rangeAt({
      row: 1, column: 1, rows: Math.max(1, api.lastRow(properties)), columns: Math.max(1, api.lastColumn(properties)),
    }),
    getActiveRange: () => selected().at(-1) ?? null,
    getActiveRangeList() {
      const ranges = selected();
      return ranges.length === 0 ? null : makeRangeList(ranges);
    },
    isRowHiddenByFilter: (row) => isHidden(row, 'byFilter'),
    isRowHiddenByUser: (row) => isHidden(row, 'byUser'),
  });
  return self;
}
