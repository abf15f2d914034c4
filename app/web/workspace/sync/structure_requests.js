// Mutations of Univer that change more than cells, as requests of the Sheets API. Each entry makes the requests for
// a mutation's parameters; `ids` gives the numbers that the Sheets API knows tabs by.

import { colorOf } from '../grid/formats.js';
import { frozenInWorkbook } from '../grid/frozen_columns.js';
import { COLUMN_PIXELS, ROW_PIXELS } from '../grid/line_sizes.js';

const UNDO = /\.undo$/;
const NO_CELL = {};

const rows = (sheetId, { startRow, endRow }) => ({ sheetId, dimension: 'ROWS', startIndex: startRow, endIndex: endRow + 1 });
const columns = (sheetId, { startColumn, endColumn }) => ({
  sheetId, dimension: 'COLUMNS', startIndex: startColumn, endIndex: endColumn + 1,
});

/** New rows look like the row above them, but never like the header. */
const insert = (range) => [{ insertDimension: { range, inheritFromBefore: range.startIndex > 1 } }];
/** Lines that undo brings back: bare ones of their own size. What stood in them follows. `info` tells of each from 0 on. */
function restore(range, info, sizeOf) {
  const { sheetId, startIndex, endIndex } = range;
  const [start, end] = range.dimension === 'ROWS' ? ['startRowIndex', 'endRowIndex'] : ['startColumnIndex', 'endColumnIndex'];
  const lines = Array.from({ length: endIndex - startIndex }, (_, index) => info?.[index] ?? {});
  return [
    { insertDimension: { range, inheritFromBefore: startIndex > 0 } },
    { repeatCell: { range: { sheetId, [start]: startIndex, [end]: endIndex }, cell: NO_CELL, fields: 'userEnteredFormat,dataValidation' } },
    ...dimensions(range, lines.map((line) => ({ pixelSize: sizeOf(line), hiddenByUser: line.hd === 1 }))),
  ];
}
const isUndo = ({ trigger = '' }) => UNDO.test(trigger);
const widthOf = ({ w = COLUMN_PIXELS }) => Math.round(w);
/** Rows that grew with their texts have a size of the page's own. */
const heightOf = ({ h = ROW_PIXELS }) => Math.round(h);

const remove = (range) => [{ deleteDimension: { range } }];
/** With all that belongs to them: that they are hidden, their size. Both sides count places as they are before the move. */
const move = (source, destinationIndex) => [{ moveDimension: { source, destinationIndex } }];

function properties(sheetId, changed, fields) {
  return [{ updateSheetProperties: { properties: { sheetId, ...changed }, fields } }];
}

function hide(ranges, hiddenByUser) {
  return ranges.map((range) => ({ updateDimensionProperties: { range, properties: { hiddenByUser }, fields: 'hiddenByUser' } }));
}

/** Sizes are one number for all ranges, or a number by index; neighbours of one size share a request. */
function resize(ranges, sizes) {
  const requests = [];
  for (const { startIndex, endIndex, ...range } of ranges) {
    for (let index = startIndex; index < endIndex; index += 1) {
      const size = typeof sizes === 'number' ? sizes : sizes[index];
      if (size === undefined || size === null) continue;
      const pixelSize = Math.max(1, Math.round(size));
      const last = requests.at(-1)?.updateDimensionProperties;
      if (last && last.range.endIndex === index && last.properties.pixelSize === pixelSize) last.range.endIndex = index + 1;
      else requests.push({ updateDimensionProperties: {
        range: { ...range, startIndex: index, endIndex: index + 1 }, properties: { pixelSize }, fields: 'pixelSize',
      } });
    }
  }
  return requests;
}

/** `lines` are the properties of one line after the other from the range's start on; equal neighbours share a request. */
function dimensions({ startIndex, ...range }, lines) {
  const requests = [];
  let key;
  lines.forEach((properties, offset) => {
    const index = startIndex + offset;
    const isLikeLast = JSON.stringify(properties) === key;
    key = JSON.stringify(properties);
    if (isLikeLast) requests.at(-1).updateDimensionProperties.range.endIndex = index + 1;
    else requests.push({ updateDimensionProperties: {
      range: { ...range, startIndex: index, endIndex: index + 1 }, properties, fields: Object.keys(properties).join(),
    } });
  });
  return requests;
}

