// What people may do: steps drawn from a seed. A step names rows by fractions of what is there, so that it means something in a
// shortened sequence too.

import { KEY, TABS, columnOf } from './fields.mjs';
import { TAB_PLACES, tabsOf } from './world.mjs';

const COUNTRIES = ['Japan', 'Poland', 'Chile', 'Kenya', 'Peru'];
const TEAMS = ['CRM', 'Payments', 'Stores', 'Search'];
const STRAY_KEYS = [
  'INIT-9223372036854775806',
  'INIT-999999999',
  'INIT-999999999999',
  'INIT-000000',
  'A-12',
  'INIT-000047',
  'INIT-000203',
];
const FORMULAS = ['=1+2', '="by formula"', '=1/0', '=2*50', '=TRUE'];
const MODELS = [
  'value = a * 2',
  'value = a * b\neffort = c',
  'value = a - b\noverall = value / (a - a)',
  'value = max(a, b)\neffort = 2\noverall = value / effort',
  'a ^ 2',
  'savings = a * 3',
];
const NUMBERS = {
  rice_reach: [500, 2000, 800, 12.5, 0, -5, 'abc', '1200', '1,200'],
  rice_impact: [0.25, 1, 2, 3, 5],
  rice_confidence: [0.5, 0.8, 1, 80, 1.5, { entered: '70%' }],
  rice_effort: [1, 2, 4, 0, -1, '3'],
  wsjf_business_value: [1, 5, 8, 20, -3],
  wsjf_time_criticality: [1, 3, 13],
  wsjf_risk_reduction: [2, 3, 8, 'abc'],
  wsjf_job_size: [1, 5, 8, 0],
  strategic_priority_coefficient: [1, 1.5, 2, 0.5, 'high'],
  impact_expected: [10, 250, 'abc'],
  effort_engineering_days: [3, 15, 'a week'],
  value: [1, 5, 10, 0, 'abc'],
  min: [0, 2],
  max: [4, 100],
};

/** What may be typed into a column of this field; `bad` cells only where the sequence has them. */
function typedInto(random, kind, field, { bad: badCells, badIntake, formulas }) {
  const bad = kind === 'intake' ? badIntake : badCells;
  if (formulas && random.chance(0.1) && field !== KEY) return { entered: random.pick(FORMULAS) };
  if (bad && random.chance(0.06)) return { entered: random.pick(['#REF!', '=1/0', 'Loading...']) };
  const { type } = columnOf(kind, field) ?? { type: 'text' };
  const choose = (values) => random.pick(bad ? values : values.filter(isGood(field)));
  if (NUMBERS[field]) return choose(NUMBERS[field]);
  if (type === 'bool') return choose([true, true, false, 'yes', 'no', 'maybe']);
  if (type === 'framework')
    return choose(kind === 'params' ? ['MATH_MODEL', 'RICE'] : ['RICE', 'WSJF', 'MATH_MODEL', 'rice', 'MOSCOW']);
  if (field === 'status')
    return random.pick(
      kind === 'intake' ? ['new', 'withdrawn', 'withdrawn', 'new', 'done'] : ['in progress', 'done', 'new', 'withdrawn', 'parked'],
    );
  if (field === 'deadline_date') return choose(['2027-03-01', '2027-05-31', 'next week']);
  if (field === 'country') return random.chance(0.1) && (bad || formulas) ? { entered: '50%' } : random.pick(COUNTRIES);
  if (field === 'requesting_team') return random.pick(TEAMS);
  if (field === 'formula_text') return choose(MODELS);
  if (field === 'param_name') return random.pick(['a', 'b', 'c']);
  if (field === 'dependencies_initiatives')
    return random.pick(['INIT-000001', 'INIT-000001, INIT-000002', 'INIT-000002,INIT-000001']);
  if (['risk_level', 'time_sensitivity'].includes(field)) return random.pick(['low', 'medium', 'high']);
  return `${random.pick(['Faster', 'Cheaper', 'Safer', '=not a formula', '-5 things'])} ${random.between(1, 999)}`;
}

