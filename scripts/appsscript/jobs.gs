// What the menu can do: one table, from which the menu, its checks and its sentences are made.

/**
 * @typedef {object} Job
 * @property {string} label  what the menu says
 * @property {string} handler  the function in menu.gs that the menu calls
 * @property {string} action  what the service calls it
 * @property {string[]} tabs  the tabs it is for; Intake is any tab of intake
 * @property {number} group  items of one group stand together in the menu
 * @property {boolean} needsSelection
 * @property {string} noun  what is counted of a selection: 'row' or 'initiative'
 * @property {string} doing  said when it starts; # stands for how many are selected
 * @property {string} confirmation  asked before it starts; empty: nothing is asked
 */

/** @type {Job[]} */
const JOBS = [
  {
    label: 'See latest intake', handler: 'seeLatestIntake', action: 'pm.backlog_sync', tabs: ['Backlog', 'Intake'], group: 1,
    needsSelection: false, noun: '', doing: 'Looking for new intake', confirmation: '',
  },
  {
    label: 'Add to scoring', handler: 'addToScoring', action: 'pm.add_to_scoring', tabs: ['Backlog'], group: 1,
    needsSelection: true, noun: 'initiative', doing: 'Adding # to Scoring_Inputs', confirmation: '',
  },
  {
    label: 'Score selected', handler: 'scoreSelected', action: 'pm.score_selected',
    tabs: ['Scoring_Inputs', 'MathModels', 'Params'], group: 1,
    needsSelection: true, noun: 'initiative', doing: 'Computing scores of #', confirmation: '',
  },
  {
    label: 'Switch framework', handler: 'switchFramework', action: 'pm.switch_framework',
    tabs: ['Scoring_Inputs', 'Backlog'], group: 1,
    needsSelection: true, noun: 'initiative', doing: 'Switching the framework of #', confirmation: '',
  },
  {
    label: 'Save selected', handler: 'saveSelected', action: 'pm.save_selected',
    tabs: ['Scoring_Inputs', 'MathModels', 'Params', 'Backlog'], group: 1,
    needsSelection: true, noun: 'row', doing: 'Saving #', confirmation: '',
  },
  {
    label: 'Update Backlog', handler: 'updateBacklog', action: 'flow1.backlog_sync',
    tabs: ['Backlog', 'Scoring_Inputs'], group: 2,
    needsSelection: false, noun: '', doing: 'Updating the Central Backlog',
    confirmation: 'Everyone who reads the Central Backlog will see the active framework and scores of all initiatives ' +
      'as they are now, also those that a colleague is still trying out. Update it?',
  },
  {
    label: 'Suggest formula', handler: 'suggestFormula', action: 'flow4.suggest_mathmodels', tabs: ['MathModels'], group: 3,
    needsSelection: true, noun: 'initiative', doing: 'Asking the assistant for formulas for #',
    confirmation: 'The assistant reads the saved descriptions of the selected initiatives and suggests a formula for each. ' +
      'What you wrote stays as it is, and nothing counts before you approve it. Ask it?',
  },
  {
    label: 'Seed parameters', handler: 'seedParameters', action: 'flow4.seed_params', tabs: ['MathModels', 'Params'], group: 3,
    needsSelection: true, noun: 'initiative', doing: 'Adding parameters for #',
    confirmation: 'Rows are added to Params for what the approved formulas of the selected initiatives still need. ' +
      'Rows that are there stay as they are. Add them?',
  },
];

/** Headers, as normaliseHeader_ makes them: what an intake tab asks for, and what stands on other tabs only. */
const INTAKE_HEADER = /^(requesting_team|requester_name|requester_email)$/;
const OTHER_HEADER = /^((last_)?run_status|sync_status|active_.+|(value|effort|overall)_score|(rice|wsjf|math)_.+|formula_text|param_name)$/;

/**
 * @param {string} action
 * @return {Job}
 */
function jobOf_(action) {
  const job = JOBS.find((candidate) => candidate.action === action);
  if (!job) throw new Trouble_('This page belongs to another version of the menu. Reload the sheet and click again.');
  return job;
}

/**
 * A sentence of the service with its jobs called as the menu calls them.
 *
 * @param {string} sentence
 * @return {string}
 */
function inMenuWords_(sentence) {
  return sentence.replace(/\b(?:pm|flow\d)\.[a-z_]+/g, (token) => {
    const job = JOBS.find(({ action }) => action === token);
    return job ? job.label : 'a job of the service';
  });
}

/**
 * Which of the tabs that the table knows a tab is, by its name; undefined for any other. A workbook may name them
 * "Scoring Inputs", "Math models" or "EMEA Backlog".
 *
 * @param {string} tabName
 * @return {string | undefined}
 */
function kindOfTab_(tabName) {
  const letters = tabName.toLowerCase().replace(/[^a-z]/g, '');
  if (letters === 'scoringinputs') return 'Scoring_Inputs';
  if (letters === 'mathmodels') return 'MathModels';
  if (letters === 'params') return 'Params';
  return letters.includes('backlog') ? 'Backlog' : undefined;
}

/**
 * The jobs for a workbook with these tabs; all of them where no tab is known, for tabs may have other names.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet[]} sheets
 * @return {Job[]}
 */
function jobsForTabs_(sheets) {
  const kinds = sheets.map((sheet) => kindOfTab_(sheet.getName())).filter((kind) => kind !== undefined);
  if (kinds.length === 0 && isIntake_(sheets)) kinds.push('Intake');
  if (kinds.length === 0) return JOBS;
  return JOBS.filter((job) => job.tabs.some((tab) => kinds.includes(tab)));
}

/**
 * Whether these are tabs of intake, whose names are the teams' own: each that has keys has the columns in which a team
 * asks, and none of those that the other tabs have beside them.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet[]} sheets
 * @return {boolean}
 */
function isIntake_(sheets) {
  const keyed = sheets.map(placeOfKeys_).filter((place) => place !== undefined);
  return keyed.length > 0 && keyed.every(({ headers }) => headers.some((header) => INTAKE_HEADER.test(header)) &&
    !headers.some((header) => OTHER_HEADER.test(header)));
}

/**
 * Refuses a job on selected rows of a tab that it is not for. A tab by another name is left to the service, which
 * knows how the tabs are named.
 *
 * @param {Job} job
 * @param {string} tabName
 */
function checkTab_(job, tabName) {
  const kind = kindOfTab_(tabName);
  if (!job.needsSelection || kind === undefined || job.tabs.includes(kind)) return;
  throw new Trouble_(`${job.label} works on ${listed_(job.tabs)}; you are on ${tabName}. ` +
    'Go to such a tab, select rows there and click again.');
}
