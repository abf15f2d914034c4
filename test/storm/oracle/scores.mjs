// Judges scores by the storm's own arithmetic: every score that the database holds comes from inputs typed for its initiative,
// and after everything was scored, every sheet shows what its own inputs give.

import { sameNumber, scoreOfFormula, scoresOfRow } from './arithmetic.mjs';
import { shownOf, TABS, textOf } from './workbooks.mjs';
import { onlyRows } from './stored.mjs';

const PARTS = { 'Value Score': 'value', 'Effort Score': 'effort', 'Overall Score': 'overall' };

export function judgeScores({ tabs, database, strong }) {
  const outcome = { violations: [], scores: 0 };
  const say = (kind, place) => outcome.violations.push({ kind, ...place });
  for (const [key, stored] of database) judgeStoredScores(key, stored, outcome, say);
  judgePublished(tabs, database, outcome, say);
  if (strong) judgeTab({ tabs, database, strong, outcome, say });
  return outcome;
}

/** Each stored score is what its own inputs give. */
function judgeStoredScores(key, { scores = {} }, outcome, say) {
  for (const [framework, score] of Object.entries(scores)) {
    if (framework === 'MATH_MODEL' || (score?.overall ?? null) === null) continue;
    const cells = Object.fromEntries(Object.entries(score.inputs ?? {}).map(([field, value]) => [headerOf(field), value]));
    const expected = scoresOfRow(cells)[framework];
    outcome.scores += 1;
    if (expected === undefined || !Object.values(PARTS).every((part) => sameNumber(expected[part], score[part]))) {
      say('a stored score is not what its inputs give', { key, field: framework, shown: JSON.stringify(score) });
    }
  }
}

const headerOf = (field) => TABS.Scoring_Inputs.headers.find((header) => header.toLowerCase().replace(/[\s:]+/g, '_') === field) ?? field;

/** A triple that a row shows is one of the database's, past or present, of this initiative. */
function judgePublished(tabs, database, outcome, say) {
  for (const [name, prefix] of [['Backlog', ''], ...['Active: ', 'RICE: ', 'WSJF: ', 'Math: '].map((each) => ['Scoring_Inputs', each])]) {
    for (const row of onlyRows(tabs[name], TABS[name].key)) {
      const shown = tripleOf(row.cells, prefix);
      const stored = database.get(row.cells[TABS[name].key]);
      outcome.scores += 1;
      const known = stored === undefined ? [] : everHeld(stored);
      if (stored === undefined || isBlank(shown) || known.some((triple) => sameTriple(triple, shown))) continue;
      for (const [part, value] of strangeParts(shown, known)) {
        say("a score that is shown was never this initiative's", { tab: name, tag: row.tag, header: `${prefix}${part}`,
          key: row.cells[TABS[name].key], shown: value, over: { value }, message: JSON.stringify(shown) });
      }
    }
  }
}

/** The parts of a triple that no known one has there; all of them where each is one's, but not the same one's. */
function strangeParts(shown, known) {
  const parts = Object.entries(PARTS).map(([name, part]) => [name, shown[part], part]).filter(([, value]) => textOf(value) !== '');
  const strange = parts.filter(([, value, part]) => !known.some((triple) => sameNumber(triple[part] ?? '', value)));
  return strange.length > 0 ? strange : parts;
}

/** Every triple that an initiative ever had. */
function everHeld({ history, scores, ...stored }) {
  const active = tripleOfFields(stored, '');
  return [...(history ?? []), ...Object.values(scores ?? {}), active].filter(Boolean).map(({ value, effort, overall }) => ({ value, effort,
    overall }));
}

const tripleOfFields = (stored, prefix) => ({ value: stored[`${prefix}value_score`], effort: stored[`${prefix}effort_score`],
  overall: stored[`${prefix}overall_score`] });
const tripleOf = (cells, prefix) => Object.fromEntries(Object.entries(PARTS).map(([name, part]) => [part, cells[prefix + name]]));
const isBlank = (triple) => Object.values(triple).every((value) => textOf(value) === '');
const sameTriple = (one, other) => Object.values(PARTS).every((part) => sameNumber(one[part] ?? '', other[part] ?? ''));

/** After pm.score_selected of all rows: what stands in a row that is OK gives what the row shows. */
function judgeTab({ tabs, database, strong, outcome, say }) {
  const ok = new Map((strong.scoring.run.result.raw.rows ?? []).map((row) => [row.initiative_key, row.status]));
  for (const row of onlyRows(tabs.Scoring_Inputs, 'Initiative Key')) {
    const key = row.cells['Initiative Key'];
    if (ok.get(key) !== 'ok') continue;
    const expected = { ...scoresOfRow(row.cells), Math: mathScoreOf(key, row, tabs) };
    for (const [framework, triple] of Object.entries(expected)) {
      if (triple === 'unknown') continue;
      outcome.scores += 1;
      const shown = tripleOf(row.cells, `${framework}: `);
      const isRight = triple === undefined ? isBlank(shown) : sameTriple(triple, shown);
      if (!isRight) say('a score is not what the inputs of its row give', { tab: 'Scoring_Inputs', tag: row.tag,
        header: `${framework}: Overall Score`, key, shown: JSON.stringify(shown), message: `expected ${JSON.stringify(triple)}` });
    }
  }
  for (const row of onlyRows(tabs.Backlog, 'Initiative Key')) {
    const key = row.cells['Initiative Key'];
    const stored = database.get(key);
    if (stored === undefined || textOf(shownOf(row.cells['Active Scoring Framework'])) !== textOf(stored.active_scoring_framework)) continue;
    if (!sameTriple(tripleOf(row.cells, ''), tripleOfFields(stored, ''))) {
      say('Update Backlog left other scores than the active ones', { tab: 'Backlog', tag: row.tag, header: 'Overall Score', key,
        shown: JSON.stringify(tripleOf(row.cells, '')), message: JSON.stringify(tripleOfFields(stored, '')) });
    }
  }
}

/** 'unknown' where rows of one key stand twice, or something was typed that the storm's formula does not use. */
function mathScoreOf(key, row, tabs) {
  const models = tabs.MathModels.filter((each) => each?.cells.initiative_key === key);
  const params = tabs.Params.filter((each) => each?.cells.initiative_key === key);
  const byName = (name) => params.filter((each) => each.cells.param_name === name);
  if (models.length > 1 || ['alpha', 'beta'].some((name) => byName(name).length > 1)) return 'unknown';
  if (shownOf(row.cells['Use Math Model']) !== true || models.length === 0 || shownOf(models[0].cells.approved_by_user) !== true) return undefined;
  const isApproved = (param) => param?.cells.approved === true && typeof shownOf(param.cells.value) === 'number';
  const value = (name) => (isApproved(byName(name)[0]) ? shownOf(byName(name)[0].cells.value) : undefined);
  return scoreOfFormula(shownOf(models[0].cells.formula_text), { alpha: value('alpha'), beta: value('beta') });
}
