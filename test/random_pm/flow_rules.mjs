// The flows that programs ask for, and Add to scoring.

import { read, same } from './cells.mjs';
import { anything, blank, either, ok, text, time, unchanged, value } from './expectation.mjs';
import { ACTIVE_SCORES, KEY, STORED_SCORES, columnOf } from './fields.mjs';
import { compile } from './formula.mjs';
import { rowsByKey } from './identity.mjs';
import { Ambiguous } from './memory.mjs';
import { formulaTrouble } from './model_rules.mjs';
import { compute } from './scoring.mjs';
import { refuse, selectedKeys } from './selection_rules.mjs';

const FRAMEWORK = 'active_scoring_framework';

/** The rows of a job that goes over all rows of a tab, by key. */
export function allRows(job, tab) {
  return [...rowsByKey(job.memory, tab, job.next)].flatMap(([key, { owner }]) => (owner === undefined ? [] : [[key, owner]]));
}

/** Copies and unknown keys of a tab may be told so by any job that reads the tab. */
export function mayRefuseStrays(job, tab) {
  for (const { owner, copies = [], unknown = [] } of rowsByKey(job.memory, tab).values()) {
    for (const row of unknown) refuse(job, row, /unknown key/, unchanged);
    for (const row of copies) refuse(job, row, new RegExp(`duplicate key, see row ${owner.number}`), unchanged);
  }
}

export function storeComputed(job, key, fields) {
  const results = {};
  for (const framework of ['RICE', 'WSJF']) {
    const { score, missing, empty } = compute(framework, fields);
    const last = job.memory.scoresAt.get(key)?.[framework];
    results[framework] = {
      score,
      missing,
      inputs: { ...fields },
      neverScored: score.overall === null && (last === undefined || last.neverScored === true),
      mayBeNone: empty && (last === undefined || last.mayBeNone),
    };
  }
  // Which stored parameters still stand on the Params tab is not known without reading it: the math model's score is taken as it is.
  const shown = job.stored.get(key)?.scores?.MATH_MODEL ?? null;
  results.MATH_MODEL = {
    score: shown ?? { value: null, effort: null, overall: null },
    missing: [],
    neverScored: shown === null || shown.value === null,
    mayBeNone: shown === null || shown.value === null,
  };
  job.computed.set(key, results);
}

export function judgeAdd(job) {
  const { memory, next } = job;
  const { keys, withoutKey } = selectedKeys(job.request);
  const listed = new Set(
    job.before
      .tab('scoring')
      .rows()
      .map((row) => row.key),
  );
  const onBacklog = new Set(
    job.before
      .tab(job.request.tabId)
      .rows()
      .map((row) => row.key),
  );
  const added = [];
  let there = 0;
  for (const key of keys) {
    if (!memory.initiatives.has(key)) job.outcome(key, 'failed', { message: /unknown key|not on/ });
    else if (!onBacklog.has(key)) throw new Ambiguous('Add to scoring of a key that the backlog does not show');
    else {
      job.outcome(key, 'ok');
      if (listed.has(key)) there += 1;
      else added.push(key);
    }
  }
  const tab = job.before.tab('scoring');
  const scoring = (key, field) => value('scoring', field, next.get(key)[field] ?? null);
  const scores = (key) =>
    STORED_SCORES.map(({ framework, part, field }) => [
      field,
      either(blank, value('scoring', field, memory.scoresAt.get(key)?.[framework]?.score[part] ?? null)),
    ]);
  job.sheets.append(
    'scoring',
    added.map(
      (key) =>
        new Map([
          [KEY, text(key)],
          ['title', text(next.get(key).title ?? '')],
          ...tab
            .fields('pm')
            .map((field) => [
              field,
              columnOf('backlog', field) || columnOf('intake', field) ? scoring(key, field) : either(blank, scoring(key, field)),
            ]),
          ...ACTIVE_SCORES.map((field) => [field, either(blank, scoring(key, field))]),
          ...scores(key),
          ['math_warnings', anything],
          ['run_status', either(blank, ok([], ['stale', 'older', 'chosen', 'gone']))],
          ['updated_at', either(blank, time)],
          ['updated_source', anything],
        ]),
    ),
    'Add to scoring: selected initiatives that Scoring_Inputs does not list get a row there, key as text, title and shared fields filled in',
  );
  added.forEach((key, n) => {
    const row = job.after.tab('scoring').row(job.sheets.appendedAt('scoring', n));
    for (const field of tab.fields('pm')) {
      const reading = read(columnOf('scoring', field).type, row.cell(field));
      memory.setBase(
        'scoring',
        key,
        field,
        reading.value ?? null,
        same(field, reading.value ?? null, next.get(key)[field] ?? null) ? (next.get(key)[field] ?? null) : (reading.value ?? null),
      );
    }
    memory.look('scoring', key, row, tab.fields('pm'));
    memory.titlesWritten.set(key, next.get(key).title ?? '');
  });
  Object.assign(job.counts, { selected_count: keys.length, added: added.length, already_there: there, skipped_no_key: withoutKey });
}