/** A tab with all that is its own and not a cell's; its cells and rules follow. */
function addSheet({ index, sheet }, id) {
  const { freeze, hidden, tabColor, showGridlines = 1, columnData = {}, rowData = {} } = sheet;
  const odd = (data, dimension, sizeOf, usual) => Object.entries(data).flatMap(([place, line]) => {
    const properties = { ...(sizeOf(line) !== usual && { pixelSize: sizeOf(line) }), ...(line.hd === 1 && { hiddenByUser: true }) };
    if (Object.keys(properties).length === 0) return [];
    return dimensions({ sheetId: id, dimension, startIndex: Number(place) }, [properties]);
  });
  return [
    { addSheet: { properties: {
      sheetId: id, title: sheet.name, index,
      gridProperties: {
        rowCount: sheet.rowCount, columnCount: sheet.columnCount,
        frozenRowCount: freeze?.ySplit ?? 0, frozenColumnCount: frozenInWorkbook(sheet),
        ...(showGridlines === 0 && { hideGridlines: true }),
      },
      ...(hidden === 1 && { hidden: true }),
      ...(colorOf(tabColor) && { tabColorStyle: { rgbColor: colorOf(tabColor) } }),
    } } },
    ...odd(columnData, 'COLUMNS', widthOf, COLUMN_PIXELS),
    ...odd(rowData, 'ROWS', heightOf, ROW_PIXELS),
  ];
}

/** What a mutation inserts, as a range of that tab: its cells and rules come with it. Undefined where it inserts nothing, or new lines. */
export function restoredRange(id, params) {
  if (id === 'sheet.mutation.insert-sheet') return {};
  if (!isUndo(params)) return undefined;
  const { startRow, endRow, startColumn, endColumn } = params.range ?? {};
  if (id === 'sheet.mutation.insert-row') return { startRow, endRow };
  if (id === 'sheet.mutation.insert-col') return { startColumn, endColumn };
  return undefined;
}

export const STRUCTURE_REQUESTS = {
  'sheet.mutation.insert-row': (params, id) =>
    (isUndo(params) ? restore(rows(id, params.range), params.rowInfo, heightOf) : insert(rows(id, params.range))),
  'sheet.mutation.insert-col': (params, id) =>
    (isUndo(params) ? restore(columns(id, params.range), params.colInfo, widthOf) : insert(columns(id, params.range))),
  'sheet.mutation.remove-rows': ({ range }, id) => remove(rows(id, range)),
  'sheet.mutation.remove-col': ({ range }, id) => remove(columns(id, range)),
  'sheet.mutation.move-rows': ({ sourceRange, targetRange }, id) => move(rows(id, sourceRange), targetRange.startRow),
  'sheet.mutation.move-columns': ({ sourceRange, targetRange }, id) => move(columns(id, sourceRange), targetRange.startColumn),
  'sheet.mutation.set-worksheet-row-count': ({ rowCount }, id) =>
    properties(id, { gridProperties: { rowCount } }, 'gridProperties.rowCount'),
  'sheet.mutation.set-worksheet-column-count': ({ columnCount }, id) =>
    properties(id, { gridProperties: { columnCount } }, 'gridProperties.columnCount'),
  'sheet.mutation.set-worksheet-col-width': ({ ranges, colWidth }, id) =>
    resize(ranges.map((range) => columns(id, range)), colWidth),
  'sheet.mutation.set-worksheet-row-height': ({ ranges, rowHeight }, id) =>
    resize(ranges.map((range) => rows(id, range)), rowHeight),
  'sheet.mutation.set-row-hidden': ({ ranges }, id) => hide(ranges.map((range) => rows(id, range)), true),
  'sheet.mutation.set-row-visible': ({ ranges }, id) => hide(ranges.map((range) => rows(id, range)), false),
  'sheet.mutation.set-col-hidden': ({ ranges }, id) => hide(ranges.map((range) => columns(id, range)), true),
  'sheet.mutation.set-col-visible': ({ ranges }, id) => hide(ranges.map((range) => columns(id, range)), false),
  'sheet.mutation.set-frozen': ({ xSplit, ySplit }, id) => properties(
    id, { gridProperties: { frozenRowCount: ySplit, frozenColumnCount: xSplit } },
    'gridProperties.frozenRowCount,gridProperties.frozenColumnCount'),
  'sheet.mutation.set-worksheet-name': ({ name }, id) => properties(id, { title: name }, 'title'),
  'sheet.mutation.set-worksheet-hidden': ({ hidden }, id) => properties(id, { hidden: hidden === 1 }, 'hidden'),
  'sheet.mutation.set-worksheet-order': ({ toOrder }, id) => properties(id, { index: toOrder }, 'index'),
  'sheet.mutation.set-tab-color': ({ color }, id) =>
    properties(id, color ? { tabColorStyle: { rgbColor: colorOf(color) } } : {}, 'tabColorStyle'),
  'sheet.mutation.toggle-gridlines': ({ showGridlines }, id) =>
    properties(id, { gridProperties: { hideGridlines: showGridlines === 0 } }, 'gridProperties.hideGridlines'),
  'sheet.mutation.remove-sheet': (_, id) => [{ deleteSheet: { sheetId: id } }],
  'sheet.mutation.insert-sheet': addSheet,
};
