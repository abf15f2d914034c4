// The oracle itself: worked examples of the specification, and doctored outcomes that it must report.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { read, same } from './cells.mjs';
import { TABS, columnsOf } from './fields.mjs';
import { compile } from './formula.mjs';
import { Memory } from './memory.mjs';
import { judgeRun } from './oracle.mjs';
import { compute, computeModel, refusals } from './scoring.mjs';
import { comparePlan } from './sequence.mjs';
import { shrink } from './shrink.mjs';
import { Snapshot } from './snapshot.mjs';
import { TAB_PLACES } from './world.mjs';

const cell = (value) => ({ v: value, d: String(value) });

test('RICE and WSJF give the worked examples', () => {
  const rice = (reach, impact, confidence, effort) =>
    compute('RICE', { rice_reach: reach, rice_impact: impact, rice_confidence: confidence, rice_effort: effort }).score.overall;
  const wsjf = (value, time, risk, size) =>
    compute('WSJF', { wsjf_business_value: value, wsjf_time_criticality: time, wsjf_risk_reduction: risk, wsjf_job_size: size })
      .score.overall;
  assert.deepEqual([rice(2000, 1, 80, 4), rice(800, 2, 50, 1), rice(5000, 2, 0.8, 2), rice(500, 3, 0.3, 2)], [400, 800, 4000, 225]);
  assert.deepEqual([wsjf(8, 4, 3, 5), wsjf(4, 3, 7, 8)], [3, 1.75]);
  assert.deepEqual(compute('RICE', { rice_reach: 1, rice_impact: 1, rice_confidence: 1, rice_effort: null }), {
    score: { value: null, effort: null, overall: null },
    missing: ['Effort'],
    empty: false,
  });
  assert.ok(compute('WSJF', {}).empty);
  assert.deepEqual(refusals({ rice_effort: 0, rice_confidence: 1.5, rice_reach: 5 }), [
    'Effort must be above 0',
    'Confidence: 1.5 is neither a fraction nor a percentage',
  ]);
});

test('formulas compute as Python does, and what the language lacks is refused', () => {
  const value = (text, parameters = {}) =>
    compile(text)
      .evaluate(new Map(Object.entries(parameters)))
      .get('value');
  assert.equal(value('value = 1 // 0.1'), 9);
  assert.equal(value('value = -7 // 2'), -4);
  assert.equal(value('value = -7 % 3'), 2);
  assert.equal(value('savings = a * b # yearly\n\nvalue = max(savings, 3) - -1', { a: 2, b: 4 }), 9);
  assert.deepEqual(compile('total = total + x\nvalue = y * total').inputs, ['total', 'x', 'y']);
  for (const text of [
    'value = a ** 2',
    'value = a ^ 2',
    'savings = 1',
    'value = f(a)',
    'value = (1',
    'min = 1\nvalue = 2',
    'value = 1,5',
  ])
    assert.throws(() => compile(text), SyntaxError, text);
});

test('a math model says why it has no score', () => {
  const parameters = new Map([
    ['a', { value: 1, approved: true }],
    ['b', { value: 2, approved: false }],
  ]);
  const judge = (model, isUsed = true) => computeModel({ isUsed, model, parameters, engineeringDays: 4 });
  assert.match('disabled', judge({ formula: 'value = a', approved: true }, false).warning);
  assert.match('missing value: c; not approved: b', judge({ formula: 'value = a + b + c', approved: true }).warning);
  assert.match('error: line 2: division by zero', judge({ formula: 'x = a - a\nvalue = a / x', approved: true }).warning);
  assert.deepEqual(judge({ formula: 'value = a * 8', approved: true }).score, { value: 8, effort: 4, overall: 2 });
});

test('cells are read as sheets.md says', () => {
  const values = [
    ['number', ' 1200 ', 1200],
    ['number', '80%', 0.8],
    ['bool', 'Yes', true],
    ['bool', '', null],
    ['framework', 'math model', 'MATH_MODEL'],
    ['date', 46000, '2025-12-09'],
    ['keys', 'INIT-000002,INIT-000001', 'INIT-000002, INIT-000001'],
    ['text', '  a ', 'a'],
  ];
  for (const [type, shown, value] of values) assert.deepEqual(read(type, cell(shown)), { ok: true, value }, `${type} ${shown}`);
  for (const [type, shown] of [
    ['number', '1,200'],
    ['number', '1,5'],
    ['number', 'abc'],
    ['bool', 'maybe'],
    ['framework', 'MOSCOW'],
    ['date', 'next week'],
    ['text', '#REF!'],
    ['text', 'Loading...'],
  ])
    assert.equal(read(type, cell(shown)).ok, false, `${type} ${shown}`);
  assert.deepEqual(read('text', { v: 0.5, d: '50%' }), { ok: true, value: '50%' });
  assert.ok(
    same('use_math_model', null, false) && same('strategic_priority_coefficient', null, 1) && !same('rice_effort', null, 1),
  );
});

