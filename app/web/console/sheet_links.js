// Addresses of spreadsheets, tabs and rows, in Google or in the demo's workspace.

import { el } from './dom.js';

/** `status` is what GET /status told. Google needs its own id of a tab: without it the link ends at the spreadsheet. */
export function sheetAddress({ spreadsheet_id: id, tab, row }, status) {
  if (status.workspace) return `/workspace#${encodeURIComponent(id)}${tab ? `&tab=${encodeURIComponent(tab)}${row ? `&row=${row}` : ''}` : ''}`;
  const known = status.tabs.find((one) => one.spreadsheet_id === id && one.tab.toLowerCase() === tab?.toLowerCase());
  const place = Number.isInteger(known?.sheet_id) ? `#gid=${known.sheet_id}${row ? `&range=${row}:${row}` : ''}` : '';
  return `https://docs.google.com/spreadsheets/d/${encodeURIComponent(id)}/edit${place}`;
}

/** A link that opens the sheet beside the console; the plain content where no spreadsheet is known. */
export function sheetLink(place, status, content) {
  if (!place.spreadsheet_id) return content;
  return el('a', { href: sheetAddress(place, status), target: '_blank', rel: 'noreferrer' }, content,
    el('span', { class: 'unseen' }, ' (opens the sheet)'));
}