export function judgeActivate(job) {
  const { memory, request } = job;
  const { framework: given, only_missing: onlyMissing = true } = request.options;
  for (const [key, fields] of memory.initiatives) {
    const framework = given ?? fields[FRAMEWORK];
    const last = framework ? memory.scoresAt.get(key)?.[framework] : undefined;
    const has = last !== undefined && last.score.value !== null;
    const isActive = fields[FRAMEWORK] !== null && fields[FRAMEWORK] !== undefined;
    const isShown = ACTIVE_SCORES.some((field) => (fields[field] ?? null) !== null);
    if (!has || (onlyMissing && isActive && isShown)) continue;
    const open = onlyMissing && isActive;
    const values = [last.score.value, last.score.effort, last.score.overall];
    job.store(
      key,
      FRAMEWORK,
      open ? [framework, fields[FRAMEWORK]] : [framework],
      'flow2.activate copies the scores of the chosen framework',
    );
    ACTIVE_SCORES.forEach((field, index) =>
      job.store(
        key,
        field,
        open ? [values[index], fields[field] ?? null] : [values[index]],
        'flow2.activate copies the scores of the chosen framework',
      ),
    );
  }
}

export function judgeWriteScores(job) {
  const tab = job.before.tab('scoring');
  mayRefuseStrays(job, tab);
  for (const [key, row] of allRows(job, tab)) {
    for (const field of tab.fields('pm')) {
      if (row.cell(field).f === undefined)
        job.sheets.want(
          row,
          field,
          either(unchanged, value('scoring', field, job.next.get(key)[field] ?? null)),
          'pm cells under the merge rule',
        );
    }
    throwIfPmCellsMoved(job, row);
    for (const { framework, part, field } of STORED_SCORES)
      job.sheets.want(
        row,
        field,
        value('scoring', field, job.memory.scoresAt.get(key)?.[framework]?.score[part] ?? null),
        'flow3.write_scores writes the stored scores',
      );
    for (const field of [...ACTIVE_SCORES, 'math_warnings', 'run_status', 'updated_at', 'updated_source', 'title'])
      job.sheets.want(row, field, anything, 'flow3.write_scores');
  }
}

function throwIfPmCellsMoved(job, row) {
  const now = job.after.tab(row.tab.id).row(row.index);
  if (row.tab.fields('pm').some((field) => !unchanged.test(now.cell(field), row.cell(field))))
    throw new Ambiguous('flow3.write_scores refreshed pm cells');
}

export function judgeSeed(job) {
  const { keys } = selectedKeys(job.request);
  const tab = job.before.tab('models');
  const params = job.before.tab('params');
  const rows = [];
  const groups = rowsByKey(job.memory, tab);
  mayRefuseStrays(job, tab);
  for (const key of keys) {
    const row = groups.get(key)?.owner;
    if (row === undefined) continue;
    for (const field of ['run_status', 'updated_at', 'updated_source'])
      job.sheets.want(row, field, anything, 'every selected row says how it went');
    const approved = read('bool', row.cell('approved_by_user'));
    const formula = read('text', row.cell('formula_text'));
    // Of the row it reads formula and approval: what is bad elsewhere in it does not keep parameters back.
    if (!approved.ok || approved.value !== true) continue;
    if (!formula.ok || !formula.value || formulaTrouble(row, formula.value)) continue;
    const { inputs } = compile(formula.value);
    const own = params.rows().filter((candidate) => candidate.key === key);
    if (
      own.some((candidate) => !read('text', candidate.cell('param_name')).ok || !read('framework', candidate.cell('framework')).ok)
    )
      throw new Ambiguous('an unreadable parameter row');
    const names = new Set(
      own
        .filter((candidate) => ['MATH_MODEL', null].includes(read('framework', candidate.cell('framework')).value))
        .map((candidate) => read('text', candidate.cell('param_name')).value),
    );
    for (const name of inputs.filter((input) => !names.has(input))) {
      rows.push(
        new Map([
          [KEY, text(key)],
          ['framework', text('MATH_MODEL')],
          ['param_name', text(name)],
          ['param_display', text(name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' '))],
          ['approved', value('params', 'approved', false)],
          ['is_auto_seeded', text(true)],
          ['run_status', anything],
          ['updated_at', either(blank, time)],
          ['updated_source', text('flow4.seed_params')],
        ]),
      );
    }
  }
  job.sheets.append('params', rows, 'Seed parameters appends one row for each input that has none');
  job.counts.seeded = rows.length;
}
