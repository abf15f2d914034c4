// MathModels and Params: saving their rows, and what a score reads from them.

import { read } from './cells.mjs';
import { compile } from './formula.mjs';
import { columnOf } from './fields.mjs';
import { rowsByKey } from './identity.mjs';
import { Ambiguous } from './memory.mjs';
import { computeModel } from './scoring.mjs';
import { fail, naming, refuse, selectedRows, succeed } from './selection_rules.mjs';

const NAME = /^[A-Za-z_]\w{0,63}$/;

/** The row's fields, or {trouble: pattern}. A field whose column is not there is undefined. */
function readRow(row, fields) {
  const bad = fields.filter((field) => row.tab.has(field) && !read(columnOf(row.tab.kind, field).type, row.cell(field)).ok);
  if (bad.length > 0) return { trouble: naming(row, bad) };
  return {
    fields: Object.fromEntries(
      fields
        .filter((field) => row.tab.has(field))
        .map((field) => [field, read(columnOf(row.tab.kind, field).type, row.cell(field)).value]),
    ),
  };
}

/** {model} of a row on MathModels as it would be saved over `stored`, or {trouble}. */
export function readModel(row, stored) {
  const { trouble, fields } = readRow(row, row.tab.fields('pm'));
  if (trouble) return { trouble };
  const model = { ...stored };
  if ('formula_text' in fields) model.formula = fields.formula_text;
  if ('approved_by_user' in fields) model.approved = fields.approved_by_user === true;
  if (model.approved && !model.formula) return { trouble: /copy the suggestion into formula_text/ };
  const refused = model.formula ? formulaTrouble(row, model.formula) : undefined;
  return refused ? { trouble: refused } : { model };
}

/** Why this formula of the row is refused, as a pattern; undefined where it is not. */
export function formulaTrouble(row, formula) {
  try {
    compile(formula);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return naming(row, ['formula_text'], ['formula']);
  }
}

/** {id, parameter} of a row on Params, or {trouble}. */
function readParameter(row, stored = new Map()) {
  const { trouble, fields } = readRow(row, row.tab.fields('pm'));
  if (trouble) return { trouble };
  const name = fields.param_name ?? '';
  if (!NAME.test(name)) return { trouble: naming(row, ['param_name']) };
  const id = `${fields.framework ?? 'MATH_MODEL'} ${name}`;
  const parameter = { ...stored.get(id) };
  for (const field of ['value', 'min', 'max', 'approved']) if (field in fields) parameter[field] = fields[field];
  const { value, min, max } = parameter;
  const has = (number) => typeof number === 'number';
  if (has(min) && has(max) && min > max) return { trouble: /min .* is above max/ };
  if (has(value) && has(max) && value > max) return { trouble: /above max/ };
  if (has(value) && has(min) && value < min) return { trouble: /below min/ };
  return { id, parameter };
}

/** Rows of Params of one key: id -> first row, and the rows that repeat an id. */
export function parametersOf(tab, key, stored) {
  const rows = tab
    .rows()
    .filter((row) => row.key === key)
    .map((row) => ({ row, ...readParameter(row, stored) }));
  const ids = rows.map(({ id }) => id);
  if (ids.some((id, index) => id !== undefined && ids.indexOf(id) !== index))
    throw new Ambiguous('a parameter twice on Params, which keeps no last-seen values');
  return rows;
}

/** pm.save_selected on MathModels. */
export function judgeSaveModels(job, tab, keys) {
  for (const [key, row] of selectedRows(job, tab, keys)) {
    const { trouble, model } = readModel(row, job.memory.models.get(key));
    if (trouble) {
      fail(job, key, row, trouble, 'a formula is refused at save time; an approved row needs a formula');
      continue;
    }
    job.memory.models.set(key, model);
    succeed(job, key, row, [], ['stale']);
  }
}

/** pm.save_selected on Params: row by row; an initiative is failed if any of its selected rows failed. */
export function judgeSaveParams(job, tab, keys) {
  const asked = job.request.scope.rows ?? [];
  for (const key of keys) {
    const all = tab.rows().filter((row) => row.key === key);
    const named = asked.filter((entry) => entry.initiative_key === key).map(({ row }) => row);
    const rows = all.filter((row) => named.length === 0 || named.includes(row.number));
    if (rows.length === 0) {
      job.outcome(key, 'failed', { message: /not on (this|tab)|unknown key/ });
      continue;
    }
    if (!job.memory.initiatives.has(key)) {
      for (const row of rows) refuse(job, row, /unknown key/);
      job.outcome(key, 'failed', { message: /unknown key/, row: rows[0].number });
      continue;
    }
    saveParameters(job, tab, key, rows);
  }
}

function saveParameters(job, tab, key, rows) {
  const stored = new Map(job.memory.params.get(key));
  const read = parametersOf(tab, key, stored).filter(({ row }) => rows.some(({ index }) => index === row.index));
  for (const { row, trouble, id, parameter } of read) {
    if (trouble) {
      refuse(job, row, trouble);
    } else {
      stored.set(id, parameter);
      succeed(job, key, row, [], ['stale']);
    }
  }
  job.memory.params.set(key, stored);
  const failures = read.filter(({ trouble }) => trouble);
  if (failures.length > 0)
    job.outcome(key, 'failed', { message: failures.length === 1 ? failures[0].trouble : undefined, row: rows[0].number });
  else job.outcome(key, 'ok', { row: rows[0].number });
}

/** What a score of this initiative uses of MathModels and Params: {result, model, params}; nothing is stored yet. */
export function prepareModel(job, key) {
  const { memory, before, next } = job;
  const group = rowsByKey(memory, before.tab('models')).get(key);
  let model = memory.models.get(key);
  let unusable = false;
  if (group?.owner) {
    const reading = readModel(group.owner, model);
    if (reading.trouble) unusable = true;
    else model = reading.model;
  }
  const params = new Map();
  const onTab = parametersOf(before.tab('params'), key, memory.params.get(key));
  for (const { trouble, id, parameter } of onTab) {
    if (trouble) unusable = true;
    else params.set(id, parameter);
  }
  const parameters = new Map(
    [...params]
      .filter(([id]) => id.startsWith('MATH_MODEL '))
      .map(([id, parameter]) => [id.slice('MATH_MODEL '.length), { ...parameter, approved: parameter.approved === true }]),
  );
  const fields = next.get(key);
  const result = computeModel({
    isUsed: fields.use_math_model === true,
    model,
    parameters,
    engineeringDays: fields.effort_engineering_days,
    unusable,
  });
  return { result, model, params };
}

/** Stores model and parameters that a score has read: only for a row that did not fail. */
export function storeModelParts(job, key, { model, params }) {
  const { memory } = job;
  if (model !== undefined) memory.models.set(key, model);
  memory.params.set(key, new Map([...(memory.params.get(key) ?? []), ...params]));
}
