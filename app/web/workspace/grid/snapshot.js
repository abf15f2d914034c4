// A spreadsheet as the Sheets API tells it, made into a workbook for Univer.

import { cellFrom, shownText } from './cells.js';
import { colorRulesFrom } from './color_rules.js';
import { DEFAULT_FONT, hexOf } from './formats.js';
import { freezeOf, keptFrozen, ROW_HEADER_PIXELS } from './frozen_columns.js';
import { COLUMN_PIXELS, ROW_PIXELS } from './line_sizes.js';
import { grownRows } from './row_heights.js';
import { rulesFrom } from './validation.js';

const COLOR_RESOURCE = 'SHEET_CONDITIONAL_FORMATTING_PLUGIN';
const VALIDATION_RESOURCE = 'SHEET_DATA_VALIDATION_PLUGIN';

export function workbookFrom(spreadsheet) {
  const sheets = {};
  const rules = {};
  const colors = {};
  for (const sheet of spreadsheet.sheets) {
    const id = String(sheet.properties.sheetId);
    sheets[id] = sheetFrom(sheet);
    rules[id] = rulesFrom(rowDataOf(sheet), id);
    colors[id] = colorRulesFrom(sheet);
  }
  return {
    id: spreadsheet.spreadsheetId,
    name: spreadsheet.properties.title,
    sheetOrder: Object.values(spreadsheet.sheets).map((sheet) => String(sheet.properties.sheetId)),
    sheets,
    resources: [
      { name: VALIDATION_RESOURCE, data: JSON.stringify(rules) },
      { name: COLOR_RESOURCE, data: JSON.stringify(colors) },
    ],
  };
}

/** Every row of the tab's cells from its first on; trailing empty ones are missing. */
export const rowDataOf = (sheet) => sheet.data?.[0]?.rowData ?? [];

/** What all cells of the tab show, row by row. */
export function textsOf(sheet) {
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const rowData = rowDataOf(sheet);
  return Array.from({ length: rowCount }, (_row, row) =>
    Array.from({ length: columnCount }, (_column, column) => shownText(cellFrom(rowData[row]?.values?.[column]))));
}

export function sheetFrom(sheet) {
  const { sheetId, title, hidden, tabColorStyle, gridProperties: grid } = sheet.properties;
  const { columnMetadata = [] } = sheet.data?.[0] ?? {};
  const freeze = freezeOf(sheet);
  return {
    id: String(sheetId),
    name: title,
    hidden: hidden ? 1 : 0,
    tabColor: tabColorStyle?.rgbColor ? hexOf(tabColorStyle.rgbColor) : '',
    rowCount: grid.rowCount,
    columnCount: grid.columnCount,
    freeze,
    custom: keptFrozen(grid.frozenColumnCount ?? 0, freeze.xSplit),
    showGridlines: grid.hideGridlines ? 0 : 1,
    defaultColumnWidth: COLUMN_PIXELS,
    defaultRowHeight: ROW_PIXELS,
    defaultStyle: DEFAULT_FONT,
    rowHeader: { width: ROW_HEADER_PIXELS },
    columnHeader: { height: ROW_PIXELS },
    mergeData: [],
    cellData: cellsFrom(rowDataOf(sheet)),
    columnData: dimensionsFrom(columnMetadata, COLUMN_PIXELS, 'w'),
    rowData: rowsFrom(sheet),
  };
}

function cellsFrom(rowData) {
  const rows = {};
  rowData.forEach(({ values = [] }, row) => {
    const cells = {};
    values.forEach((data, column) => {
      const cell = cellFrom(data);
      if (Object.keys(cell).length > 0) cells[column] = cell;
    });
    if (Object.keys(cells).length > 0) rows[row] = cells;
  });
  return rows;
}

function rowsFrom(sheet) {
  const rows = dimensionsFrom(sheet.data?.[0]?.rowMetadata ?? [], ROW_PIXELS, 'h');
  for (const [row, ah] of Object.entries(grownRowsOf(sheet))) rows[row] = { ...rows[row], ah };
  return rows;
}

/** {row: pixels} of the rows that are higher than the default because of their texts; a size that somebody gave a row stays. */
export function grownRowsOf({ data }) {
  const { rowData = [], columnMetadata = [], rowMetadata = [] } = data?.[0] ?? {};
  const rows = grownRows(rowData, (column) => columnMetadata[column]?.pixelSize ?? COLUMN_PIXELS, ROW_PIXELS);
  return Object.fromEntries(Object.entries(rows).filter(([row]) => (rowMetadata[row]?.pixelSize ?? ROW_PIXELS) === ROW_PIXELS));
}

/** Sizes and hidden ones that differ from the default, by index. */
function dimensionsFrom(metadata, defaultPixels, sizeName) {
  const dimensions = {};
  metadata.forEach(({ pixelSize = defaultPixels, hiddenByUser }, index) => {
    if (pixelSize === defaultPixels && !hiddenByUser) return;
    dimensions[index] = { [sizeName]: pixelSize, ...(hiddenByUser && { hd: 1 }) };
  });
  return dimensions;
}
