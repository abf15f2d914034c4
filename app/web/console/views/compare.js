// Value against effort, and where the frameworks disagree.

import { ranksChart } from '../charts/ranks_chart.js';
import { scatterChart } from '../charts/scatter_chart.js';
import { el, show } from '../dom.js';
import { cellText, number, plural } from '../format.js';
import { FRAMEWORKS, scoreOf } from '../frameworks.js';
import { table } from '../parts/table.js';
import { rankDifferences } from '../ranking.js';
import { allInitiatives } from './all_initiatives.js';
import { keyLink } from './run_result.js';

const RANKS_DRAWN = 15; // more lines cannot be told apart

export async function compareView({ root, parameters, signal }) {
  const body = el('div', {}, el('p', { class: 'note' }, 'Loading …'));
  show(root, el('h1', {}, 'Compare'), body);
  const { initiatives } = await allInitiatives(signal);
  const plot = el('div', {});
  const choose = (name) => show(plot, scatter(FRAMEWORKS.find((framework) => framework.name === name), initiatives));
  const first = FRAMEWORKS.find(({ name }) => name === parameters.framework) ??
    FRAMEWORKS.find(({ name }) => initiatives.some((one) => scoreOf(one, name))) ?? FRAMEWORKS[0];
  show(body, el('div', { class: 'charts' },
    el('section', { class: 'card' }, el('h2', {}, 'Value against effort'),
      el('fieldset', { class: 'choices' }, el('legend', { class: 'unseen' }, 'Framework'), FRAMEWORKS.map(({ name, label }) =>
        el('label', {}, el('input', { type: 'radio', name: 'framework', value: name, checked: name === first.name, change: () => choose(name) }), label))),
      plot),
    el('section', { class: 'card' }, el('h2', {}, 'Where the frameworks disagree'), disagreement(initiatives))));
  choose(first.name);
}

function scatter(framework, initiatives) {
  const points = initiatives.flatMap((initiative) => {
    const score = scoreOf(initiative, framework.name);
    const complete = score && typeof score.value === 'number' && typeof score.effort === 'number';
    return complete ? [{ initiative, value: score.value, effort: score.effort, overall: score.overall }] : [];
  });
  if (points.length === 0) return el('p', { class: 'empty' }, `No initiative has a ${framework.label} score with value and effort.`);
  return [scatterChart(framework, points), el('details', {}, el('summary', {}, 'The figures as a table'),
    table(`${framework.label}: value and effort`, [
      { label: 'Initiative', cell: ({ initiative }) => keyLink(initiative.initiative_key) },
      { label: 'Title', cell: ({ initiative }) => cellText(initiative.title) },
      { label: 'Value', cell: ({ value }) => number(value), numeric: true },
      { label: 'Effort', cell: ({ effort }) => number(effort), numeric: true },
      { label: 'Overall', cell: ({ overall }) => number(overall), numeric: true },
    ], points.sort((a, b) => b.overall - a.overall)))];
}

function disagreement(initiatives) {
  const ranked = rankDifferences(initiatives);
  if (ranked.length === 0) return el('p', { class: 'empty' }, 'No initiative is scored by more than one framework.');
  return [
    el('p', { class: 'note' }, `${plural(ranked.length, 'initiative')} scored by two frameworks or more; ` +
      `the ${Math.min(RANKS_DRAWN, ranked.length)} that differ most are drawn, best rank on top.`),
    ranksChart(ranked.slice(0, RANKS_DRAWN)),
    el('details', {}, el('summary', {}, 'The ranks as a table'), table('Ranks in each framework', [
      { label: 'Initiative', cell: ({ initiative }) => keyLink(initiative.initiative_key) },
      { label: 'Title', cell: ({ initiative }) => cellText(initiative.title) },
      ...FRAMEWORKS.map(({ name, label }) => ({ label, cell: ({ ranks }) => number(ranks[name]), numeric: true })),
      { label: 'Apart', cell: ({ spread }) => number(spread), numeric: true },
    ], ranked)),
  ];
}
