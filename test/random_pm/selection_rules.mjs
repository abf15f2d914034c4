// Jobs on a selection of initiatives' rows on the Backlog or Scoring_Inputs: save, switch, score.

import { read, same, shown } from './cells.mjs';
import { ACTIVE_SCORES, FRAMEWORKS, KEY, RICE_INPUTS, STORED_SCORES, WSJF_INPUTS, columnOf } from './fields.mjs';
import { anything, blank, either, failed, ok, text, time, unchanged, value } from './expectation.mjs';
import { inputsBelongTo, rowsByKey } from './identity.mjs';
import { Ambiguous } from './memory.mjs';
import { mergeCell, saveCell, unreadable } from './merge_rules.mjs';
import { prepareModel, storeModelParts } from './model_rules.mjs';
import { compute, refusals, sameScore } from './scoring.mjs';

const FRAMEWORK = 'active_scoring_framework';
const STATUS = 'every selected row says how it went';

/** Keys of a selection: blanks are dropped and counted, duplicates dropped. */
export function selectedKeys(request) {
  const given = request.scope.initiative_keys.map((key) => key.trim());
  return { keys: [...new Set(given.filter((key) => key !== ''))], withoutKey: given.filter((key) => key === '').length };
}

/**
 * The row of each selected key on this tab. Keys without a row that may be worked on get their outcome here.
 * Yields [key, row] for the others.
 */
export function* selectedRows(job, tab, keys) {
  const groups = rowsByKey(job.memory, tab);
  const asked = job.request.scope.rows ?? [];
  for (const key of keys) {
    const group = groups.get(key);
    const named = asked.filter((entry) => entry.initiative_key === key).map((entry) => entry.row);
    if (group === undefined) {
      job.outcome(key, 'failed', {
        message: /not on (this|tab)|unknown key/,
        rule: 'a selected key that is not on the tab: not on this tab',
      });
    } else if (group.unknown) {
      for (const row of group.unknown)
        refuse(job, row, /unknown key/, named.length === 0 || named.includes(row.number) ? undefined : unchanged);
      job.outcome(key, 'failed', { message: /unknown key/ });
    } else {
      const duplicate = new RegExp(`duplicate key, see row ${group.owner.number}`);
      for (const copy of group.copies) refuse(job, copy, duplicate, named.includes(copy.number) ? undefined : unchanged);
      if (named.length > 0 && !named.includes(group.owner.number))
        job.outcome(key, 'failed', { message: duplicate, rule: 'a selection that names only the copy fails that key' });
      else yield [key, group.owner];
    }
  }
}

export function refuse(job, row, reason, orElse) {
  const status = failed(reason);
  job.sheets.want(row, 'run_status', orElse ? either(status, orElse) : status, STATUS);
  for (const field of ['updated_at', 'updated_source']) job.sheets.want(row, field, anything, STATUS);
}

/** The row failed: its Status says why, and nothing else of it changes. */
export function fail(job, key, row, reason, rule) {
  refuse(job, row, reason);
  job.outcome(key, 'failed', { message: reason, row: row.number, rule });
}

export function succeed(job, key, row, required, allowed, { changes = true } = {}) {
  const status = ok(required, allowed);
  job.sheets.want(row, 'run_status', status, STATUS);
  job.sheets.want(row, 'updated_at', either(unchanged, time), STATUS);
  job.sheets.want(
    row,
    'updated_source',
    changes ? either(unchanged, { say: 'a source', test: (cell) => /^(pm|flow\d)\./.test(String(cell.v)) }) : anything,
    STATUS,
  );
  job.outcome(key, 'ok', { row: row.number });
}

/** Pattern for a failure that names one of these columns as the tab's header names it, or holds one of the sentences. */
export function naming(row, fields, sentences = []) {
  const escape = (part) => part.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
  const names = fields.flatMap((field) => [row.tab.headers[row.tab.columns.get(field)], columnOf(row.tab.kind, field).header]);
  return new RegExp([...names, ...sentences].map(escape).join('|'));
}

/** Why the row may not be saved, as a pattern; undefined where it may. */
export function trouble(job, row, key) {
  const fields = row.tab.fields('pm');
  const bad = unreadable(row, fields);
  const inputs = Object.fromEntries(
    [...RICE_INPUTS, ...WSJF_INPUTS]
      .filter((field) => row.tab.has(field))
      .map((field) => [field, read('number', row.cell(field)).value]),
  );
  const refused = row.tab.kind === 'scoring' ? refusals(inputs) : [];
  const belongs = foreign(job, row, key);
  if (belongs) return belongs;
  if (bad.length + refused.length > 0) return naming(row, bad, refused);
  return undefined;
}

