// The Sheets API of the demo's emulator, at the page's own origin.

import { CELL_FIELDS } from '../grid/cells.js';

/** Shows the server that the request is this page's own: pages of other origins may not send it. */
export const PAGE_HEADERS = { 'X-Roadmap-Workspace': '1' };

const SHOWN_FIELDS = `spreadsheetId,properties.title,sheets(properties,conditionalFormats,basicFilter,data(rowData(values(${CELL_FIELDS})),columnMetadata,rowMetadata))`;

/** Nobody answered. */
export class UnreachableError extends Error {}

/** An answer that is no success, in the server's own words. */
export class RefusedError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'RefusedError';
    this.status = status;
  }
}

const GATEWAY_TROUBLES = [502, 503, 504];

/** Whether the service did not answer at all: the same may work later. */
export function isOutage(error) {
  return error instanceof UnreachableError || (error instanceof RefusedError && GATEWAY_TROUBLES.includes(error.status));
}

export async function fetchJson(path, options = {}) {
  const { response, text } = await fetchText(path, { ...options, headers: { ...PAGE_HEADERS, ...options.headers } });
  if (response.ok) return JSON.parse(text);
  throw new RefusedError(response.status, messageOf(text) ?? `The server answered ${response.status}.`);
}

async function fetchText(path, options) {
  try {
    const response = await fetch(path, options);
    return { response, text: await response.text() };
  } catch (error) {
    // Browsers have no words of their own for this.
    throw error.name === 'AbortError' ? error : new UnreachableError('The service does not answer.', { cause: error });
  }
}

/** Google's error bodies and problem documents have a sentence for people; others have none. */
function messageOf(text) {
  try {
    const body = JSON.parse(text);
    return body.error?.message ?? body.detail;
  } catch {
    return undefined;
  }
}

const spreadsheetPath = (id) => `/v4/spreadsheets/${encodeURIComponent(id)}`;

function post(path, body) {
  return fetchJson(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

/** The whole workbook, or the named tabs of it. */
export function readSpreadsheet(id, tabs = []) {
  const query = new URLSearchParams({ fields: SHOWN_FIELDS, prettyPrint: 'false' });
  for (const tab of tabs) query.append('ranges', `'${tab.replaceAll("'", "''")}'`);
  return fetchJson(`${spreadsheetPath(id)}?${query}`);
}

/** Names and sizes of the workbook's tabs. */
export async function readTabs(id) {
  const { sheets } = await fetchJson(`${spreadsheetPath(id)}?fields=sheets.properties`);
  return sheets.map((sheet) => sheet.properties);
}

/** Changes that are made together or not at all. */
export function changeSpreadsheet(id, requests) {
  return post(`${spreadsheetPath(id)}:batchUpdate`, { requests });
}

/** Values as if they were typed: [{range, values}], ranges in A1 notation. */
export function typeValues(id, data) {
  return post(`${spreadsheetPath(id)}/values:batchUpdate`, { valueInputOption: 'USER_ENTERED', data });
}

/** The workbooks, and what the server that answers wants to be asked with. */
export function readConfig(signal) {
  return fetchJson('/workspace/config.json', { signal, cache: 'no-store' });
}

/** What changed after `since`, as soon as something did; without `since`, the number of the last change. */
export function readRevisions(since, signal) {
  // The unique parameter keeps a second tab of the page from waiting for the first one's answer.
  const query = new URLSearchParams({ ...(since !== undefined && { since }), unique: crypto.randomUUID() });
  return fetchJson(`/_emulator/revisions?${query}`, { signal, cache: 'no-store' });
}
