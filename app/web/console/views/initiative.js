// One initiative: its scores with what explains them, how they came about over time, and every stored field.

import { get } from '../api.js';
import { historyChart } from '../charts/history_chart.js';
import { el, show } from '../dom.js';
import { cellText, localTime, words } from '../format.js';
import { FRAMEWORKS } from '../frameworks.js';
import { facts } from '../parts/table.js';
import { address } from '../router.js';
import { scoreCard } from './score_card.js';

const SHOWN_ABOVE = new Set(['initiative_key', 'title', 'scores', 'history']);

export async function initiativeView({ root, argument, signal }) {
  const initiative = await get(`/initiatives/${encodeURIComponent(argument)}`, { signal });
  show(root,
    el('p', { class: 'crumb' }, el('a', { href: address('initiatives') }, 'Initiatives'), ' / ', el('code', {}, initiative.initiative_key)),
    el('h1', {}, cellText(initiative.title)),
    facts([
      ['Team', initiative.requesting_team], ['Status', initiative.status],
      ['Active framework', initiative.active_scoring_framework ?? 'none'],
      ['Changed', localTime(initiative.updated_at)], ['By', initiative.updated_source],
    ]),
    el('section', { class: 'scores', 'aria-label': 'Scores' }, FRAMEWORKS.map((framework) =>
      scoreCard(framework, initiative.scores?.[framework.name], initiative.active_scoring_framework === framework.name))),
    el('section', { class: 'card', 'aria-label': 'History' }, el('h2', {}, 'History'), historyChart(initiative.history ?? [])),
    el('details', { class: 'card' }, el('summary', {}, el('h2', {}, 'Every stored field')), facts(storedFields(initiative))));
}

function storedFields(initiative) {
  return Object.entries(initiative)
    .filter(([name, value]) => !SHOWN_ABOVE.has(name) && (value === null || typeof value !== 'object'))
    .map(([name, value]) => [words(name), cellText(value)]);
}
