// Value against effort, and where the frameworks disagree: what a product manager argues a decision with.

import { rankStrips } from '../charts/rank_strips.js';
import { whenWidthChanges } from '../charts/scale.js';
import { drawable, scatterChart } from '../charts/scatter_chart.js';
import { el, show } from '../dom.js';
import { cellText, number, plural } from '../format.js';
import { FRAMEWORKS, scoreOf } from '../frameworks.js';
import { emptyNote } from '../parts/empty_note.js';
import { table } from '../parts/table.js';
import { unfolding } from '../parts/unfolding.js';
import { comparableSets, rankDifferences, ranksOfAll } from '../ranking.js';
import { address, changeParameters } from '../router.js';
import { allInitiatives, containing, noInitiatives } from './all_initiatives.js';
import { keyLink } from './run_result.js';

const STRIPS_SHOWN = 12; // more on request

export async function compareView({ root, parameters, signal }) {
  const body = el('div', {}, el('p', { class: 'note' }, 'Loading …'));
  show(root, el('h1', {}, 'Compare'), body);
  const { initiatives, complete } = await allInitiatives(signal);
  if (initiatives.length === 0) return show(body, noInitiatives());
  if (!initiatives.some((one) => FRAMEWORKS.some(({ name }) => scoreOf(one, name)))) return show(body, nothingScored());
  const state = {
    framework: FRAMEWORKS.find(({ name }) => name === parameters.framework) ??
      FRAMEWORKS.find(({ name }) => initiatives.some((one) => scoreOf(one, name))),
    isLogarithmic: parameters.axes === 'log', search: parameters.search ?? '', chosen: parameters.initiative, strips: STRIPS_SHOWN, ranks: parameters.ranks,
  };
  return page(body, initiatives, complete, state, signal);
}

function page(body, initiatives, complete, state, signal) {
  const [plot, detail, strips] = [el('div', {}), el('div', { 'aria-live': 'polite' }), el('div', {})];
  const ranks = ranksOfAll(initiatives);
  let drawings = [];
  const mark = () => {
    const [hasLine] = drawings.map((drawing) => drawing?.mark(state.chosen));
    show(detail, chosenCard(initiatives, ranks, state, hasLine));
  };
  const keepAddress = () => changeParameters({
    framework: state.framework.name, axes: state.isLogarithmic ? 'log' : '', search: state.search, ranks: state.ranks, initiative: state.chosen ?? '',
  });
  const choose = (key) => {
    state.chosen = key;
    keepAddress();
    mark();
  };
  const change = (changes) => {
    Object.assign(state, changes);
    keepAddress();
    draw();
  };
  const draw = () => {
    const fitting = initiatives.filter(containing(state.search));
    const walking = plot.contains(document.activeElement) && document.activeElement.matches('.scatter');
    const selecting = strips.contains(document.activeElement) && document.activeElement.matches('select');
    drawings = [scatter(plot, fitting, state, choose), disagreement(strips, fitting, state, choose, change)];
    if (selecting) strips.querySelector('select')?.focus();
    if (walking) plot.querySelector('.scatter')?.focus();
    mark();
  };
  show(body, choices(state, change), !complete && el('p', { class: 'note' }, `Only the first ${plural(initiatives.length, 'initiative')}.`),
    el('div', { class: 'charts' },
      el('section', { class: 'card' }, el('h2', {}, 'Value against effort'), plot, detail),
      el('section', { class: 'card' }, el('h2', {}, 'Where the frameworks disagree'), strips)));
  draw();
  whenWidthChanges(signal, draw);
}

function choices(state, change) {
  return el('form', { class: 'compare-choices', 'aria-label': 'What is compared', submit: (event) => event.preventDefault() },
    el('fieldset', { class: 'choices' }, el('legend', { class: 'unseen' }, 'Framework'), FRAMEWORKS.map((framework) =>
      el('label', {}, el('input', {
        type: 'radio', name: 'framework', value: framework.name, checked: framework === state.framework, change: () => change({ framework }),
      }), framework.label))),
    el('label', { class: 'check' }, el('input', {
      type: 'checkbox', name: 'axes', checked: state.isLogarithmic, change: ({ target }) => change({ isLogarithmic: target.checked }),
    }), 'Logarithmic axes'),
    el('label', { class: 'compare-search' }, el('span', { class: 'unseen' }, 'Search'), el('input', {
      name: 'search', type: 'search', value: state.search, placeholder: 'only those with key, title, team …',
      input: ({ target }) => change({ search: target.value }),
    })));
}