/** "FAILED: these inputs belong to INIT-000007", or that they stand elsewhere; undefined where the row's inputs are its own. */
function foreign(job, row, key) {
  const verdict = inputsBelongTo(job.memory, row, key);
  if (verdict === 'own') return undefined;
  const said = job.said(key);
  const refused = /these inputs belong to INIT-|the inputs of INIT-\d+ stand in row \d+/;
  const isRefused = said?.status === 'failed' && refused.test(said.message);
  if (verdict !== 'either' && row.tab.kind === 'scoring') return new RegExp(`these inputs belong to ${verdict}`);
  return isRefused ? refused : undefined;
}

/** Framework cell and active scores of a row that is saved or scored: as they were, or the stored ones, all together. */
function keepUnit(job, row, key) {
  const { memory, next, sheets } = job;
  const { tab } = row;
  const fields = next.get(key);
  const base = memory.base(tab.id, key, FRAMEWORK);
  const shows = tab.has(FRAMEWORK) ? shown('framework', row.cell(FRAMEWORK)) : fields[FRAMEWORK];
  const unit = [FRAMEWORK, ...ACTIVE_SCORES].filter((field) => tab.has(field));
  const isTyped =
    tab.has(FRAMEWORK) &&
    !same(FRAMEWORK, shows, fields[FRAMEWORK] ?? null) &&
    (base === undefined ? shows !== null : !same(FRAMEWORK, shows, base.sheet));
  const now = job.rowAfter(row);
  const stored = (field) => value(tab.kind, field, fields[field] ?? null);
  if (!isTyped) {
    const changed = unit.some((field) => !unchanged.test(now.cell(field), row.cell(field)));
    if (changed)
      for (const field of unit)
        sheets.want(
          row,
          field,
          row.cell(field).f === undefined ? stored(field) : unchanged,
          'active framework and its three scores are one unit, written together or not at all',
        );
    if (changed && tab.has(FRAMEWORK)) memory.setBase(tab.id, key, FRAMEWORK, fields[FRAMEWORK] ?? null, fields[FRAMEWORK] ?? null);
  }
  if (same(FRAMEWORK, shows, fields[FRAMEWORK] ?? null)) memory.setBase(tab.id, key, FRAMEWORK, shows, shows);
  const shownNow = tab.has(FRAMEWORK) ? shown('framework', now.cell(FRAMEWORK)) : null;
  const isPending = FRAMEWORKS.includes(shownNow) && !same(FRAMEWORK, shownNow, fields[FRAMEWORK] ?? null);
  return isPending ? [`${shownNow} is chosen but not active: Switch framework`] : [];
}

/** Saves the row's pm cells, but for the choice of a framework. */
export function saveCells(job, row, key) {
  for (const field of row.tab.fields('pm')) if (field !== FRAMEWORK) saveCell(job, row, key, field);
  job.memory.look(row.tab.id, key, job.rowAfter(row), row.tab.fields('pm'));
}

/** Title on Scoring_Inputs: "written where the cell is blank or still shows what was written before". */
function refreshTitle(job, row, key, mayWait) {
  const { memory, next } = job;
  if (!row.tab.has('title') || row.tab.kind !== 'scoring') return;
  const cell = row.cell('title');
  const title = next.get(key).title ?? '';
  const written = memory.titlesWritten.get(key);
  if (cell.f !== undefined || cell.e !== undefined) return;
  const ours = cell.v === '' || (written !== undefined && cell.v === written);
  if (!ours) return;
  if (cell.v !== title)
    job.sheets.want(
      row,
      'title',
      mayWait ? either(unchanged, text(title)) : text(title),
      'Title on Scoring_Inputs is written where blank or still as written before',
    );
  const now = job.rowAfter(row).cell('title');
  if (now.v === title) memory.titlesWritten.set(key, title);
}

/** Score columns that a save or switch may bring up to date. */
function mayRefreshScores(job, row, key) {
  if (row.tab.kind !== 'scoring') return;
  for (const { framework, part, field } of STORED_SCORES) {
    const score = job.computed.get(key)?.[framework]?.score ?? job.memory.scoresAt.get(key)?.[framework]?.score ?? {};
    job.sheets.want(
      row,
      field,
      either(unchanged, value('scoring', field, score[part] ?? null)),
      'score columns show the stored score',
    );
  }
  job.sheets.want(row, 'math_warnings', anything, 'score columns show the stored score');
}