const isGood = (field) => (candidate) => {
  if (typeof candidate === 'string' && NUMBERS[field]) return /^\d+$/.test(candidate);
  if (['rice_effort', 'wsjf_job_size'].includes(field)) return candidate > 0;
  if (field === 'rice_confidence') return candidate !== 1.5;
  if (typeof candidate === 'number') return candidate >= 0;
  return !['maybe', 'MOSCOW', 'next week', 'a ^ 2', 'savings = a * 3'].includes(candidate);
};

const typedFields = (kind) =>
  TABS[kind].filter(({ owner, field }) => ['team', 'pm'].includes(owner) && field !== KEY).map(({ field }) => field);

const wish = (random, odd) => {
  const cells = {
    title: `Wish ${random.between(1000, 99_999)}`,
    requesting_team: random.pick(TEAMS),
    requester_email: `${random.pick(['ann', 'bo', 'cy'])}@example.com`,
    country: random.pick(COUNTRIES),
  };
  for (const field of typedFields('intake'))
    if (!(field in cells) && random.chance(0.3) && field !== 'status') cells[field] = typedInto(random, 'intake', field, odd);
  if (odd.badIntake && random.chance(0.1)) delete cells.title;
  return cells;
};

const SCORED = [
  'rice_reach',
  'rice_impact',
  'rice_confidence',
  'rice_effort',
  'wsjf_business_value',
  'wsjf_time_criticality',
  'wsjf_risk_reduction',
  'wsjf_job_size',
];
function inputs(random, odd) {
  const cells = {};
  const whole = random.chance(0.7);
  for (const field of SCORED) if (whole || random.chance(0.5)) cells[field] = typedInto(random, 'scoring', field, odd);
  if (random.chance(0.5)) cells.active_scoring_framework = typedInto(random, 'scoring', 'active_scoring_framework', odd);
  if (random.chance(0.3)) cells.use_math_model = true;
  return cells;
}

const anyTab = (random, weights) => random.pick(weights.flatMap(([tab, weight]) => Array(weight).fill(tab)));
const somewhere = (random) =>
  anyTab(random, [
    ['north', 3],
    ['south', 2],
    ['east', 2],
    ['backlog_emea', 4],
    ['backlog_apac', 2],
    ['scoring', 5],
    ['models', 2],
    ['params', 2],
  ]);
const intakeTab = (random) => random.pick(tabsOf('intake'));
const frac = (random) => Math.round(random.next() * 1000) / 1000;

/** Team and PM type into the same few cells of one or two initiatives, again and again, and often the same words. */
function hotStep(random) {
  const tab = random.pick(['east', 'east', 'backlog_apac', 'backlog_apac', 'scoring']);
  const field = random.pick(
    {
      east: ['title', 'country', 'country', 'status', 'risk_level'],
      backlog_apac: ['title', 'country', 'country', 'status', 'use_math_model'],
      scoring: ['risk_level', 'use_math_model', 'active_scoring_framework'],
    }[tab],
  );
  const words = {
    status: tab === 'east' ? ['new', 'withdrawn'] : ['new', 'withdrawn', 'parked'],
    use_math_model: [true, false, ''],
    active_scoring_framework: ['RICE', 'WSJF', ''],
    title: ['One', 'Two', 'Three'],
  }[field] ?? ['One', 'Two', ''];
  return { do: 'type', tab, row: random.pick([0, 0, 0, 0.999]), field, value: random.pick(words) };
}

/** Rows of an earlier system, with keys of its own, on intake, Backlog and Scoring_Inputs. */
export function drawEarlierRows(random) {
  const steps = [];
  for (const number of random.sample([3, 4, 11, 12, 40], 3)) {
    const key = `INIT-${String(number).padStart(6, '0')}`;
    const tab = intakeTab(random);
    const cells = { ...wish(random, {}), initiative_key: key };
    steps.push({ do: 'wish', tab, cells });
    if (random.chance(0.7))
      steps.push({
        do: 'wish',
        tab: `backlog_${TAB_PLACES[tab].org}`,
        cells: { initiative_key: key, title: cells.title, country: random.pick(COUNTRIES), status: 'parked' },
      });
    if (random.chance(0.5))
      steps.push({
        do: 'wish',
        tab: 'scoring',
        cells: { initiative_key: key, risk_level: random.pick(['low', 'high']), ...inputs(random, {}) },
      });
  }
  return steps;
}

