// Scores by scoring.md, computed from the cells that people typed; undefined where an input is missing.

import { shownOf } from './workbooks.mjs';

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

function triple(value, effort) {
  return { value, effort, overall: value / effort };
}

/** The triples of a row of Scoring_Inputs; a framework with a missing input has none. */
export function scoresOfRow(cells) {
  const inputs = (framework, names) => names.map((name) => shownOf(cells[`${framework}: ${name}`]));
  const rice = inputs('RICE', ['Reach', 'Impact', 'Confidence', 'Effort']);
  const wsjf = inputs('WSJF', ['Business Value', 'Time Criticality', 'Risk Reduction', 'Job Size']);
  return {
    RICE: rice.every(isNumber) ? triple(rice[0] * Math.min(3, Math.max(0, rice[1])) * rice[2], rice[3]) : undefined,
    WSJF: wsjf.every(isNumber) ? triple(wsjf[0] + wsjf[1] + wsjf[2], wsjf[3]) : undefined,
  };
}

/** The triple of the storm's one kind of formula, `value = alpha * 3 + N`, `effort = beta`; undefined for any other text. */
export function scoreOfFormula(formula, parameters) {
  const match = /^value = alpha \* 3 \+ (\d+)\neffort = beta$/.exec(formula ?? '');
  const { alpha, beta } = parameters;
  return match && isNumber(alpha) && isNumber(beta) ? triple(alpha * 3 + Number(match[1]), beta) : undefined;
}

const RELATIVE_ERROR = 1e-12;

export function sameNumber(one, other) {
  if (!isNumber(one) || !isNumber(other)) return (one ?? '') === (other ?? '');
  return Math.abs(one - other) <= RELATIVE_ERROR * Math.max(1, Math.abs(one), Math.abs(other));
}
