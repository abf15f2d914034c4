// One initiative: its scores with what explains them, how they came about over time, and every stored field.

import { get } from '../api.js';
import { historyChart } from '../charts/history_chart.js';
import { whenWidthChanges } from '../charts/scale.js';
import { el, show } from '../dom.js';
import { cellText, localTime, words } from '../format.js';
import { FRAMEWORKS } from '../frameworks.js';
import { facts } from '../parts/table.js';
import { fieldsByName, serviceStatus, sourceNames } from '../registry.js';
import { address } from '../router.js';
import { sheetLink } from '../sheet_links.js';
import { scoreCard } from './score_card.js';

// Every stored field, under who types it.
const GROUPS = [
  ['From intake', (owners) => owners.includes('team')],
  ['From product managers', (owners) => owners.includes('pm')],
  ['Computed', (owners) => owners.length > 0],
  ['Kept beside them', () => true],
];
const SHOWN_ABOVE = new Set(['initiative_key', 'title', 'scores', 'history']);
const TIMES = /_at$/;
const SOURCES = /_source$/;

export async function initiativeView({ root, argument, signal }) {
  const [initiative, fields, sourceOf, status] = await Promise.all([
    get(`/initiatives/${encodeURIComponent(argument)}`, { signal }), fieldsByName(), sourceNames(), serviceStatus(),
  ]);
  const header = (name) => fields.get(name)?.header ?? words(name);
  const [history, unfolded] = [el('div', {}), {}];
  const draw = () => show(history, historyChart(initiative.history ?? [], unfolded));
  draw();
  whenWidthChanges(signal, draw);
  show(root,
    el('p', { class: 'crumb' }, el('a', { href: address('initiatives') }, 'Initiatives'), ' / ', el('code', {}, initiative.initiative_key)),
    el('h1', {}, cellText(initiative.title)),
    facts([
      [header('requesting_team'), initiative.requesting_team], [header('status'), initiative.status],
      [header('active_scoring_framework'), initiative.active_scoring_framework ?? 'none'],
      ['Changed', `${localTime(initiative.updated_at)}, from ${sourceOf(initiative.updated_source)}`],
      ['Sheets', sheets(initiative, status)],
    ]),
    el('section', { class: 'scores', 'aria-label': 'Scores' }, FRAMEWORKS.map((framework) =>
      scoreCard(framework, initiative.scores?.[framework.name], initiative.active_scoring_framework === framework.name, fields))),
    el('p', { class: 'note' }, el('a', { href: address('compare', '', { initiative: initiative.initiative_key }) }, 'Where it stands among the others')),
    el('section', { class: 'card', 'aria-label': 'History' }, el('h2', {}, 'History'), history),
    el('details', { class: 'card' }, el('summary', {}, el('h2', {}, 'Every stored field')), storedFields(initiative, fields, sourceOf)));
}

/** Links to the tabs where product managers work on it. */
function sheets(initiative, { tabs, workspace }) {
  const own = tabs.filter(({ workbook, tab }) => workbook === 'central_backlog' || tab === 'Scoring_Inputs');
  return own.flatMap((tab, index) => [index > 0 && ', ', sheetLink(tab, { tabs, workspace }, tab.tab)]);
}

function storedFields(initiative, fields, sourceOf) {
  const left = Object.entries(initiative).filter(([name, value]) => !SHOWN_ABOVE.has(name) && (value === null || typeof value !== 'object'));
  const groupOf = ([name]) => GROUPS.findIndex(([, fits]) => fits(fields.get(name)?.owners ?? []));
  const text = (name, value) => {
    if (value && TIMES.test(name)) return localTime(value);
    return value && SOURCES.test(name) ? sourceOf(value) : cellText(value);
  };
  return GROUPS.map(([title], index) => {
    const own = left.filter((entry) => groupOf(entry) === index);
    return own.length > 0 && el('div', {}, el('h3', {}, title),
      facts(own.map(([name, value]) => [fields.get(name)?.header ?? words(name), text(name, value), fields.get(name)?.note])));
  });
}