test("a header that is the field's own name beats an alias before it", () => {
  assert.deepEqual(
    [...columnsOf('intake', ['Key', 'Title', 'initiative - key'])],
    [
      ['initiative_key', 2],
      ['title', 1],
    ],
  );
  assert.equal(columnsOf('scoring', ['rice_reach']).get('rice_reach'), 0);
});

// A small world: one wish in North, synced into the backlog by a first run.

const headersOf = (id) => TABS[TAB_PLACES[id].kind].map(({ header }) => header);

/** Sheets whose tabs hold these rows, each row by field. */
function sheets(rows) {
  return new Snapshot(
    Object.fromEntries(
      Object.keys(TAB_PLACES).map((id) => {
        const fields = TABS[TAB_PLACES[id].kind].map(({ field }) => field);
        return [id, [headersOf(id).map(cell), ...(rows[id] ?? []).map((row) => fields.map((field) => cell(row[field] ?? '')))]];
      }),
    ),
  );
}

const KEY = 'INIT-000001';
const TIME = '2026-01-02T03:04:05Z';
const TOLD = { run_status: 'OK', updated_at: TIME, updated_source: 'flow1.backlogsheet_write' };
const WISH = { title: 'A wish', requesting_team: 'CRM', requester_email: 'ann@example.com', country: 'Peru' };
const STORED = { ...WISH, initiative_key: KEY, product_org: 'emea', status: 'new', scores: {} };
const SHOWN = { initiative_key: KEY, title: 'A wish', requesting_team: 'CRM', country: 'Peru', status: 'new', ...TOLD };

function result(raw, summary = { total: 1, success: 1, skipped: 0, failed: 0 }) {
  return { status: 'success', result: { raw: { rows: [], ...raw }, summary } };
}

function judge(memory, action, before, after, stored, run, more = {}) {
  const request = { action, options: {}, scope: { type: 'all' }, ...more };
  return judgeRun(memory, { request, before, after, stored: new Map(stored.map((fields) => [fields.initiative_key, fields])), run })
    .violations;
}

const firstRun = (memory, { intake = { ...WISH, initiative_key: KEY }, backlog = SHOWN, stored = [STORED], raw = {} } = {}) =>
  judge(
    memory,
    'pm.backlog_sync',
    sheets({ north: [WISH] }),
    sheets({ north: [intake], backlog_emea: backlog ? [backlog] : [] }),
    stored,
    result({ appended: 1, updated_count: 1, kept_unsaved_edits: [], ...raw }),
  );

const checks = (violations) => violations.map(({ check, column }) => `${check} ${column}`);

test('a wish that gets a key and a backlog row is as it must be; doctored outcomes are reported', () => {
  assert.deepEqual(firstRun(new Memory()), []);
  assert.ok(checks(firstRun(new Memory(), { intake: WISH })).includes('key initiative_key'), 'no key in intake');
  assert.ok(
    checks(firstRun(new Memory(), { intake: { ...WISH, initiative_key: 'INIT-000777777' } })).includes('key initiative_key'),
    'a key out of the air',
  );
  assert.ok(firstRun(new Memory(), { backlog: null }).length > 0, 'not appended');
  assert.deepEqual(checks(firstRun(new Memory(), { backlog: { ...SHOWN, country: 'Japan' } })), ['cell Country']);
  assert.deepEqual(checks(firstRun(new Memory(), { intake: { ...WISH, initiative_key: KEY, country: 'Chile' } })), [
    'cell Country',
  ]);
  assert.deepEqual(checks(firstRun(new Memory(), { stored: [{ ...STORED, country: null }] })), ['database country']);
  assert.deepEqual(checks(firstRun(new Memory(), { raw: { appended: 2 } })), ['counts appended']);
  const unbalanced = judge(
    new Memory(),
    'flow0.intake_sync',
    sheets({}),
    sheets({}),
    [],
    result({ created: 0, skipped_no_title: 0, duplicates: 0 }, { total: 2, success: 1, skipped: 0, failed: 0 }),
  );
  assert.deepEqual(checks(unbalanced), ['counts summary']);
});

/** Memory after the first run, and sheets whose intake or backlog row has changed since. */
function later(intake, backlog) {
  const memory = new Memory();
  assert.deepEqual(firstRun(memory), []);
  return {
    memory,
    before: sheets({ north: [{ ...WISH, initiative_key: KEY, ...intake }], backlog_emea: [{ ...SHOWN, ...backlog }] }),
  };
}