// Each kind of act with its weight; those with a `trait` only in sequences that have it.
const ACTS = [
  { weight: 10, make: (random, odd) => ({ do: 'wish', tab: intakeTab(random), cells: wish(random, odd) }) },
  {
    weight: 14,
    make(random, odd) {
      const tab = somewhere(random);
      const field = random.pick(typedFields(TAB_PLACES[tab].kind));
      return { do: 'type', tab, row: frac(random), field, value: typedInto(random, TAB_PLACES[tab].kind, field, odd) };
    },
  },
  {
    weight: 4,
    make: (random, odd) => ({
      do: 'type',
      tab: random.pick(tabsOf('backlog')),
      row: frac(random),
      field: random.pick(['title', 'country', 'status', 'problem_statement']),
      value: typedInto(random, 'backlog', 'title', odd),
    }),
  },
  {
    weight: 4,
    make(random, odd) {
      const field = random.pick(['title', 'country', 'problem_statement', 'risk_level']);
      return { do: 'type', tab: intakeTab(random), row: frac(random), field, value: typedInto(random, 'intake', field, odd) };
    },
  },
  { weight: 6, make: (random, odd) => ({ do: 'cells', tab: 'scoring', row: frac(random), cells: inputs(random, odd) }) },
  {
    weight: 5,
    make(random) {
      const tab = somewhere(random);
      const fields = typedFields(TAB_PLACES[tab].kind).filter(
        (field) => !(TAB_PLACES[tab].kind === 'intake' && field === 'status'),
      );
      return { do: 'clear', tab, row: frac(random), field: random.pick(fields) };
    },
  },
  { weight: 7, make: (random) => ({ do: 'list', tab: 'scoring', key: frac(random) }) },
  {
    weight: 3,
    make: (random, odd) => ({
      do: 'list',
      tab: 'models',
      key: frac(random),
      cells: {
        formula_text: typedInto(random, 'models', 'formula_text', { ...odd, formulas: false }),
        approved_by_user: random.chance(0.7),
      },
    }),
  },
  {
    weight: 4,
    make: (random, odd) => ({
      do: 'list',
      tab: 'params',
      key: frac(random),
      cells: {
        param_name: random.pick(['a', 'b', 'c']),
        value: typedInto(random, 'params', 'value', odd),
        approved: random.chance(0.8),
      },
    }),
  },
  {
    weight: 3,
    make: (random) => ({
      do: 'sort',
      tab: somewhere(random),
      field: random.pick(['title', KEY, 'country', 'rice_reach']),
      order: random.pick(['ASCENDING', 'DESCENDING']),
    }),
  },
  { weight: 2, make: (random) => ({ do: 'insertRow', tab: somewhere(random), row: frac(random) }) },
  { weight: 2, trait: 'deleting', make: (random) => ({ do: 'deleteRow', tab: somewhere(random), row: frac(random) }) },
  {
    weight: 2,
    trait: 'copying',
    make: (random, odd) => ({
      do: 'copyRow',
      tab: somewhere(random),
      row: frac(random),
      ...(random.chance(0.5) && { title: wish(random, odd).title }),
    }),
  },
  {
    weight: 2,
    trait: 'moving',
    make: (random) => ({ do: 'moveRow', tab: intakeTab(random), row: frac(random), to: intakeTab(random) }),
  },
  {
    weight: 2,
    trait: 'choosing',
    make: (random) => ({
      do: 'type',
      tab: random.pick(['scoring', ...tabsOf('backlog')]),
      row: frac(random),
      field: 'active_scoring_framework',
      value: random.pick(['RICE', 'WSJF', 'MATH_MODEL']),
    }),
  },
  {
    weight: 2,
    trait: 'choosing',
    make: (random) => ({
      do: 'clear',
      tab: random.pick(['scoring', ...tabsOf('backlog')]),
      row: frac(random),
      field: 'active_scoring_framework',
    }),
  },
  {
    weight: 2,
    trait: 'withdrawing',
    make: (random) => ({
      do: 'type',
      tab: intakeTab(random),
      row: frac(random),
      field: 'status',
      value: random.pick(['withdrawn', 'new']),
    }),
  },
  {
    weight: 2,
    trait: 'strays',
    make: (random) => ({
      do: 'key',
      tab: anyTab(random, [
        ['north', 2],
        ['east', 1],
        ['backlog_emea', 1],
        ['scoring', 2],
        ['models', 1],
        ['params', 1],
      ]),
      row: frac(random),
      value: random.pick(STRAY_KEYS),
    }),
  },
  { weight: 3, trait: 'retyping', make: (random) => ({ do: 'retype', tab: intakeTab(random), row: frac(random) }) },
  {
    weight: 3,
    trait: 'retyping',
    make: (random) => ({
      do: 'list',
      tab: random.pick(tabsOf('backlog')),
      key: frac(random),
      cells: { title: wish(random, {}).title, country: random.pick(COUNTRIES), status: random.pick(['parked', 'new']) },
    }),
  },
  {
    weight: 2,
    trait: 'alias',
    make: (random) => ({
      do: 'note',
      tab: random.pick(['north', 'east', 'backlog_emea', 'scoring']),
      row: frac(random),
      header: random.pick(['Key', 'Own Notes']),
      value: random.pick(['A-7', 'INIT-000002', 'mine']),
    }),
  },
  { weight: 30, trait: 'hot', make: hotStep },
  { weight: 2, trait: 'rekeying', make: (random) => ({ do: 'clear', tab: intakeTab(random), row: frac(random), field: KEY }) },
  { weight: 2, trait: 'rekeying', make: (random) => ({ do: 'swapKeys', tab: 'scoring', row: frac(random), with: frac(random) }) },
  {
    weight: 1,
    trait: 'columns',
    make(random) {
      const tab = somewhere(random);
      const fields = TABS[TAB_PLACES[tab].kind].filter(
        ({ field }) => ![KEY, 'title', 'run_status', 'status', 'param_name', 'formula_text'].includes(field),
      );
      return { do: random.pick(['addColumn', 'removeColumn']), tab, header: random.pick(fields).header };
    },
  },
];

