// Tables as CSV (RFC 4180), for spreadsheets.

const BYTE_ORDER_MARK = '\ufeff'; // without it Excel takes UTF-8 for something else

/** `columns` are those of a table; a column's value is a number, a text, true, false or nothing. */
export function csvText(columns, rows) {
  const lines = [columns.map(({ label }) => field(label)), ...rows.map((row) => columns.map(({ value }) => field(value(row))))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function field(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  // A text that begins like a formula would be computed by the spreadsheet that opens the file.
  const text = String(value).replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Gives the text to the browser as a file to keep. */
export function downloadCsv(name, text) {
  const address = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser reads it after the click
}
