// Stored initiatives with their scores.

import { announce, el, show } from '../dom.js';
import { cellText, number, plural } from '../format.js';
import { FRAMEWORKS, scoreOf } from '../frameworks.js';
import { table } from '../parts/table.js';
import { address } from '../router.js';
import { allInitiatives } from './all_initiatives.js';

const SHOWN = 200; // more on request

const ORDERS = {
  key: { label: 'Key', compare: (a, b) => a.initiative_key.localeCompare(b.initiative_key) },
  ...Object.fromEntries(FRAMEWORKS.map(({ name, label }) => [name, {
    label: `${label} score`,
    compare: (a, b) => (scoreOf(b, name)?.overall ?? -Infinity) - (scoreOf(a, name)?.overall ?? -Infinity),
  }])),
};

export async function initiativesView({ root, parameters, signal }) {
  const list = el('div', { class: 'list' }, el('p', { class: 'note' }, 'Loading …'));
  const search = el('input', { name: 'search', type: 'search', value: parameters.search ?? '', placeholder: 'key, title, team …' });
  const order = el('select', { name: 'order' }, Object.entries(ORDERS).map(([name, { label }]) =>
    el('option', { value: name, selected: name === parameters.order }, label)));
  show(root, el('h1', {}, 'Initiatives'),
    el('form', { class: 'filters', 'aria-label': 'Which initiatives', submit: (event) => event.preventDefault() },
      el('label', {}, el('span', {}, 'Search'), search), el('label', {}, el('span', {}, 'Order by'), order)), list);

  const { initiatives, complete } = await allInitiatives(signal, (count) => {
    show(list, el('p', { class: 'note' }, `Loading … ${plural(count, 'initiative')}`));
  });
  const draw = (limit = SHOWN) => {
    history.replaceState(null, '', address('initiatives', '', { search: search.value, order: order.value === 'key' ? '' : order.value }));
    const fitting = initiatives.filter(containing(search.value)).sort(ORDERS[order.value].compare);
    show(list, !complete && el('p', { class: 'note' }, `Only the first ${plural(initiatives.length, 'initiative')}.`),
      initiativesTable(fitting.slice(0, limit)),
      fitting.length > limit && el('button', { type: 'button', click: () => draw(fitting.length) }, `Show all ${plural(fitting.length, 'initiative')}`));
    announce(plural(fitting.length, 'initiative'));
  };
  search.addEventListener('input', () => draw());
  order.addEventListener('change', () => draw());
  draw();
}

/** Whether every word of the search stands in the initiative's key, title, team, organisation or status. */
function containing(search) {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (initiative) => {
    const text = [initiative.initiative_key, initiative.title, initiative.requesting_team, initiative.product_org, initiative.status]
      .join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
}

function initiativesTable(initiatives) {
  if (initiatives.length === 0) return el('p', { class: 'empty' }, 'No initiative fits.');
  return table('Initiatives', [
    { label: 'Initiative', cell: (one) => el('div', {}, el('a', { href: address('initiative', one.initiative_key) }, cellText(one.title)),
      el('div', { class: 'sub' }, one.initiative_key)) },
    { label: 'Team', cell: (one) => cellText(one.requesting_team) },
    { label: 'Status', cell: (one) => cellText(one.status) },
    { label: 'Active', cell: (one) => cellText(one.active_scoring_framework) },
    ...FRAMEWORKS.map(({ name, label }) => ({ label, numeric: true, cell: (one) => scoreText(scoreOf(one, name)) })),
  ], initiatives);
}

function scoreText(score) {
  if (!score) return '–';
  return score.stale ? el('span', { title: 'An input has changed since' }, number(score.overall), ' ', el('small', {}, 'older')) : number(score.overall);
}
