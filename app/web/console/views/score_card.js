import { el } from '../dom.js';
import { cellText, localTime, number, words } from '../format.js';
import { facts } from '../parts/table.js';

/** An initiative's score in one framework: the figures, the sentence that explains them, and what went in. */
export function scoreCard(framework, score, isActive) {
  const title = el('h2', {}, framework.label, isActive && el('span', { class: 'badge active' }, 'active'),
    score?.stale && el('span', { class: 'badge stale', title: 'An input has changed since' }, 'older than its inputs'));
  if (!score) return el('article', { class: `card score ${framework.kind}` }, title, el('p', { class: 'note' }, 'Not scored yet.'));
  return el('article', { class: `card score ${framework.kind}` }, title,
    el('div', { class: 'figures' }, figure('overall', score.overall), figure('value', score.value), figure('effort', score.effort)),
    score.reason && el('p', { class: 'note' }, `Not scored: ${score.reason}`),
    score.explanation && el('p', {}, score.explanation),
    score.warnings?.length > 0 && el('ul', { class: 'warnings' }, score.warnings.map((warning) => el('li', {}, warning))),
    score.formula && el('pre', { tabindex: 0, 'aria-label': 'Formula' }, score.formula),
    part('Inputs', score.inputs), part('Components', score.components), part('Parameters', score.parameters),
    score.computed_at && el('p', { class: 'sub' }, `computed ${localTime(score.computed_at)}`));
}

function figure(label, value) {
  return el('div', { class: 'figure' }, el('b', {}, number(value)), ` ${label}`);
}

function part(title, values) {
  const pairs = Object.entries(values ?? {});
  if (pairs.length === 0) return null;
  return el('div', {}, el('h3', {}, title), facts(pairs.map(([name, value]) =>
    [words(name), typeof value === 'object' ? JSON.stringify(value) : cellText(value)])));
}