const TRAITS = [
  'hot',
  'hot',
  'retyping',
  'alias',
  'earlier',
  'deleting',
  'copying',
  'moving',
  'choosing',
  'withdrawing',
  'strays',
  'rekeying',
  'columns',
  'bad',
  'badIntake',
  'formulas',
  'flows',
  'switching',
];

/** The kinds of trouble that a sequence has: few at a time, so that one does not hide the others. */
export function drawTraits(random, without = []) {
  return new Set(random.sample(TRAITS, random.between(1, 6)).filter((trait) => !without.includes(trait)));
}

export function drawPersonStep(random, traits) {
  const odd = { bad: traits.has('bad'), badIntake: traits.has('badIntake'), formulas: traits.has('formulas') };
  // Where the same few cells are typed into, few rows are added.
  const acts = ACTS.filter(({ trait }) => trait === undefined || traits.has(trait)).map((entry) =>
    traits.has('hot') && entry.trait === undefined ? { ...entry, weight: entry.weight / 4 } : entry,
  );
  let at = random.next() * acts.reduce((sum, { weight }) => sum + weight, 0);
  return acts.find(({ weight }) => (at -= weight) < 0).make(random, odd);
}

/** The header rows that a sequence begins with: in any order, some optional columns left out, columns of the people's own. */
export function drawHeaders(random, traits = new Set()) {
  const optional = [
    'Country',
    'Risk Level',
    'LLM Notes',
    'assumptions_text',
    'min',
    'max',
    'Math: Effort Score',
    'Strategic Priority Coefficient',
    'Problem Statement',
  ];
  return Object.fromEntries(
    Object.entries(TAB_PLACES).map(([id, { kind }]) => {
      const headers = TABS[kind].map(({ header }) => header).filter((header) => !optional.includes(header) || random.chance(0.85));
      return [
        id,
        random.sample([...headers, 'Own Notes', ...(traits.has('alias') && random.chance(0.5) ? ['Key'] : [])], headers.length + 2),
      ];
    }),
  );
}
