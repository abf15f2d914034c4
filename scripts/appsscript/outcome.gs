// How a job went: in a toast, and in the dialog what a toast cannot hold.

/** Entries of one kind that a toast names; more of them are the dialog's. */
const MAX_NAMED = 3;
const MAX_TITLE = 80; // characters
const MAX_TOAST_CHARS = 400;
const TOAST_SECONDS = 8;
/** Entries of one kind that the dialog lists. */
const MAX_LISTED = 500;
/** What the service says of a row whose chosen framework is not the active one, and the choice's header as normaliseHeader_ makes it. */
const NOT_ACTIVE = /is chosen but not active/;
const CHOICE_HEADER = 'active_scoring_framework';
/**
 * Jobs whose rows say what was done for each of them, and how the list calls that.
 *
 * @type {Record<string, string>}
 */
const DONE_TITLES = { 'flow4.suggest_mathmodels': 'Suggested', 'flow4.seed_params': 'Added to Params' };
/** The job that publishes what is active. */
const PUBLISHING = 'flow1.backlog_sync';
const OUTCOME_WIDTH = 620;
const OUTCOME_HEIGHT = 460;

/**
 * @typedef {object} ResultRow
 * @property {string} initiative_key
 * @property {number | null} row
 * @property {string} status
 * @property {string} message
 */

/**
 * @typedef {object} Entry
 * @property {string} where  row, key and title
 * @property {string} what
 * @property {number} row  that it leads to; 0: none of the job's tab
 * @property {string} key
 */

/**
 * @typedef {object} Group
 * @property {string} title
 * @property {Entry[]} entries
 * @property {number} more  that are not listed
 */

/**
 * @typedef {object} Outcome  what the dialog shows
 * @property {string} sentence
 * @property {Group[]} groups
 * @property {string} tab  on which the rows are; empty where they are in another workbook
 */

/**
 * What each action's result says when it has done something; the figures are the result's own.
 *
 * @type {Record<string, function(any, Findings): string>}
 */
const DONE_SENTENCES = {
  'pm.backlog_sync': (raw, findings) => {
    const { appended, changed } = findings;
    const refreshed = raw.updated_count - raw.appended;
    const parts = [];
    if (raw.appended > 0) parts.push(`${counted_(raw.appended, 'new initiative')} came in${namesIn_(appended, raw.appended)}`);
    if (refreshed > 0) parts.push(`${counted_(refreshed, 'row')} ${refreshed === 1 ? 'was' : 'were'} brought up to date${namesIn_(changed, refreshed)}`);
    if (parts.length > 0) return `${parts.join('. ')}.`;
    return isClean_(findings) ? 'Nothing new: the backlog shows the latest intake.' : 'Nothing new came in.';
  },
  'flow1.backlog_sync': (raw, findings) => {
    if (raw.updated_count > 0) return `${counted_(raw.updated_count, 'row')} of the Central Backlog ${raw.updated_count === 1 ? 'is' : 'are'} up to date now.`;
    return findings.failed.length === 0 ? 'The Central Backlog was up to date already.' : 'Nothing was changed in the Central Backlog.';
  },
  'pm.add_to_scoring': (raw) => `${counted_(raw.added, 'initiative')} added to Scoring_Inputs.` +
    (raw.already_there > 0 ? ` ${raw.already_there} ${raw.already_there === 1 ? 'is' : 'are'} there already.` : ''),
  'pm.save_selected': (raw) => `${ofSelected_(raw.saved_count, raw)} saved.`,
  'pm.score_selected': (raw, { partial }) => `${ofSelected_(raw.computed, raw)} scored${partial}.`,
  'pm.switch_framework': (raw) => `${ofSelected_(raw.activated, raw)} switched.`,
  'flow4.suggest_mathmodels': (raw) => `${counted_(raw.suggested, 'formula')} suggested.` + leftOut_([
    [raw.skipped_approved, 'approved already'],
    [raw.skipped_has_formula, 'with a formula already'],
    [raw.skipped_has_suggestion, 'with a suggestion already'],
    [raw.skipped_no_context, 'without a description to go by'],
    [raw.invalid_formula, 'for which no valid formula was found'],
  ]),
  'flow4.seed_params': (raw) => `${counted_(raw.seeded, 'parameter')} added to Params.` + leftOut_([
    [raw.skipped_unapproved, 'without an approved formula'],
    [raw.skipped_invalid_formula, 'whose formula is not valid'],
    [raw.skipped_no_missing, 'with all parameters there'],
  ]),
};

