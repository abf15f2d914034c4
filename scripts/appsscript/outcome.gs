// How a job went, in one toast or alert.

const MAX_NAMED = 3;
const MAX_TOAST_CHARS = 400;
const TOAST_SECONDS = 8;
const UNTIL_CLOSED = -1;

/**
 * What each action's result says when it has done something; the figures are the result's own.
 *
 * @type {Record<string, function(any): string>}
 */
const DONE_SENTENCES = {
  'pm.backlog_sync': (raw) => {
    const refreshed = raw.updated_count - raw.appended;
    const parts = [];
    if (raw.appended > 0) parts.push(`${counted_(raw.appended, 'new initiative')} came in`);
    if (refreshed > 0) parts.push(`${counted_(refreshed, 'row')} ${refreshed === 1 ? 'was' : 'were'} brought up to date`);
    return parts.length > 0 ? `${listed_(parts)}.` : 'Nothing new: the backlog shows the latest intake.';
  },
  'flow1.backlog_sync': (raw) => (raw.updated_count > 0
    ? `${counted_(raw.updated_count, 'row')} of the Central Backlog ${raw.updated_count === 1 ? 'is' : 'are'} up to date now.`
    : 'The Central Backlog was up to date already.'),
  'pm.save_selected': (raw) => `${ofSelected_(raw.saved_count, raw)} saved.`,
  'pm.score_selected': (raw) => `${ofSelected_(raw.computed, raw)} scored.`,
  'pm.switch_framework': (raw) => `${ofSelected_(raw.activated, raw)} switched.`,
  'flow4.suggest_mathmodels': (raw) => `${counted_(raw.suggested, 'formula')} suggested.` + leftOut_([
    [raw.skipped_approved, 'approved already'],
    [raw.skipped_has_formula, 'with a formula already'],
    [raw.skipped_has_suggestion, 'with a suggestion already'],
    [raw.skipped_no_context, 'without a description to go by'],
    [raw.invalid_formula, 'for which no valid formula was found'],
  ]),
  'flow4.seed_params': (raw) => `${counted_(raw.seeded, 'parameter')} added to Params.` + leftOut_([
    [raw.skipped_unapproved, 'whose formula is not approved'],
    [raw.skipped_invalid_formula, 'whose formula is not valid'],
    [raw.skipped_no_missing, 'with all parameters there'],
  ]),
};

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
 * @param {Job} job
 * @param {Run} run  one that is over
 */
function tellOutcome_(job, run) {
  if (run.status === 'cancelled') {
    toast_('Cancelled before anything was changed.', job.label, TOAST_SECONDS);
    return;
  }
  if (run.status === 'failed') {
    const ui = SpreadsheetApp.getUi();
    ui.alert(`${job.label} did not work`, run.error ? run.error.message : 'The service gave no reason.', ui.ButtonSet.OK);
    return;
  }
  const { raw } = run.result;
  const reasons = reasonsIn_(job, raw);
  const troubles = reasons.length > 0 ? [`Not done: ${firstOf_(reasons)}.`] : [];
  const sentences = [DONE_SENTENCES[job.action](raw)].concat(remarksOn_(raw, reasons), troubles);
  toast_(shortened_(sentences.join(' ')), job.label, troubles.length > 0 ? UNTIL_CLOSED : TOAST_SECONDS);
}

/**
 * What is good to know although nothing is wrong.
 *
 * @param {any} raw
 * @param {string[]} reasons  what is said already
 * @return {string[]}
 */
function remarksOn_(raw, reasons) {
  const sentences = [];
  if (raw.skipped_no_key > 0) sentences.push(`${counted_(raw.skipped_no_key, 'selected row')} without a key left out.`);
  const kept = (raw.kept_unsaved_edits || []).length;
  if (kept > 0) sentences.push(`${counted_(kept, 'cell')} that you have typed and not saved stayed as ${kept === 1 ? 'it is' : 'they are'}.`);
  const warnings = (raw.warnings || []).filter((/** @type {string} */ warning) => !reasons.some((reason) => warning.startsWith(reason)));
  if (warnings.length > 0) sentences.push(`Note: ${firstOf_(warnings)}.`);
  return sentences;
}

/**
 * Why rows and tabs did not work out. Of a selection, skipped rows are counted and not named: they are as they should be.
 *
 * @param {Job} job
 * @param {any} raw
 * @return {string[]}
 */
function reasonsIn_(job, raw) {
  const rows = (raw.rows || []).filter((/** @type {any} */ row) => row.status === 'failed' || (row.status === 'skipped' && !job.needsSelection));
  const sources = (raw.failed_sources || []).map((/** @type {any} */ source) => `${source.tab}: ${source.reason}`);
  return sources.concat(rows.map((/** @type {any} */ row) => {
    const named = row.initiative_key && !row.message.includes(row.initiative_key);
    return named ? `${row.initiative_key}: ${row.message}` : row.message;
  }));
}

/**
 * The first of many sentences, without their full stops, and how many more there are.
 *
 * @param {string[]} sentences
 * @return {string}
 */
function firstOf_(sentences) {
  const first = sentences.slice(0, MAX_NAMED).map((sentence) => sentence.replace(/\.$/, '')).join('; ');
  return sentences.length > MAX_NAMED ? `${first}; and ${sentences.length - MAX_NAMED} more` : first;
}

/**
 * @param {string} text
 * @return {string}
 */
function shortened_(text) {
  return text.length <= MAX_TOAST_CHARS ? text : `${text.slice(0, MAX_TOAST_CHARS - 1)}…`;
}
