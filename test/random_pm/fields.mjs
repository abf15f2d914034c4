// The columns that the random PM plays with, as sheets.md declares them: header, field, type, owner.

export const KEY = 'initiative_key';
export const FRAMEWORKS = ['RICE', 'WSJF', 'MATH_MODEL'];
export const RICE_INPUTS = ['rice_reach', 'rice_impact', 'rice_confidence', 'rice_effort'];
export const WSJF_INPUTS = ['wsjf_business_value', 'wsjf_time_criticality', 'wsjf_risk_reduction', 'wsjf_job_size'];
export const ACTIVE_SCORES = ['value_score', 'effort_score', 'overall_score'];
const PREFIX = { RICE: 'rice', WSJF: 'wsjf', MATH_MODEL: 'math' };
/** The columns of the stored scores: {framework, part, field}. */
export const STORED_SCORES = FRAMEWORKS.flatMap((framework) =>
  ['value', 'effort', 'overall'].map((part) => ({ framework, part, field: `${PREFIX[framework]}_${part}_score` })),
);
export const SCORE_COLUMNS = STORED_SCORES.map(({ field }) => field);
export const PROVENANCE = ['run_status', 'updated_at', 'updated_source'];

// "A field that exists on several tabs is taken only where its cell differs from this tab's base."
export const SHARED = new Set(['use_math_model', 'strategic_priority_coefficient', 'risk_level', 'time_sensitivity', 'status']);

const column = (header, field, type, owner) => ({ header, field, type, owner });
const team = (header, field, type = 'text') => column(header, field, type, 'team');
const pm = (header, field, type = 'text') => column(header, field, type, 'pm');
const system = (header, field, type = 'number') => column(header, field, type, 'system');
const provenance = (status) => [
  system(status, 'run_status', 'text'),
  system('Updated At', 'updated_at', 'text'),
  system('Updated Source', 'updated_source', 'text'),
];

const INTAKE = [
  system('Initiative Key', KEY, 'text'),
  team('Title', 'title'),
  team('Requesting Team', 'requesting_team'),
  team('Requester Email', 'requester_email'),
  team('Country', 'country'),
  team('Problem Statement', 'problem_statement'),
  team('Status', 'status'),
  team('Risk Level', 'risk_level'),
  team('Time Sensitivity', 'time_sensitivity'),
  team('Impact Expected', 'impact_expected', 'number'),
  team('Effort Engineering Days', 'effort_engineering_days', 'number'),
  team('Deadline Date', 'deadline_date', 'date'),
  team('Is Mandatory', 'is_mandatory', 'bool'),
];
const SHARED_CHOICES = [
  pm('Active Scoring Framework', 'active_scoring_framework', 'framework'),
  pm('Use Math Model', 'use_math_model', 'bool'),
  pm('Strategic Priority Coefficient', 'strategic_priority_coefficient', 'number'),
];
const BACKLOG = [
  system('Initiative Key', KEY, 'text'),
  pm('Title', 'title'),
  pm('Requesting Team', 'requesting_team'),
  pm('Country', 'country'),
  pm('Problem Statement', 'problem_statement'),
  pm('Status', 'status'),
  ...SHARED_CHOICES,
  pm('Dependencies Initiatives', 'dependencies_initiatives', 'keys'),
  pm('LLM Notes', 'llm_notes'),
  system('Value Score', 'value_score'),
  system('Effort Score', 'effort_score'),
  system('Overall Score', 'overall_score'),
  ...provenance('Last Run Status'),
];
const scores = (prefix, name) =>
  ['Value', 'Effort', 'Overall'].map((score) => system(`${name}: ${score} Score`, `${prefix}${score.toLowerCase()}_score`));
const SCORING = [
  pm('Initiative Key', KEY),
  system('Title', 'title', 'text'),
  ...SHARED_CHOICES,
  pm('Risk Level', 'risk_level'),
  pm('Time Sensitivity', 'time_sensitivity'),
  ...['Reach', 'Impact', 'Confidence', 'Effort'].map((name) => pm(`RICE: ${name}`, `rice_${name.toLowerCase()}`, 'number')),
  ...['Business Value', 'Time Criticality', 'Risk Reduction', 'Job Size'].map((name) =>
    pm(`WSJF: ${name}`, `wsjf_${name.toLowerCase().replace(' ', '_')}`, 'number'),
  ),
  ...scores('rice_', 'RICE'),
  ...scores('wsjf_', 'WSJF'),
  ...scores('math_', 'Math'),
  system('Math: Warnings', 'math_warnings', 'text'),
  ...scores('', 'Active'),
  ...provenance('Status'),
];
const MODELS = [
  pm('initiative_key', KEY),
  pm('model_name', 'model_name'),
  pm('formula_text', 'formula_text'),
  pm('approved_by_user', 'approved_by_user', 'bool'),
  pm('assumptions_text', 'assumptions_text'),
  column('llm_suggested_formula_text', 'llm_suggested_formula_text', 'text', 'llm'),
  ...provenance('Status'),
];
const PARAMS = [
  pm('initiative_key', KEY),
  pm('framework', 'framework', 'framework'),
  pm('param_name', 'param_name'),
  pm('param_display', 'param_display'),
  pm('value', 'value', 'number'),
  pm('min', 'min', 'number'),
  pm('max', 'max', 'number'),
  pm('approved', 'approved', 'bool'),
  system('is_auto_seeded', 'is_auto_seeded', 'bool'),
  ...provenance('Status'),
];

export const TABS = { intake: INTAKE, backlog: BACKLOG, scoring: SCORING, models: MODELS, params: PARAMS };

// Further headers that are accepted, by kind of tab and normalised form.
const ALIASES = {
  intake: { key: KEY, initiative_title: 'title' },
  backlog: { key: KEY, run_status: 'run_status', sync_status: 'run_status' },
  scoring: { key: KEY, last_run_status: 'run_status', run_status: 'run_status' },
  models: { key: KEY, formula: 'formula_text', approved: 'approved_by_user', last_run_status: 'run_status' },
  params: { key: KEY, name: 'param_name', parameter_name: 'param_name', last_run_status: 'run_status' },
};

/** "Trim, lower-case, colon, spaces, hyphens and repeats all become one _." */
export const normalised = (header) =>
  header
    .trim()
    .toLowerCase()
    .replace(/[\s:_-]+/g, '_');

const BY_HEADER = Object.fromEntries(
  Object.entries(TABS).map(([kind, columns]) => [kind, new Map(columns.map((entry) => [normalised(entry.header), entry]))]),
);
const BY_FIELD = Object.fromEntries(
  Object.entries(TABS).map(([kind, columns]) => [kind, new Map(columns.map((entry) => [entry.field, entry]))]),
);

export const columnOf = (kind, field) => BY_FIELD[kind].get(field);

/** field -> index of the column that counts: "the one whose header is the field's own name, else the first". */
export function columnsOf(kind, headers) {
  const own = new Map();
  const aliased = new Map();
  headers.forEach((header, index) => {
    const form = normalised(header);
    const entry = BY_HEADER[kind].get(form);
    if (entry && !own.has(entry.field)) own.set(entry.field, index);
    const field = ALIASES[kind][form];
    if (field && !aliased.has(field)) aliased.set(field, index);
  });
  return new Map([...aliased, ...own]);
}