const INPUTS = { RICE: RICE_INPUTS, WSJF: WSJF_INPUTS };

/** Whether the inputs differ from those that the last computation of this framework used. */
function isStale(job, key, framework) {
  const last = job.memory.scoresAt.get(key)?.[framework];
  return (
    last?.inputs !== undefined &&
    INPUTS[framework].some((field) => !same(field, last.inputs[field] ?? null, job.next.get(key)[field] ?? null))
  );
}

function staleSentences(job, key) {
  const has = (framework) => (job.memory.scoresAt.get(key)?.[framework]?.score.overall ?? null) !== null;
  return ['RICE', 'WSJF'].some((framework) => has(framework) && isStale(job, key, framework)) ? ['score is stale, run Score'] : [];
}

/** pm.save_selected on the Backlog or Scoring_Inputs. */
export function judgeSave(job, tab, keys) {
  for (const [key, row] of selectedRows(job, tab, keys)) {
    const reason = trouble(job, row, key);
    if (reason) {
      fail(job, key, row, reason, 'a row with a bad cell is not saved at all and says which cell and why');
      continue;
    }
    saveCells(job, row, key);
    const sentences = keepUnit(job, row, key);
    refreshTitle(job, row, key, true);
    mayRefreshScores(job, row, key);
    succeed(
      job,
      key,
      row,
      [...sentences, ...staleSentences(job, key)],
      ['stale', 'older', 'gone', 'chosen', 'unscored', 'kept', 'moved'],
    );
    if (tab.kind === 'scoring' && job.next.get(key).use_math_model === true) (job.modelled ??= []).push(key);
  }
  appendModels(job);
}

/** "An initiative that is marked Use Math Model and has no row in MathModels gets one (key and title)." */
export function appendModels(job) {
  const tab = job.before.tab('models');
  const listed = new Set(tab.rows().map((row) => row.key));
  const missing = (job.modelled ?? []).filter((key) => !listed.has(key));
  const row = (key) =>
    new Map([
      [KEY, text(key)],
      ['model_name', either(blank, text(job.next.get(key).title))],
      ['approved_by_user', value('models', 'approved_by_user', null)],
      ['run_status', anything],
      ['updated_at', either(blank, time)],
      ['updated_source', anything],
    ]);
  if (tab.rows().length > 0 && listed.size === 1 && listed.has('') && missing.length > 0)
    throw new Ambiguous('rows without keys only');
  job.sheets.append(
    'models',
    missing.map(row),
    'an initiative marked Use Math Model without a row in MathModels gets one when it is saved or scored',
  );
}

/** pm.switch_framework. */
export function judgeSwitch(job, tab, keys) {
  const rule = 'Switch saves the choice and copies the computed scores of that framework, or says why not and stores nothing';
  for (const [key, row] of selectedRows(job, tab, keys)) {
    const { memory } = job;
    const choice = read('framework', row.cell(FRAMEWORK));
    const base = memory.base(tab.id, key, FRAMEWORK);
    const belongs = foreign(job, row, key);
    if (belongs) {
      fail(job, key, row, belongs, 'FAILED: these inputs belong to another initiative');
    } else if (!choice.ok) {
      fail(job, key, row, naming(row, [FRAMEWORK]), rule);
    } else if (choice.value === null) {
      const wasCleared = base !== undefined && base.sheet !== null;
      if (wasCleared) activate(job, row, key, null, { value: null, effort: null, overall: null }, ['no framework is active'], []);
      else fail(job, key, row, /choose RICE, WSJF or MATH_MODEL/, rule);
    } else {
      switchTo(job, row, key, choice.value, rule);
    }
  }
}

function switchTo(job, row, key, framework, rule) {
  const last = job.memory.scoresAt.get(key)?.[framework];
  const said = job.said(key);
  // A framework that was computed and never gave a score can be read both ways.
  if (last === undefined || ((last.mayBeNone || last.neverScored) && said?.status === 'failed')) {
    fail(job, key, row, new RegExp(`no ${framework} score yet, run Score first`), rule);
  } else if (last.score.value === null && last.score.overall === null) {
    const reason = last.missing?.length ? `no ${framework} score: ${last.missing.join(', ')} missing` : `no ${framework} score`;
    activate(
      job,
      row,
      key,
      framework,
      last.score,
      [last.missing?.length > 1 ? `no ${framework} score: ` : reason],
      ['stale', 'noScore'],
    );
  } else {
    const stale = framework !== 'MATH_MODEL' && isStale(job, key, framework);
    activate(job, row, key, framework, last.score, stale ? ['score is stale, run Score'] : [], ['stale']);
  }
}

