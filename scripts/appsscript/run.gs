// A job from the click to the last word: started, followed while it is quick, then handed to the progress dialog,
// each of whose looks is an execution of its own, so that Google's six minutes never end it.

/** A job that is done within these seconds needs no dialog. */
const QUICK_SECONDS = 5;
/** A busy service may answer each look at once: more looks than a job has steps are the dialog's. */
const MAX_QUICK_LOOKS = 20;
/** The longest that the service is asked to wait; Google ends a request after 60 seconds. */
const LOOK_SECONDS = 50;
const GOES_ON = 'It goes on all the same; the Status column will show how it went.';

/**
 * @typedef {object} Run  what the service answers about one run
 * @property {string} run_id
 * @property {string} status
 * @property {{label: string, done: number, total: number} | null} progress
 * @property {any} result
 * @property {{message: string} | null} error
 */

/**
 * @typedef {object} Ticket  what the dialog must know
 * @property {string} action
 * @property {string} runId
 * @property {string} tab  that was in front at the click
 */

/**
 * @typedef {object} View  what the dialog shows
 * @property {boolean} ended
 * @property {string} label
 * @property {number} done
 * @property {number} total
 * @property {string} trouble  a sentence that stays to be read; empty: there is none
 * @property {Outcome | null} outcome  at the end, where a toast cannot say it all
 */

/** @param {string} action */
function runJob_(action) {
  const job = jobOf_(action);
  withSentences_(job.label, () => {
    const connection = connection_();
    const sheet = SpreadsheetApp.getActiveSheet();
    checkTab_(job, sheet.getName());
    const { rows, mayHideMore } = job.needsSelection ? selectedRows_(sheet) : { rows: [], mayHideMore: false };
    const keyed = rows.filter(({ key }) => key !== '');
    if (!confirmed_(job, keyed, mayHideMore)) {
      toast_('Nothing was changed.', job.label);
      return;
    }
    toast_(`${doingTo_(job, keyed)} …`, job.label);
    const runId = startRun_(connection, requestOf_(job, sheet, rows));
    followRun_(connection, job, { action: job.action, runId, tab: sheet.getName() });
  });
}

/**
 * "Saving 2 rows (rows 4 and 6)".
 *
 * @param {Job} job
 * @param {SelectedRow[]} keyed
 * @return {string}
 */
function doingTo_(job, keyed) {
  const doing = job.doing.replace('#', counted_(countOf_(job, keyed), job.noun));
  return keyed.length > 1 ? `${doing} (${rowNames_(keyed)})` : doing;
}

/**
 * How many rows or initiatives the job is about; an initiative has several rows on Params.
 *
 * @param {Job} job
 * @param {SelectedRow[]} keyed
 * @return {number}
 */
function countOf_(job, keyed) {
  return job.noun === 'row' ? keyed.length : new Set(keyed.map(({ key }) => key)).size;
}

/**
 * @param {Job} job
 * @param {SelectedRow[]} keyed
 * @param {boolean} mayHideMore
 * @return {boolean}
 */
function confirmed_(job, keyed, mayHideMore) {
  const questions = [];
  if (mayHideMore) {
    questions.push(`${doingTo_(job, keyed)}: rows there or near them are hidden. Rows that are hidden by a filter or by hand are ` +
      'left out, but a filter view of your own cannot be seen from here: rows that only it hides are among those that are named. ' +
      `Go on with ${keyed.length === 1 ? 'this row' : `all ${keyed.length} rows`}?`);
  }
  if (job.confirmation) questions.push(job.confirmation);
  if (questions.length === 0) return true;
  const ui = SpreadsheetApp.getUi();
  return ui.alert(job.label, questions.join('\n\n'), ui.ButtonSet.YES_NO) === ui.Button.YES;
}

/**
 * @param {Job} job
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {SelectedRow[]} rows
 * @return {object}
 */
function requestOf_(job, sheet, rows) {
  const email = ifAllowed_(() => Session.getActiveUser().getEmail());
  const scope = !job.needsSelection ? { type: 'all' } : {
    type: 'selection',
    initiative_keys: rows.map(({ key }) => key),
    rows: rows.filter(({ key }) => key !== '').map(({ row, key }) => ({ row, initiative_key: key })),
  };
  return {
    action: job.action,
    scope,
    sheet_context: { spreadsheet_id: SpreadsheetApp.getActive().getId(), tab: sheet.getName() },
    requested_by: Object.assign({ ui: 'apps_script' }, email ? { user_email: email } : {}),
  };
}

/**
 * @param {Connection} connection
 * @param {object} body
 * @return {string} the run's id
 */
function startRun_(connection, body) {
  const accepted = callService_(connection, {
    method: 'post', path: '/actions/run', body, idempotencyKey: Utilities.getUuid(),
  });
  return accepted.run_id;
}

/**
 * @param {Connection} connection
 * @param {string} runId
 * @param {number} waitSeconds  how long the answer may wait for news
 * @return {Run}
 */
