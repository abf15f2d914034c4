// Reads and writes the workbook through the Google Sheets API, which is where the stand-ins get their cells from.

import { exception } from './strict.mjs';

/** One execution's view of the workbook in the context; its properties are read once. */
export function makeSheetsApi(host) {
  const { sheetsApi, spreadsheetId } = host.context;
  const root = `${sheetsApi.url.replace(/\/+$/, '')}/v4/spreadsheets/${encodeURIComponent(spreadsheetId)}`;
  let properties;
  let written = new Map(); // sheet id -> cells as written, for the extent of the data

  function call(method, path, body) {
    const answer = host.http({
      url: root + path,
      method,
      headers: { ...sheetsApi.headers, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      followRedirects: false,
    });
    if (answer.failure) throw exception(`Service Spreadsheets failed while accessing document with id ${spreadsheetId}. (${answer.detail})`);
    if (answer.status >= 200 && answer.status < 300) return JSON.parse(answer.text);
    throw exception(`Service Spreadsheets answered ${answer.status}: ${messageOf(answer.text)}`);
  }

  function workbook() {
    properties ??= call('GET', '?fields=spreadsheetUrl,properties(title,locale,timeZone),sheets.properties');
    return properties;
  }

  function values(a1, options) {
    const query = Object.entries(options).map(([name, value]) => `${name}=${value}`).join('&');
    return call('GET', `/values/${encodeURIComponent(a1)}?${query}`).values ?? [];
  }

  /** What stands in a tab's cells as it was typed: its size is the extent of the data. */
  function typed(sheet) {
    if (!written.has(sheet.sheetId)) written.set(sheet.sheetId, values(quoted(sheet.title), { valueRenderOption: 'FORMULA' }));
    return written.get(sheet.sheetId);
  }

  return {
    workbook,
    values,
    sheets: () => workbook().sheets.map((sheet) => sheet.properties),
    lastRow: (sheet) => typed(sheet).length,
    lastColumn: (sheet) => typed(sheet).reduce((longest, row) => Math.max(longest, row.length), 0),

    /** Writes as if a person typed the values, which is what Range.setValues does. */
    write(a1, rows) {
      call('PUT', `/values/${encodeURIComponent(a1)}?valueInputOption=USER_ENTERED`, { range: a1, values: rows });
      written = new Map();
    },
  };
}

function messageOf(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return text.slice(0, 200);
  }
}

/** A tab's name as A1 notation takes it. */
export function quoted(title) {
  return `'${title.replaceAll("'", "''")}'`;
}

/** "B" for 2, "AA" for 27. */
export function columnName(column) {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** "A1:B2", or "A1" for a single cell. */
export function a1Notation({ row, column, rows, columns }) {
  const first = columnName(column) + row;
  if (rows === 1 && columns === 1) return first;
  return `${first}:${columnName(column + columns - 1)}${row + rows - 1}`;
}

/** The rectangle of "B2", "B2:C10"; undefined for another text. */
export function rectangleOf(a1) {
  const match = /^([A-Za-z]{1,3})([1-9]\d{0,7})(?::([A-Za-z]{1,3})([1-9]\d{0,7}))?$/.exec(a1.trim());
  if (!match) return undefined;
  const [columns, rows] = [[match[1], match[3] ?? match[1]], [match[2], match[4] ?? match[2]]];
  const [left, right] = columns.map(columnNumber).sort((a, b) => a - b);
  const [top, bottom] = rows.map(Number).sort((a, b) => a - b);
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}

function columnNumber(name) {
  return Array.from(name.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