/** Framework and active scores become these, in the database and on this tab. */
function activate(job, row, key, framework, score, sentences, allowed) {
  const { memory } = job;
  const rule = 'Switch copies the computed scores of the chosen framework into the active fields';
  job.store(key, FRAMEWORK, [framework], rule);
  for (const [index, part] of ['value', 'effort', 'overall'].entries()) {
    const field = ACTIVE_SCORES[index];
    job.store(key, field, [score[part] ?? null], rule);
    job.sheets.want(row, field, value(row.tab.kind, field, score[part] ?? null), rule);
  }
  memory.setBase(row.tab.id, key, FRAMEWORK, framework, framework);
  // "Saves that choice, and nothing else of the row": other cells are refreshed where nobody touched them.
  const mayWait = true;
  for (const field of row.tab.fields('pm')) if (field !== FRAMEWORK) mergeCell(job, row, key, field, { mayWait });
  refreshTitle(job, row, key, true);
  mayRefreshScores(job, row, key);
  succeed(job, key, row, sentences, [...allowed, 'moved', 'kept']);
}

/** pm.score_selected on Scoring_Inputs. */
export function judgeScore(job, tab, keys) {
  for (const [key, row] of selectedRows(job, tab, keys)) {
    const reason = trouble(job, row, key);
    if (reason) fail(job, key, row, reason, 'a failed row has stored nothing and keeps its old scores');
    else scoreRow(job, row, key);
  }
  appendModels(job);
}

/** Judges the score of a row of Scoring_Inputs; `statusRow` is the row of the tab that the PM stands on. */
export function scoreRow(job, row, key, statusRow = row) {
  const { memory, next } = job;
  saveCells(job, row, key);
  const fields = next.get(key);
  if (fields.use_math_model === true) (job.modelled ??= []).push(key);
  const model = prepareModel(job, key);
  storeModelParts(job, key, model);
  const sentences = [];
  const results = {};
  for (const framework of ['RICE', 'WSJF']) {
    const { score, missing, empty } = compute(framework, fields);
    const last = memory.scoresAt.get(key)?.[framework];
    const neverScored = score.overall === null && (last === undefined || last.neverScored === true);
    results[framework] = {
      score,
      missing,
      neverScored,
      inputs: Object.fromEntries(INPUTS[framework].map((field) => [field, fields[field] ?? null])),
      mayBeNone: empty && (last === undefined || last.mayBeNone),
    };
    if (missing.length > 0 && !empty) sentences.push(new RegExp(`${framework} not scored: .*${missing[0]}.* missing`));
  }
  const neverScored = model.result.score.value === null && (memory.scoresAt.get(key)?.MATH_MODEL?.neverScored ?? true);
  results.MATH_MODEL = { score: model.result.score, missing: [], neverScored, mayBeNone: neverScored };
  job.computed.set(key, results);
  for (const { framework, part, field } of STORED_SCORES)
    job.sheets.want(
      row,
      field,
      value('scoring', field, results[framework].score[part] ?? null),
      'scoring.md: scores of the row; a score that does not exist any more is cleared',
    );
  const warning = model.result.warning;
  job.sheets.want(
    row,
    'math_warnings',
    { say: `like ${warning}`, test: (cell) => cell.f === undefined && warning.test(String(cell.v)) },
    'scoring.md, Math models: one warning',
  );
  const allowed = ['unscored'];
  const active = fields[FRAMEWORK];
  const choice = keepUnit(job, row, key);
  sentences.push(...choice);
  if (active && choice.length === 0) {
    const now = results[active].score;
    const shownActive = {
      value: fields.value_score ?? null,
      effort: fields.effort_score ?? null,
      overall: fields.overall_score ?? null,
    };
    if (!sameScore(now, shownActive))
      sentences.push(
        now.overall === null && now.value === null
          ? `${active} has no score now: Switch framework clears the active one`
          : `active ${active} score is older: Switch framework`,
      );
  }
  if (active && choice.length > 0) allowed.push('older', 'gone');
  refreshTitle(job, row, key, false);
  if (statusRow !== row)
    for (const field of ['run_status', 'updated_at', 'updated_source']) job.sheets.want(row, field, anything, STATUS);
  succeed(job, key, statusRow, sentences, allowed);
}
