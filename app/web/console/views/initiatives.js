// Stored initiatives with their scores.

import { announce, el, show } from '../dom.js';
import { cellText, number, plural } from '../format.js';
import { FRAMEWORKS, scoreOf } from '../frameworks.js';
import { emptyNote } from '../parts/empty_note.js';
import { table } from '../parts/table.js';
import { fieldsByName } from '../registry.js';
import { address, changeParameters } from '../router.js';
import { allInitiatives, containing, noInitiatives } from './all_initiatives.js';

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

  const fields = await fieldsByName();
  const { initiatives, complete } = await allInitiatives(signal, (count) => {
    show(list, el('p', { class: 'note' }, `Loading … ${plural(count, 'initiative')}`));
  });
  if (initiatives.length === 0) return show(list, noInitiatives());
  const draw = (limit = SHOWN) => {
    const fitting = initiatives.filter(containing(search.value)).sort(ORDERS[order.value].compare);
    show(list, !complete && el('p', { class: 'note' }, `Only the first ${plural(initiatives.length, 'initiative')}.`),
      el('p', { class: 'note' }, plural(fitting.length, 'initiative')),
      initiativesTable(fitting.slice(0, limit), fitting, fields),
      fitting.length > limit && el('button', { type: 'button', click: () => draw(fitting.length) }, `Show all ${plural(fitting.length, 'initiative')}`));
    announce(plural(fitting.length, 'initiative'));
  };
  const change = () => {
    changeParameters({ search: search.value, order: order.value === 'key' ? '' : order.value });
    draw();
  };
  search.addEventListener('input', change);
  order.addEventListener('change', change);
  return draw();
}

function initiativesTable(initiatives, all, fields) {
  if (initiatives.length === 0) return emptyNote('No initiative fits the search.');
  const field = (name) => ({ label: fields.get(name).header, value: (one) => one[name] });
  return table('Initiatives', [
    { label: 'Initiative Key', value: (one) => one.initiative_key, hidden: true },
    { ...field('title'), cell: (one) => el('div', {}, el('a', { href: address('initiative', one.initiative_key) }, cellText(one.title)),
      el('div', { class: 'sub' }, one.initiative_key)) },
    field('requesting_team'), field('status'), field('active_scoring_framework'),
    ...FRAMEWORKS.map(({ name, kind }) => ({
      label: fields.get(`${kind}_overall_score`).header, numeric: true,
      value: (one) => scoreOf(one, name)?.overall, cell: (one) => scoreText(scoreOf(one, name)),
    })),
  ], initiatives, async () => all);
}

function scoreText(score) {
  if (!score) return '–';
  return score.stale ? el('span', { title: 'An input has changed since' }, number(score.overall), ' ', el('small', {}, 'older')) : number(score.overall);
}