const sync = ({ memory, before }, intake, backlog, stored, raw = {}) =>
  judge(
    memory,
    'pm.backlog_sync',
    before,
    sheets({ north: [{ ...WISH, initiative_key: KEY, ...intake }], backlog_emea: [{ ...SHOWN, ...backlog }] }),
    [{ ...STORED, ...stored }],
    result({ appended: 0, updated_count: 1, kept_unsaved_edits: [], ...raw }),
  );

test("a team's change reaches a cell that nobody touched, and no cell that a PM typed into", () => {
  const change = { country: 'Japan' };
  assert.deepEqual(sync(later(change), change, change, change), []);
  assert.deepEqual(checks(sync(later(change), change, {}, change)), ['cell Country']);
  assert.ok(checks(sync(later(change), change, {}, {})).includes('database country'));

  const typed = { country: 'Chile' };
  const listed = { kept_unsaved_edits: [{ initiative_key: KEY, column: 'Country' }] };
  assert.deepEqual(sync(later(change, typed), change, typed, change, listed), []);
  assert.deepEqual(
    checks(sync(later(change, typed), change, change, change, listed)),
    ['cell Country'],
    'the typed cell was overwritten',
  );
  assert.deepEqual(checks(sync(later(change, typed), change, typed, change)), ['kept Country'], 'the typed cell is not listed');
});

const selection = (tab) => ({ scope: { type: 'selection', initiative_keys: [KEY] }, tabId: tab });
const save = ({ memory, before }, backlog, stored, rows, counts) =>
  judge(
    memory,
    'pm.save_selected',
    before,
    sheets({ north: [{ ...WISH, initiative_key: KEY }], backlog_emea: [{ ...SHOWN, ...backlog }] }),
    [{ ...STORED, ...stored }],
    result({ rows, ...counts }),
    selection('backlog_emea'),
  );
const SAVED = { selected_count: 1, saved_count: 1, failed_count: 0, skipped_no_key: 0 };
const NOT_SAVED = { selected_count: 1, saved_count: 0, failed_count: 1, skipped_no_key: 0 };

test('a row is saved as a whole or not at all, and one outcome says which', () => {
  const typed = { country: 'Chile' };
  const good = [{ initiative_key: KEY, row: 2, status: 'ok', message: '' }];
  assert.deepEqual(save(later({}, typed), typed, typed, good, SAVED), []);
  assert.ok(
    checks(save(later({}, typed), typed, {}, good, SAVED)).includes('database country'),
    'OK for a value that the database does not hold',
  );
  assert.ok(checks(save(later({}, typed), typed, typed, [], SAVED)).includes('outcome rows'), 'no outcome');
  assert.ok(checks(save(later({}, typed), typed, typed, [...good, ...good], SAVED)).includes('outcome rows'), 'two outcomes');

  const wrong = { country: 'Chile', strategic_priority_coefficient: 'high' };
  const bad = [
    { initiative_key: KEY, row: 2, status: 'failed', message: "Strategic Priority Coefficient: 'high' is not a number" },
  ];
  const told = { ...wrong, run_status: `FAILED: ${bad[0].message}` };
  assert.deepEqual(save(later({}, wrong), told, {}, bad, NOT_SAVED), []);
  assert.ok(
    checks(save(later({}, wrong), told, { country: 'Chile' }, bad, NOT_SAVED)).includes('database country'),
    'a failed row was half stored',
  );
  assert.ok(
    checks(save(later({}, wrong), { ...wrong, run_status: 'OK' }, {}, good, SAVED)).includes('cell Last Run Status'),
    'a bad cell was passed over',
  );
});

test('a dry run that promises other cells, counts or rows is reported', () => {
  const ids = { backlog_emea: 'sheet' };
  const changed = [
    { tab: 'backlog_emea', row: 2, column: 'Country', key: KEY, before: cell('Peru'), after: cell('Japan'), isNew: false },
  ];
  const planned = {
    spreadsheet_id: 'sheet',
    tab: 'Backlog',
    row: 2,
    initiative_key: KEY,
    column: 'Country',
    before: 'Peru',
    after: 'Japan',
  };
  const compare = (plan, raw = {}) =>
    comparePlan(
      { action: 'pm.backlog_sync' },
      result({ cells_updated: 1, plan, ...raw }),
      { run: result({ cells_updated: 1 }), changed },
      ids,
    );
  assert.deepEqual(compare([planned]), []);
  assert.equal(compare([]).length, 1);
  assert.equal(compare([{ ...planned, after: 'Chile' }]).length, 1);
  assert.equal(compare([planned, { ...planned, column: 'Title' }]).length, 1);
  assert.deepEqual(checks(compare([planned], { cells_updated: 2 })), ['dry run cells_updated']);
});

test('a failing sequence is shortened to the steps that matter', async () => {
  const steps = Array.from({ length: 30 }, (_, n) => n);
  assert.deepEqual(await shrink(steps, async (kept) => kept.includes(3) && kept.includes(17)), [3, 17]);
});