function lookAtRun_(connection, runId, waitSeconds) {
  return callService_(connection, { method: 'get', path: `/actions/run/${encodeURIComponent(runId)}?wait=${waitSeconds}` });
}

/**
 * Waits a little for the end, else opens the dialog.
 *
 * @param {Connection} connection
 * @param {Job} job
 * @param {Ticket} ticket
 */
function followRun_(connection, job, ticket) {
  const run = quickEnd_(connection, ticket.runId);
  if (!run) showPage_(ticket, job.label, null);
  else {
    const outcome = tellOutcome_(job, run, ticket.tab);
    if (outcome) showPage_(ticket, job.label, outcome);
  }
}

/**
 * The run when it is over within QUICK_SECONDS, and within the time that Google leaves.
 *
 * @param {Connection} connection
 * @param {string} runId
 * @return {Run | undefined}
 */
function quickEnd_(connection, runId) {
  const until = Date.now() + QUICK_SECONDS * 1000;
  try {
    let left = QUICK_SECONDS;
    for (let looks = 0; looks < MAX_QUICK_LOOKS && left > 0 && timeForFetch_(0); ++looks) {
      const run = lookAtRun_(connection, runId, left);
      if (isOver_(run)) return run;
      left = Math.ceil((until - Date.now()) / 1000);
    }
  } catch (error) {
    throw new Trouble_(`${sentenceOf_(error)} ${GOES_ON}`);
  }
  return undefined;
}

/**
 * @param {Run} run
 * @return {boolean}
 */
function isOver_(run) {
  return run.status === 'success' || run.status === 'failed' || run.status === 'cancelled';
}

/**
 * The page that follows a run, or shows how it went. Who has not allowed dialogs reads the toast, and the Status column.
 *
 * @param {Ticket} ticket
 * @param {string} title
 * @param {Outcome | null} outcome
 */
function showPage_(ticket, title, outcome) {
  const page = HtmlService.createTemplateFromFile('progress');
  page.action = ticket.action;
  page.runId = ticket.runId;
  page.tab = ticket.tab;
  page.outcome = outcome ? JSON.stringify(outcome) : '';
  const [width, height] = outcome ? [OUTCOME_WIDTH, OUTCOME_HEIGHT] : [400, 190];
  const shown = ifAllowed_(() => {
    SpreadsheetApp.getUi().showModelessDialog(page.evaluate().setWidth(width).setHeight(height), title);
    return true;
  });
  if (!shown && !outcome) toast_('This takes a while. The Status column will show how it went.', title, TOAST_SECONDS);
}

/**
 * Called by the dialog: waits for news of the run; at its end tells how it went.
 *
 * @param {Ticket} ticket
 * @return {View}
 */
function lookAtJob(ticket) {
  try {
    const job = jobOf_(ticket.action);
    const run = lookAtRun_(connection_(), ticket.runId, LOOK_SECONDS);
    return viewOf_(run, isOver_(run) ? tellOutcome_(job, run, ticket.tab) : null);
  } catch (error) {
    return { ended: false, label: '', done: 0, total: 0, trouble: `${sentenceOf_(error)} ${GOES_ON}`, outcome: null };
  }
}

/**
 * Called by the list of the outcome: goes to the row of an entry, by its key, for rows move. Throws a Trouble_ where it is gone or hidden.
 *
 * @param {string} tab
 * @param {{row: number, key: string}} entry
 */
function goToRow(tab, { row, key }) {
  const sheet = SpreadsheetApp.getActive().getSheetByName(tab);
  const withKey = sheet ? keyedRows_(sheet, []).filter((one) => one.key === key) : [];
  const found = withKey.find((one) => one.row === row) || withKey[0];
  if (!sheet || (!found && key !== '')) throw new Trouble_(`It is not on ${tab} any more.`);
  const at = found ? found.row : row;
  const isInFront = sheet.getSheetId() === SpreadsheetApp.getActiveSheet().getSheetId();
  if (isInFront && isHidden_(sheet, at)) throw new Trouble_(`Row ${at} of ${tab} is hidden.`);
  SpreadsheetApp.setActiveRange(sheet.getRange(at, keyColumn_(sheet).column));
}

/**
 * Called by the dialog's Cancel. The next look shows how it ended: what has been written already is finished.
 *
 * @param {Ticket} ticket
 * @return {string} why it could not be cancelled, empty when it could
 */
function cancelJob(ticket) {
  try {
    callService_(connection_(), { method: 'post', path: `/actions/run/${encodeURIComponent(ticket.runId)}/cancel` });
    return '';
  } catch (error) {
    return sentenceOf_(error);
  }
}

/**
 * @param {Run} run
 * @param {Outcome | null} outcome
 * @return {View}
 */
function viewOf_(run, outcome) {
  const { label, done, total } = run.progress || { label: 'Waiting for its turn', done: 0, total: 0 };
  return { ended: isOver_(run), label, done, total, trouble: '', outcome };
}
