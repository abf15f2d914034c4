// SpreadsheetApp and Spreadsheet.

import { needScope } from './permissions.mjs';
import { makeSheet } from './sheet.mjs';
import { exception, strict } from './strict.mjs';
import { makeUi } from './ui.mjs';

const DEFAULT_TOAST_SECONDS = 5;

export function makeSpreadsheetApp(host, api) {
  const spreadsheet = makeSpreadsheet(host, api);
  const ui = makeUi(host);
  return strict('SpreadsheetApp', {
    getActive: () => spreadsheet,
    getActiveSpreadsheet: () => spreadsheet,
    getActiveSheet: spreadsheet.getActiveSheet,
    getActiveRange: spreadsheet.getActiveRange,
    getActiveRangeList: spreadsheet.getActiveRangeList,
    setActiveRange(range) {
      needScope(host, 'spreadsheets.currentonly', 'SpreadsheetApp.setActiveRange');
      host.tell({
        kind: 'select', spreadsheetId: host.context.spreadsheetId, sheetId: range.getSheet().getSheetId(), row: range.getRow(), column: range.getColumn(),
      });
      return range;
    },
    getUi: () => ui,
    flush: () => {}, // every write is on the sheet when it returns
    SheetType: strict('SpreadsheetApp.SheetType', { GRID: 'GRID', OBJECT: 'OBJECT', DATASOURCE: 'DATASOURCE' }),
  });
}

function makeSpreadsheet(host, api) {
  const { context } = host;
  const made = new Map(); // one Sheet object a tab, so that they can be compared

  function sheetOf(properties) {
    if (!made.has(properties.sheetId)) made.set(properties.sheetId, makeSheet(host, api, properties, () => self));
    return made.get(properties.sheetId);
  }

  function activeSheet() {
    const properties = api.sheets().find((sheet) => sheet.sheetId === context.sheetId);
    if (!properties) throw exception(`Sheet ${context.sheetId} not found`);
    return sheetOf(properties);
  }

  const self = strict('Spreadsheet', {
    getId: () => context.spreadsheetId,
    getName: () => api.workbook().properties.title,
    getUrl: () => api.workbook().spreadsheetUrl,
    getSpreadsheetLocale: () => api.workbook().properties.locale,
    getSpreadsheetTimeZone: () => api.workbook().properties.timeZone,
    getNumSheets: () => api.sheets().length,
    getSheets: () => api.sheets().map(sheetOf),
    getSheetByName(name) {
      const properties = api.sheets().find((sheet) => sheet.title.toLowerCase() === String(name).toLowerCase());
      return properties ? sheetOf(properties) : null;
    },
    getActiveSheet: activeSheet,
    getActiveRange: () => activeSheet().getActiveRange(),
    getActiveRangeList: () => activeSheet().getActiveRangeList(),
    toast(message, title = '', seconds = DEFAULT_TOAST_SECONDS) {
      host.tell({ kind: 'toast', title: String(title), message: String(message), seconds: seconds ?? DEFAULT_TOAST_SECONDS });
    },
  });
  return self;
}
