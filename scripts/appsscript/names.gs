// What the workbook itself says about initiatives, for sentences that name them.

/** Headers, as normaliseHeader_ makes them, of what is read beside the key. */
const TITLE_HEADERS = ['title'];
const TEAM_HEADERS = ['requesting_team', 'team'];
/** Each framework's scores on Scoring_Inputs. A model without an effort has a value and no overall score. */
const SCORE_HEADERS = {
  RICE: ['rice_overall_score', 'rice_value_score'],
  WSJF: ['wsjf_overall_score', 'wsjf_value_score'],
  MATH_MODEL: ['math_overall_score', 'math_value_score', 'math_model_overall_score', 'math_model_value_score'],
};

/**
 * @typedef {object} Name
 * @property {number} row  0: not known
 * @property {string} title
 * @property {string} team
 */

/**
 * The first tab of that kind, else the tab in front.
 *
 * @param {string[]} kinds
 * @return {GoogleAppsScript.Spreadsheet.Sheet}
 */
function tabOfKind_(kinds) {
  const front = SpreadsheetApp.getActiveSheet();
  if (kinds.includes(kindOfTab_(front.getName()) || '')) return front;
  return SpreadsheetApp.getActive().getSheets().find((sheet) => kinds.includes(kindOfTab_(sheet.getName()) || '')) || front;
}

/**
 * The rows of a tab that have a key, with the columns that these headers name; empty for a tab without a key column.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {string[][]} wanted  the headers that each column may have
 * @return {{row: number, key: string, cells: string[]}[]}
 */
function keyedRows_(sheet, wanted) {
  const lastRow = sheet.getLastRow();
  const place = placeOfKeys_(sheet);
  if (!place) return [];
  const { headerRow, column, headers } = place;
  if (lastRow <= headerRow) return [];
  const read = (/** @type {number} */ index) => sheet.getRange(headerRow + 1, index, lastRow - headerRow, 1).getDisplayValues();
  const columns = wanted.map((names) => {
    const index = headers.findIndex((header) => names.includes(header));
    return index < 0 ? [] : read(index + 1);
  });
  return read(column).map(([key], index) => ({
    row: headerRow + 1 + index, key: key.trim(), cells: columns.map((cells) => (cells[index] ? cells[index][0].trim() : '')),
  })).filter(({ key }) => key !== '');
}

/**
 * Title and team of each initiative, by key, and its row where they are read from the tab that the job has written. Of a
 * workbook of other tabs, all are read.
 *
 * @param {Job} job
 * @return {Record<string, Name>}
 */
function namesOfInitiatives_(job) {
  const kinds = ['Backlog', 'Scoring_Inputs'];
  const sheet = tabOfKind_(kinds);
  const sheets = kinds.includes(kindOfTab_(sheet.getName()) || '') ? [sheet] : [sheet].concat(SpreadsheetApp.getActive().getSheets());
  const isWritten = job.needsSelection ? sheet.getName() === SpreadsheetApp.getActiveSheet().getName() : kindOfTab_(sheet.getName()) === 'Backlog';
  /** @type {Record<string, Name>} */
  const names = {};
  sheets.forEach((one, index) => {
    for (const { row, key, cells: [title, team] } of keyedRows_(one, [TITLE_HEADERS, TEAM_HEADERS])) {
      const known = names[key];
      if (!known) names[key] = { row: isWritten && index === 0 ? row : 0, title, team };
      else if (!known.title) Object.assign(known, { title, team });
    }
  });
  return names;
}

/**
 * The tab of this workbook on which the rows are that a job tells of; empty for none.
 *
 * @param {Job} job
 * @param {string} tab  that was in front at the click
 * @return {string}
 */
function tabOfRows_(job, tab) {
  // On Params an entry is of an initiative, whose rows are many.
  if (job.needsSelection) return kindOfTab_(tab) === 'Params' ? '' : tab;
  const name = tabOfKind_(['Backlog']).getName();
  return kindOfTab_(name) === 'Backlog' ? name : '';
}

/**
 * ", 3 of them by RICE only": how many of the scored rows have one framework's score, and how many lack one that they
 * are meant to have. Empty for a tab that does not show the scores of each framework.
 *
 * @param {ResultRow[]} remarked  the result's rows that are done and have a message
 * @param {any} raw
 * @return {string}
 */
function partialIn_(remarked, raw) {
  const done = new Set(raw.rows.filter((/** @type {ResultRow} */ { status }) => status === 'ok').map((/** @type {ResultRow} */ row) => row.initiative_key));
  const rows = scoredRows_(tabOfKind_(['Scoring_Inputs']));
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { key, scored } of rows) {
    if (!done.delete(key)) continue;
    const lacking = Object.keys(SCORE_HEADERS).find((framework) => !scored.includes(framework) &&
      remarked.some(({ initiative_key: named, message }) => named === key && message.includes(`${framework} not scored`)));
    const what = scored.length === 1 ? `by ${scored[0]} only` : scored.length > 1 && lacking ? `without ${lacking}` : '';
    if (what) counts[what] = (counts[what] || 0) + 1;
  }
  // "3 initiatives scored, all of them by RICE only", "1 initiative scored, by RICE only".
  const howMany = (/** @type {number} */ count) => (count < raw.computed ? `${count} of them ` : count > 1 ? 'all of them ' : '');
  return Object.keys(counts).sort().map((what) => `, ${howMany(counts[what])}${what}`).join('');
}

/**
 * Which frameworks have scored each row; nothing where the tab lacks a framework's columns.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @return {{key: string, scored: string[]}[]}
 */
function scoredRows_(sheet) {
  const frameworks = Object.entries(SCORE_HEADERS);
  const wanted = frameworks.map(([, headers]) => headers).reduce((all, headers) => all.concat(headers), []);
  const rows = keyedRows_(sheet, wanted.map((header) => [header]));
  if (rows.length === 0) return [];
  const { headers: present } = keyColumn_(sheet);
  if (frameworks.some(([, headers]) => !headers.some((header) => present.includes(header)))) return [];
  return rows.map(({ key, cells }) => ({
    key, scored: frameworks.filter(([, headers]) => headers.some((header) => cells[wanted.indexOf(header)] !== '')).map(([framework]) => framework),
  }));
}
