// RICE, WSJF and math models as scoring.md computes them.

import { compile } from './formula.mjs';
import { RICE_INPUTS, WSJF_INPUTS, columnOf } from './fields.mjs';

const NAMES = Object.fromEntries(
  [...RICE_INPUTS, ...WSJF_INPUTS].map((field) => [field, columnOf('scoring', field).header.replace(/^.*: /, '')]),
);
const NOT_NEGATIVE = ['rice_reach', 'rice_confidence', 'wsjf_business_value', 'wsjf_time_criticality', 'wsjf_risk_reduction'];
const ABOVE_ZERO = ['rice_effort', 'wsjf_job_size'];
const LARGEST_IMPACT = 3;

export const fraction = (confidence) => (confidence >= 2 ? confidence / 100 : confidence);

/** Words that the row's failure holds, by reason; none where the inputs may be saved. `fields` is what the tab has. */
export function refusals(inputs) {
  const refused = [];
  for (const [field, value] of Object.entries(inputs)) {
    if (value === null || value === undefined) continue;
    const name = NAMES[field];
    if (ABOVE_ZERO.includes(field) && value <= 0) refused.push(`${name} must be above 0`);
    if (NOT_NEGATIVE.includes(field) && value < 0) refused.push(name);
    else if (field === 'rice_confidence' && ((value > 1 && value < 2) || value > 100))
      refused.push(`Confidence: ${value} is neither a fraction nor a percentage`);
  }
  return refused;
}

const scored = (value, effort, overall) => ({ value, effort, overall });
const NONE = scored(null, null, null);

/** {score, missing: names, empty: whether all inputs are blank}; score has nulls where there is none. */
export function compute(framework, fields) {
  const inputs = framework === 'RICE' ? RICE_INPUTS : WSJF_INPUTS;
  const values = inputs.map((field) => fields[field] ?? null);
  const missing = inputs.filter((_, index) => values[index] === null).map((field) => NAMES[field]);
  if (missing.length > 0) return { score: NONE, missing, empty: missing.length === inputs.length };
  const [a, b, c, effort] = values;
  const value = framework === 'RICE' ? a * Math.min(LARGEST_IMPACT, Math.max(0, b)) * fraction(c) : a + b + c;
  return { score: scored(value, effort, value / effort), missing: [], empty: false };
}

/**
 * A math model's {score, warning}; `warning` is a pattern that *Math: Warnings* matches. `unusable` says that the model's or a
 * parameter's row is bad: "only leaves the math model unscored, with that reason".
 */
export function computeModel({ isUsed, model, parameters, engineeringDays, unusable }) {
  if (!isUsed) return { score: NONE, warning: model === undefined ? /^$/ : model.formula ? /disabled/ : /^$|disabled/ };
  if (unusable) return { score: NONE, warning: /\S/ };
  if (!model?.formula) return { score: NONE, warning: /missing formula/ };
  if (!model.approved) return { score: NONE, warning: /not approved/ };
  let compiled;
  try {
    compiled = compile(model.formula);
  } catch {
    return { score: NONE, warning: /invalid|formula_text/ };
  }
  const values = new Map();
  const without = [];
  const unapproved = [];
  for (const name of compiled.inputs) {
    const parameter = parameters.get(name);
    if (parameter?.value === undefined || parameter.value === null) without.push(name);
    else if (!parameter.approved) unapproved.push(name);
    else values.set(name, parameter.value);
  }
  if (without.length + unapproved.length > 0) {
    const parts = [
      ...(without.length ? [`missing value: ${without.join(', ')}`] : []),
      ...(unapproved.length ? [`not approved: ${unapproved.join(', ')}`] : []),
    ];
    return { score: NONE, warning: new RegExp(parts.map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('; ')) };
  }
  try {
    const assigned = compiled.evaluate(values);
    const value = assigned.get('value');
    const effort = assigned.get('effort') ?? engineeringDays ?? null;
    const overall = assigned.get('overall') ?? (effort !== null && effort > 0 ? value / effort : null);
    if (![value, effort, overall].every((number) => number === null || Number.isFinite(number)))
      return { score: NONE, warning: /\S/ };
    return { score: scored(value, effort, overall), warning: overall === null ? /./ : /^$|suggested by LLM/ };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { score: NONE, warning: new RegExp(`error: line ${error.line}: ${error.message}`) };
  }
}

export const sameScore = (a, b) => ['value', 'effort', 'overall'].every((part) => close(a[part] ?? null, b[part] ?? null));
export const close = (a, b) =>
  a === b || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)));
