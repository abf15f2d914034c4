// The workbooks of the storm: which tabs, which columns, whose they are (sheets.md), and what people type there.

/** A column of nobody's registry: names each physical row, so that a row is known wherever a sort puts it. */
export const ROW_TAG = 'Row Tag';

const SCORES = ['Value Score', 'Effort Score', 'Overall Score'];
const PROVENANCE = { 'Updated At': 'system', 'Updated Source': 'system' };

/** header -> owner and kind of what is typed: 'pm number' is a number that PMs type; 'own' stands outside the registry. */
const INTAKE = {
  [ROW_TAG]: 'tag', Title: 'team text', 'Initiative Key': 'key', 'Requesting Team': 'team text', 'Requester Email': 'team text',
  Country: 'team text', 'Problem Statement': 'team text', 'Current Pain': 'team text', 'Strategic Theme': 'team text',
  Status: 'team status', 'Risk Level': 'team text', 'Time Sensitivity': 'team text', 'Effort Engineering Days': 'team number',
};
const BACKLOG = {
  'Initiative Key': 'key', Title: 'pm text', 'Requesting Team': 'pm text', 'Requester Email': 'pm text', Country: 'pm text',
  'Problem Statement': 'pm text', 'Strategic Theme': 'pm text', Hypothesis: 'pm text', Status: 'pm text',
  'Active Scoring Framework': 'pm framework', 'Use Math Model': 'pm bool', 'Strategic Priority Coefficient': 'pm number',
  ...Object.fromEntries(SCORES.map((name) => [name, 'system'])), 'PM Remark': 'own text',
  'Last Run Status': 'system', ...PROVENANCE, [ROW_TAG]: 'tag',
};
const SCORING = {
  'Initiative Key': 'key', Title: 'pm title', 'Risk Level': 'pm text', 'Time Sensitivity': 'pm text',
  'Active Scoring Framework': 'pm framework', 'Use Math Model': 'pm bool', 'Strategic Priority Coefficient': 'pm number',
  'RICE: Reach': 'pm whole', 'RICE: Impact': 'pm impact', 'RICE: Confidence': 'pm confidence', 'RICE: Effort': 'pm number',
  'WSJF: Business Value': 'pm number', 'WSJF: Time Criticality': 'pm number', 'WSJF: Risk Reduction': 'pm number', 'WSJF: Job Size': 'pm number',
  ...Object.fromEntries(['RICE', 'WSJF', 'Math', 'Active'].flatMap((of) => SCORES.map((name) => [`${of}: ${name}`, 'system']))),
  'Math: Warnings': 'system', Status: 'system', ...PROVENANCE, 'PM Remark': 'own text', [ROW_TAG]: 'tag',
};
const MATH_MODELS = {
  initiative_key: 'key', model_name: 'pm text', formula_text: 'pm formula text', assumptions_text: 'pm text', approved_by_user: 'pm bool',
  Status: 'system', ...PROVENANCE, [ROW_TAG]: 'tag',
};
const PARAMS = {
  initiative_key: 'key', framework: 'pm fixed', param_name: 'pm fixed', value: 'pm number', unit: 'pm text', approved: 'pm bool', notes: 'pm text',
  is_auto_seeded: 'system', Status: 'system', ...PROVENANCE, [ROW_TAG]: 'tag',
};

function tab(name, workbook, kind, columns) {
  const headers = Object.keys(columns);
  return {
    name, workbook, kind, columns, headers,
    key: headers.find((header) => columns[header] === 'key'),
    typed: headers.filter((header) => /^(team|pm|own) /.test(columns[header]) && columns[header] !== 'pm fixed'),
    statusHeader: kind === 'intake' ? undefined : headers.find((header) => header === 'Last Run Status') ?? 'Status',
  };
}

export const TABS = Object.fromEntries([
  tab('North', 'intake_a', 'intake', INTAKE), tab('South', 'intake_a', 'intake', INTAKE), tab('East', 'intake_b', 'intake', INTAKE),
  tab('Backlog', 'backlog', 'backlog', BACKLOG),
  tab('Scoring_Inputs', 'product_ops', 'scoring', SCORING),
  tab('MathModels', 'product_ops', 'math_models', MATH_MODELS),
  tab('Params', 'product_ops', 'params', PARAMS),
].map((each) => [each.name, each]));

export const WORKBOOKS = ['intake_a', 'intake_b', 'backlog', 'product_ops'];
export const tabsOf = (workbook) => Object.values(TABS).filter((each) => each.workbook === workbook);
export const INTAKE_TABS = Object.values(TABS).filter(({ kind }) => kind === 'intake').map(({ name }) => name);

/** The field that a header stands for: `RICE: Reach` is rice_reach (sheets.md, Headers). */
export function fieldOf(header) {
  return header.trim().toLowerCase().replace(/[\s:_-]+/g, '_');
}

/** Fields that stand on several tabs for people to type (sync.md, Save), so that any tab may have said the last word. */
export const SHARED_FIELDS = new Set([
  'use_math_model', 'strategic_priority_coefficient', 'risk_level', 'time_sensitivity', 'status', 'active_scoring_framework',
]);

/** Typed text of a cell by type; a formula is `{formula, shown}`, a blank cell ''. Equal values have equal texts. */
export function textOf(value) {
  if (value === '' || value === undefined || value === null || value === false) return '';
  if (typeof value === 'object') return `formula ${value.formula}`;
  return `${typeof value} ${typeof value === 'string' ? value.trim() : value}`;
}

/** What a reader of values sees of a cell. */
export function shownOf(value) {
  return typeof value === 'object' && value !== null ? value.shown : value;
}

export function configuration(sheetsUrl, credentialsFile, ids) {
  const intakeTab = ({ name }) => `[[intake.tabs]]\nkey = "${name.toLowerCase()}"\ntab_name = "${name}"\n`;
  const intake = ['intake_a', 'intake_b'].map((workbook) =>
    `[[intake]]\nsheet_key = "${workbook}"\nspreadsheet_id = "${ids[workbook]}"\n${tabsOf(workbook).map(intakeTab).join('')}`);
  return `
[server]
port = 0
[ledger]
path = "roadmap.db"
[worker]
run_timeout_seconds = 60
[sheets]
base_url = "${sheetsUrl}"
service_account_file = "${credentialsFile}"
reads_per_minute = 1000000
writes_per_minute = 1000000
timeout_seconds = 10
[log]
level = "warn"
[[central_backlog]]
spreadsheet_id = "${ids.backlog}"
tab = "Backlog"
[product_ops]
spreadsheet_id = "${ids.product_ops}"
${intake.join('')}`;
}