/** Draws into `plot`; the drawing, where there is one. */
function scatter(plot, initiatives, state, choose) {
  const { framework, isLogarithmic } = state;
  const points = initiatives.flatMap((initiative) => {
    const score = scoreOf(initiative, framework.name);
    const complete = score && typeof score.value === 'number' && typeof score.effort === 'number';
    return complete ? [{ initiative, value: score.value, effort: score.effort, overall: score.overall }] : [];
  }).sort((a, b) => b.overall - a.overall);
  if (initiatives.length === 0) return nothingFound(plot);
  if (points.length === 0) {
    show(plot, emptyNote(`None of these initiatives has a ${framework.label} score with value and effort.`));
    return undefined;
  }
  const drawn = drawable(points, isLogarithmic);
  const open = (key) => { location.hash = address('initiative', key); };
  const chart = drawn.length > 0 ? scatterChart(framework, drawn, { isLogarithmic, choose, open }) : undefined;
  show(plot,
    drawn.length < points.length && el('p', { class: 'note' },
      `${plural(points.length - drawn.length, 'initiative')} with a value or effort of 0 or less cannot stand on logarithmic axes.`),
    chart?.element,
    unfolding('The figures as a table', () => table(`${framework.label}: value and effort`, [
      titleColumn, keyColumn,
      { label: 'Value Score', value: ({ value }) => value, numeric: true },
      { label: 'Effort Score', value: ({ effort }) => effort, numeric: true },
      { label: 'Overall Score', value: ({ overall }) => overall, numeric: true },
    ], points), state, 'figures'));
  return chart;
}

/** The chosen initiative in every framework, ranks among all initiatives; `hasLine`: the drawing joins what scores as it does. */
function chosenCard(initiatives, ranks, { chosen: key, framework, search }, hasLine) {
  const initiative = initiatives.find((one) => one.initiative_key === key);
  if (!initiative) return null;
  return el('div', { class: 'chosen-card' },
    el('h3', {}, el('a', { href: address('initiative', key) }, cellText(initiative.title ?? key)), el('span', { class: 'sub' }, ` ${key}`)),
    !containing(search)(initiative) && el('p', { class: 'note' }, 'The search leaves it out of the drawing.'),
    hasLine && framework.kind !== 'math' &&
      el('p', { class: 'note' }, `The dashed line joins what ${framework.label} scores the same: what lies above it scores better.`),
    table(`${key} in each framework`, [
      { label: 'Framework', value: ({ label }) => label },
      { label: 'Rank', value: ({ name }) => ranks.get(name).get(initiative), cell: ({ name }) => rankText(ranks.get(name), initiative), numeric: true },
      ...['overall', 'value', 'effort'].map((part) => ({
        label: { overall: 'Overall Score', value: 'Value Score', effort: 'Effort Score' }[part],
        value: ({ name }) => scoreOf(initiative, name)?.[part], numeric: true,
      })),
    ], FRAMEWORKS));
}

function rankText(ranks, initiative) {
  return ranks.has(initiative) ? `${ranks.get(initiative)} of ${number(ranks.size)}` : '–';
}

/** Draws into `root`; the drawing, where there is one. */
function disagreement(root, initiatives, state, choose, change) {
  const sets = comparableSets(initiatives);
  if (initiatives.length === 0) return nothingFound(root);
  if (sets.length === 0) {
    show(root, emptyNote('None of these initiatives is scored by more than one framework. Fill in the inputs of a second one on ' +
      'Scoring_Inputs, then choose Score selected.'));
    return undefined;
  }
  const names = sets.find((set) => set.join() === state.ranks) ?? sets[0];
  const compared = FRAMEWORKS.filter(({ name }) => names.includes(name));
  const ranked = rankDifferences(initiatives, names);
  const strips = rankStrips(ranked.slice(0, state.strips), ranked.length, { frameworks: compared, choose });
  show(root,
    el('label', { class: 'field inline' }, el('span', {}, 'Ranks by'), el('select', { change: ({ target }) => change({ ranks: target.value }) },
      sets.map((set) => el('option', { value: set.join(), selected: set === names },
        FRAMEWORKS.filter(({ name }) => set.includes(name)).map(({ label }) => label).join(', '))))),
    el('p', { class: 'note' }, ranked.length === 1 ? 'One initiative alone has all of these scores here: there is none to rank it against.'
      : `Ranks among the ${plural(ranked.length, 'initiative')} that have all of these scores; those that differ most come first.`),
    strips.element,
    ranked.length > state.strips && el('button', { type: 'button', click: () => change({ strips: Infinity }) }, `Show all ${plural(ranked.length, 'initiative')}`),
    unfolding('The ranks as a table', () => table('Ranks in each framework', [
      titleColumn, keyColumn,
      ...compared.map(({ name, label }) => ({ label, value: (one) => one.ranks[name], numeric: true })),
      { label: 'Places apart', value: ({ spread }) => spread, numeric: true },
    ], ranked), state, 'rankTable'));
  return strips;
}

const titleColumn = { label: 'Title', value: ({ initiative }) => initiative.title };
const keyColumn = {
  label: 'Initiative Key', value: ({ initiative }) => initiative.initiative_key, cell: ({ initiative }) => keyLink(initiative.initiative_key),
};

function nothingFound(root) {
  show(root, emptyNote('No scored initiative has that in its key, title or team.'));
}

function nothingScored() {
  return emptyNote('Nothing is scored yet. Fill in the inputs of RICE or WSJF on Scoring_Inputs, select the rows and choose ' +
    '🧠 Roadmap AI → Score selected.', ['Try out Score selected', address('start', '', { action: 'pm.score_selected' })]);
}
