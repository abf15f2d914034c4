// Text that other programs put on the clipboard for a table: cells parted by tabs, rows by line ends; a cell with
// either inside stands in double quotes, its own quotes doubled.

/** The cells of such a text, row by row. */
export function tableOf(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  const whole = text.replace(/(\r\n|\n|\r)$/, '');
  for (let match = cell.exec(whole); match; match = cell.exec(whole)) {
    const [, quoted, plain, end] = match;
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== '\t') rows.push([]);
  }
  return rows;
}
