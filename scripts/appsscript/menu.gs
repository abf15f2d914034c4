// The menu and what each of its items calls. A name that ends in _ is private: Apps Script neither lists it nor lets a
// dialog call it.

const MENU_CAPTION = '🧠 Roadmap AI';

/** A simple trigger: it may look at the workbook, but call nothing outside. */
function onOpen() {
  const menu = SpreadsheetApp.getUi().createMenu(MENU_CAPTION);
  // Who has not allowed a look at the workbook has every item, and reads behind each what to allow.
  const jobs = ifAllowed_(() => jobsForTabs_(SpreadsheetApp.getActive().getSheets())) || JOBS;
  jobs.forEach((job, index) => {
    if (index > 0 && job.group !== jobs[index - 1].group) menu.addSeparator();
    menu.addItem(job.label, job.handler);
  });
  menu.addSeparator().addItem('Set up connection', 'setUpConnection').addToUi();
}

function seeLatestIntake() {
  runJob_('pm.backlog_sync');
}

function addToScoring() {
  runJob_('pm.add_to_scoring');
}

function scoreSelected() {
  runJob_('pm.score_selected');
}

function switchFramework() {
  runJob_('pm.switch_framework');
}

function saveSelected() {
  runJob_('pm.save_selected');
}

function updateBacklog() {
  runJob_('flow1.backlog_sync');
}

function suggestFormula() {
  runJob_('flow4.suggest_mathmodels');
}

function seedParameters() {
  runJob_('flow4.seed_params');
}

/**
 * Does `work`; what goes wrong in it is told to the person who clicked.
 *
 * @param {string} title
 * @param {function(): void} work
 */
function withSentences_(title, work) {
  try {
    work();
  } catch (error) {
    const ui = SpreadsheetApp.getUi();
    ui.alert(title, sentenceOf_(error), ui.ButtonSet.OK);
  }
}

/**
 * A trouble that a person can do something about, in words for them.
 */
class Trouble_ extends Error {
  /**
   * @param {string} sentence
   * @param {'address' | 'secret' | 'permission' | ''} about  what of the connection is to blame, if any of it is
   */
  constructor(sentence, about = '') {
    super(sentence);
    this.name = 'Trouble';
    this.about = about;
  }
}

/**
 * @param {unknown} error
 * @return {string}
 */
function sentenceOf_(error) {
  if (error instanceof Trouble_) return error.message;
  const fault = error instanceof Error ? error : new Error(String(error));
  console.error(fault.stack || fault.message);
  if (isDenied_(fault)) return deniedSentence_(fault, 'spreadsheets.currentonly');
  return `Something unexpected happened in the menu: ${fault.message}\n\n` +
    'Nothing is lost; click again. If it stays, send this sentence to whoever runs the service.';
}

/**
 * What each permission of the manifest is for, and how Google's own question words it.
 *
 * @type {Record<string, [string, string]>}
 */
const PERMISSIONS = {
  'spreadsheets.currentonly': ['look at this sheet', 'View and manage spreadsheets that this application has been installed in'],
  'script.external_request': ['reach the service', 'Connect to an external service'],
  'script.container.ui': ['show a dialog', 'Display and run third-party web content in prompts and sidebars inside Google applications'],
  'userinfo.email': ['see who clicks', 'See your primary Google Account email address'],
};

/** Google words its refusals in the person's language; the permission that is missing has one name in all of them. */
const NAMED_PERMISSION = /googleapis\.com\/auth\/([\w.]+)/;

/**
 * Whether Google refused a call because the person has not allowed it; each permission can be denied by itself.
 *
 * @param {unknown} error
 * @return {boolean}
 */
function isDenied_(error) {
  return error instanceof Error && (/permission|authori[sz]ation/i.test(error.message) || NAMED_PERMISSION.test(error.message));
}

/**
 * @param {Error} error
 * @param {string} unnamed  the permission that is missing where Google names none
 * @return {string}
 */
function deniedSentence_(error, unnamed) {
  const [, named = ''] = NAMED_PERMISSION.exec(error.message) || [];
  const [what, words] = PERMISSIONS[named] || PERMISSIONS[unnamed];
  return `Google has not been told yet that this menu may ${what}. Reload the sheet, click again and allow “${words}”.`;
}

/**
 * Does `work`, which is good to have and no more: without the permission for it the job goes on.
 *
 * @template T
 * @param {function(): T} work
 * @return {T | undefined} undefined where it is not permitted
 */
function ifAllowed_(work) {
  try {
    return work();
  } catch (error) {
    if (!isDenied_(error)) throw error;
    console.warn(`not allowed: ${/** @type {Error} */ (error).message}`);
    return undefined;
  }
}

/**
 * @param {string} message
 * @param {string} title
 * @param {number} seconds  negative: until it is closed
 */
function toast_(message, title, seconds = 5) {
  SpreadsheetApp.getActive().toast(message, title, seconds);
}

/**
 * "1 row", "3 rows".
 *
 * @param {number} number
 * @param {string} noun
 * @return {string}
 */
function counted_(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/**
 * "a, b and c".
 *
 * @param {string[]} words
 * @return {string}
 */
function listed_(words) {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