/**
 * Whether the backlog shows all of the intake: nothing was refused, kept otherwise or not understood.
 *
 * @param {Findings} findings
 * @return {boolean}
 */
function isClean_({ failed, kept, differing, notes, warnings }) {
  return [failed, kept, differing, notes, warnings].every((entries) => entries.length === 0);
}

/**
 * @param {number} done
 * @param {any} raw
 * @return {string}
 */
function ofSelected_(done, raw) {
  return done === raw.selected_count ? counted_(done, 'initiative') : `${done} of ${counted_(raw.selected_count, 'initiative')}`;
}

/**
 * " Left out: 2 approved already, 1 without …".
 *
 * @param {[number, string][]} counts
 * @return {string}
 */
function leftOut_(counts) {
  const parts = counts.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`);
  return parts.length > 0 ? ` Left out: ${parts.join(', ')}.` : '';
}

/**
 * ": Wish lists (CRM), Store events (Events)", where a toast has room for all of them.
 *
 * @param {Entry[]} entries
 * @param {number} count  how many there are
 * @return {string}
 */
function namesIn_(entries, count) {
  return entries.length === count && count <= MAX_NAMED ? `: ${entries.map(({ what }) => what).join(', ')}` : '';
}

/**
 * Tells in a toast, or in an alert, how the run went.
 *
 * @param {Job} job
 * @param {Run} run  one that is over
 * @param {string} tab  that was in front at the click
 * @return {Outcome | null} what is to be shown beside that; null where the toast says it all
 */
function tellOutcome_(job, run, tab) {
  if (run.status === 'cancelled') {
    toast_('Cancelled before anything was changed.', job.label, TOAST_SECONDS);
    return null;
  }
  if (run.status === 'failed') {
    const ui = SpreadsheetApp.getUi();
    const why = run.error ? inMenuWords_(run.error.message) : 'The service gave no reason.';
    ui.alert(`${job.label} did not work`, why, ui.ButtonSet.OK);
    return null;
  }
  const { raw } = run.result;
  const findings = findingsIn_(job, raw, tab);
  const done = DONE_SENTENCES[job.action](raw, findings);
  const counts = countsIn_(job, raw, findings);
  const all = [done].concat(counts, namedIn_(findings)).join(' ');
  if (!needsDialog_(job, findings) && all.length <= MAX_TOAST_CHARS) {
    toast_(all, job.label, TOAST_SECONDS);
    return null;
  }
  const told = [done].concat(counts);
  toast_(shortened_(told.concat(toBeRead_(findings, ', as the list says', ' in the list')).join(' ')), job.label, TOAST_SECONDS);
  // The toast goes: the list says it too, above itself.
  const sentence = told.concat(toBeRead_(findings, '', '')).join(' ');
  return { sentence, groups: groupsOf_(job, raw, findings), tab: tabOfRows_(job, tab) };
}

/**
 * How much of the list is to be read, counted as the list counts it: "Not done: 2, as the list says.", "1 remark in the list."
 *
 * @param {Findings} findings
 * @param {string} asListed
 * @param {string} inList
 * @return {string[]}
 */
function toBeRead_({ failed, remarks, warnings }, asListed, inList) {
  const sentences = [];
  if (failed.length > 0) sentences.push(`Not done: ${failed.length}${asListed}.`);
  if (remarks.length > 0) sentences.push(`${counted_(remarks.length, 'remark')}${inList}.`);
  if (warnings.length > 0) sentences.push(`Good to know: ${warnings.length}${inList}.`);
  return sentences;
}

/**
 * @typedef {object} Findings  what a result says beyond its counts
 * @property {Entry[]} appended
 * @property {Entry[]} changed
 * @property {Entry[]} added  to Scoring_Inputs
 * @property {Entry[]} failed
 * @property {Entry[]} skipped
 * @property {Entry[]} kept  typed and not saved
 * @property {number} keptCells  how many cells these are
 * @property {Entry[]} differing  that PMs have changed and teams have changed otherwise
 * @property {Entry[]} chosen  frameworks that no switch has taken over
 * @property {Entry[]} done  what was clicked for, where each row says it
 * @property {Entry[]} remarks  on other rows that are done
 * @property {Entry[]} notes  those of them that a toast names
 * @property {Entry[]} warnings
 * @property {Entry[]} hints
 * @property {string} partial  ", 3 of them by RICE only"
 */

/**
 * @param {Job} job
 * @param {any} raw
 * @param {string} tab  that was in front at the click
 * @return {Findings}
 */
function findingsIn_(job, raw, tab) {
  /** @type {ResultRow[]} */
  const rows = raw.rows || [];
  const ofStatus = (/** @type {string} */ status) => rows.filter((row) => row.status === status);
  const ok = ofStatus('ok').filter(({ message }) => message !== '');
  const notActive = ok.filter(({ message }) => NOT_ACTIVE.test(message));
  // Of a choice that is not active its own sentence says more than that it was typed.
  const unsaved = (raw.kept_unsaved_edits || []).filter((/** @type {any} */ { initiative_key: key, column }) =>
    normaliseHeader_(column) !== CHOICE_HEADER || !notActive.some((row) => row.initiative_key === key));
  const differing = raw.kept_pm_values || [];
  // Reading the tab takes a moment: only where something is to be named.
  const names = unsaved.length + differing.length > 0 || rows.some((row) => row.initiative_key && row.message) ? namesOfInitiatives_(job) : {};
  const called = rowWord_(job, tab);
  const entryOf = (/** @type {ResultRow} */ row) => entryOf_(row, names, called);
  const newsOf = (/** @type {string} */ word) => ok.filter(({ message }) => message.startsWith(word)).map((row) => newsOf_(row, names, called));
  const isNews = (/** @type {ResultRow} */ { message }) => /^(appended|updated)$|^added to /.test(message);
  // Of a selection, skipped rows are as they should be; of intake, they are what did not come in.
  const isFailed = (/** @type {ResultRow} */ { status }) => status === 'failed' || (status === 'skipped' && !job.needsSelection);
  const failed = rows.filter(isFailed).map((row) => intakeEntryOf_(job, row) || entryOf(row));
  const skipped = job.needsSelection ? ofStatus('skipped').map(entryOf) : [];
  const sources = (raw.failed_sources || []).map((/** @type {any} */ { tab, reason }) => ({ where: tab, what: reason, row: 0, key: '' }));
  const told = rows.map(({ message }) => message).filter((message) => message !== '');
  const said = ok.filter((row) => !isNews(row) && !notActive.includes(row));
  const [done, remarks] = (DONE_TITLES[job.action] ? [said, []] : [[], said]).map((group) => group.map(entryOf));
  return {
    appended: newsOf('appended'),
    changed: newsOf('updated'),
    added: newsOf('added to '),
    failed: sources.concat(failed),
    skipped,
    kept: keptIn_(unsaved, names, called, ({ column }) => column),
    keptCells: unsaved.length,
    differing: keptIn_(differing, names, called, ({ column, kept, intake }) => `${column}: “${shown_(kept)}” here, “${shown_(intake)}” in intake`),
    chosen: notActive.map(entryOf),
    done,
    remarks,
    notes: job.action.startsWith('pm.') ? remarks : [],
    warnings: textsIn_(raw.warnings).filter(({ what }) => !told.some((message) => what.startsWith(message))),
    hints: textsIn_(raw.hints),
    partial: job.action === 'pm.score_selected' ? partialIn_(ok, raw) : '',
  };
}

/**
 * @param {string[] | undefined} texts
 * @return {Entry[]}
 */
function textsIn_(texts) {
  return (texts || []).map((text) => ({ where: '', what: inMenuWords_(text), row: 0, key: '' }));
}

/**
 * @param {any} value
 * @return {string}
 */
function shown_(value) {
  return value === null || value === undefined ? '' : String(value);
}

/**
 * A row of intake, which names its tab itself; undefined for any other: jobs on a selection tell of its rows alone, and
 * quote in their sentences what stands elsewhere.
 *
 * @param {Job} job
 * @param {ResultRow} row
 * @return {Entry | undefined}
 */
function intakeEntryOf_(job, { row, initiative_key: key, status, message }) {
  if (job.needsSelection || status !== 'skipped' || !row) return undefined;
  const [, where, what] = new RegExp(`^(.+? row ${row}): ([^]+)$`).exec(message) || [];
  return where ? { where, what: inMenuWords_(what), row: 0, key } : undefined;
}

/**
 * "Row", before its number; with its tab where another one is in front, which has a row of that number too.
 *
 * @param {Job} job
 * @param {string} tab  that was in front at the click
 * @return {string}
 */
function rowWord_(job, tab) {
  return job.needsSelection || kindOfTab_(tab) === 'Backlog' ? 'Row' : 'Central Backlog row';
}

/**
 * A row of the result: where it stands and its sentence.
 *
 * @param {ResultRow} row
 * @param {Record<string, Name>} names
 * @param {string} called  what a row is called, before its number
 * @return {Entry}
 */
function entryOf_({ row, initiative_key: key, message }, names, called) {
  const title = names[key] ? shortTitle_(names[key].title) : '';
  const where = [row ? `${called} ${row}` : '', key, title].filter((part) => part !== '').join(' · ');
  return { where, what: inMenuWords_(message), row: row || 0, key };
}

/**
 * A row that is new or has changed: its title and team.
 *
 * @param {ResultRow} row
 * @param {Record<string, Name>} names
 * @param {string} called
 * @return {Entry}
 */
function newsOf_({ row, initiative_key: key }, names, called) {
  const name = names[key] || { row: 0, title: '', team: '' };
  const place = row || name.row;
  // What has no title here is known by its key, which is said once.
  const where = [place ? `${called} ${place}` : '', name.title ? key : ''].filter((part) => part !== '').join(' · ');
  return { where, what: (shortTitle_(name.title) || key) + (name.team ? ` (${name.team})` : ''), row: place, key };
}

/**
 * A title that leaves room for what is said of it.
 *
 * @param {string} title
 * @return {string}
 */
function shortTitle_(title) {
  const characters = Array.from(title);
  return characters.length > MAX_TITLE ? `${characters.slice(0, MAX_TITLE - 1).join('')}…` : title;
}

/**
 * Kept cells, an entry an initiative.
 *
 * @param {any[]} cells
 * @param {Record<string, Name>} names
 * @param {string} called
 * @param {function(any): string} describe
 * @return {Entry[]}
 */
function keptIn_(cells, names, called, describe) {
  /** @type {Map<string, string[]>} */
  const byKey = new Map();
  for (const cell of cells) byKey.set(cell.initiative_key, (byKey.get(cell.initiative_key) || []).concat(describe(cell)));
  return Array.from(byKey, ([key, texts]) => Object.assign(
    entryOf_({ row: names[key] ? names[key].row : 0, initiative_key: key, status: '', message: '' }, names, called), { what: texts.join('; ') }));
}

/**
 * @param {Job} job
 * @param {any} raw
 * @param {Findings} findings
 * @return {string[]}
 */
function countsIn_(job, raw, findings) {
  const sentences = [];
  const notActive = raw.not_active || findings.chosen.length;
  if (notActive > 0) sentences.push(`${counted_(notActive, 'initiative')} chose a framework that is not active yet.`);
  if (raw.skipped_no_key > 0) sentences.push(`${counted_(raw.skipped_no_key, 'selected row')} without a key left out.`);
  const { keptCells: kept } = findings;
  if (kept > 0) sentences.push(`${counted_(kept, 'cell')} that you have ${typedIn_(job, 'typed')} and not saved stayed as ${kept === 1 ? 'it is' : 'they are'}.`);
  return sentences;
}

/**
 * "typed in the Central Backlog": where, for jobs that may be clicked in another workbook.
 *
 * @param {Job} job
 * @param {string} typed
 * @return {string}
 */
function typedIn_(job, typed) {
  return job.needsSelection ? typed : `${typed} in the Central Backlog`;
}

/**
 * The few that a toast has room for.
 *
 * @param {Findings} findings
 * @return {string[]}
 */
function namedIn_({ notes, warnings }) {
  const said = notes.concat(warnings);
  return said.length > 0 ? [`Note: ${said.map(asText_).join('; ')}.`] : [];
}

/**
 * "Row 4 · INIT-000002 · Checkout: Effort missing".
 *
 * @param {Entry} entry
 * @return {string}
 */
function asText_({ where, what }) {
  return (where ? `${where}: ${what}` : what).replace(/\.$/, '');
}

/**
 * Whether there is more to say than a toast can.
 *
 * @param {Job} job
 * @param {Findings} findings
 * @return {boolean}
 */
function needsDialog_(job, { appended, changed, failed, skipped, kept, notes, warnings, hints }) {
  const news = job.action === 'pm.backlog_sync' ? [appended, changed] : [];
  return [failed, skipped, kept, hints].some((entries) => entries.length > 0) ||
    news.concat([notes.concat(warnings)]).some((entries) => entries.length > MAX_NAMED);
}

/**
 * Everything: what the person clicked for, what was not done and why, then the rest.
 *
 * @param {Job} job
 * @param {any} raw
 * @param {Findings} findings
 * @return {Group[]}
 */
function groupsOf_(job, raw, findings) {
  const isIntake = job.action === 'pm.backlog_sync';
  /** @type {[string, Entry[]][]} */
  const all = [
    [isIntake ? 'New in the backlog' : 'Added to the backlog', findings.appended],
    ['Brought up to date', findings.changed],
    ['Added to Scoring_Inputs', findings.added],
    [DONE_TITLES[job.action] || '', findings.done],
    ['Not done', findings.failed],
    [job.action === PUBLISHING ? 'Not published: chosen, and not active yet' : 'Chosen, and not active yet', findings.chosen],
    ['Left out', findings.skipped],
    // A sentence about the whole run would be overlooked below hundreds about rows.
    ['Good to know', findings.warnings],
    ['Done, with a remark', findings.remarks],
    [`${typedIn_(job, 'Typed')} and not saved, kept as they are`, findings.kept],
    ['Hints on the scores', findings.hints],
    ['Changed in the backlog and, otherwise, in intake: the backlog keeps its own', findings.differing],
  ];
  const groups = all.filter(([, entries]) => entries.length > 0)
    .map(([title, entries]) => ({ title, entries: entries.slice(0, MAX_LISTED), more: Math.max(0, entries.length - MAX_LISTED) }));
  if (raw.rows_left_out > 0) groups.push({ title: 'The rest', entries: [], more: raw.rows_left_out });
  return groups;
}

/**
 * @param {string} text
 * @return {string}
 */
function shortened_(text) {
  return text.length <= MAX_TOAST_CHARS ? text : `${text.slice(0, MAX_TOAST_CHARS - 1)}…`;
}
