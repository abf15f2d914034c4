import { el } from '../dom.js';
import { cellText, localTime, number, withNumbers, words } from '../format.js';
import { facts } from '../parts/table.js';

/**
 * An initiative's score in one framework: the figures, the sentence that explains them, and what went in, under the
 * sheet's headers. `fields` is what fieldsByName() told.
 */
export function scoreCard(framework, score, isActive, fields) {
  const title = el('h2', {}, framework.label, isActive && el('span', { class: 'badge active' }, 'active'),
    score?.stale && el('span', { class: 'badge stale', title: 'An input has changed since' }, 'older than its inputs'));
  if (!score) {
    return el('article', { class: `card score ${framework.kind}` }, title,
      el('p', { class: 'note' }, 'Not scored yet. Fill in its columns on Scoring_Inputs, then choose Score selected.'));
  }
  return el('article', { class: `card score ${framework.kind}` }, title,
    el('div', { class: 'figures' }, figure('Overall Score', score.overall), figure('Value Score', score.value), figure('Effort Score', score.effort)),
    score.reason && el('p', { class: 'note' }, `Not scored: ${score.reason}`),
    score.explanation && el('p', { class: 'explanation' }, withNumbers(score.explanation).split('; ').map((line) => el('span', { class: 'block' }, line))),
    score.stale && el('p', { class: 'attention' }, 'An input has changed since: choose Score selected.'),
    score.warnings?.length > 0 && el('ul', { class: 'warnings' }, score.warnings.map((warning) => el('li', {}, warning))),
    score.formula && el('pre', { tabindex: 0, 'aria-label': 'Formula' }, score.formula),
    framework.kind === 'math' ? [part('Parameters', score.inputs), part('What the formula makes of them', score.components)]
      : facts(takenInputs(score, fields)),
    score.computed_at && el('p', { class: 'sub' }, `Computed ${localTime(score.computed_at)}`));
}

function figure(label, value) {
  return el('div', { class: 'figure' }, el('b', {}, number(value)), ` ${label}`);
}

function part(title, values) {
  const pairs = Object.entries(values ?? {});
  if (pairs.length === 0) return null;
  return el('div', {}, el('h3', {}, title), facts(pairs.map(([name, value]) => [name, cellText(value)])));
}

/** Each input once: as it was typed, and as what it counted where that is another number. */
export function takenInputs({ inputs = {}, components = {} }, fields) {
  return Object.entries(inputs).map(([name, typed]) => {
    const counted = components[name];
    const differs = typeof counted === 'number' && counted !== typed;
    const field = fields.get(name);
    return [field?.header ?? words(name), differs ? `${cellText(typed)}, counts as ${cellText(counted)}` : cellText(typed), field?.note];
  });
}
