import { el } from '../dom.js';

/**
 * A table with a caption for those who cannot see what stands above it. Each column is {label, cell(row), numeric};
 * on a narrow screen each row becomes a card in which the labels stand beside the values.
 */
export function table(caption, columns, rows) {
  return el('div', { class: 'table-frame' },
    el('table', {},
      el('caption', { class: 'unseen' }, caption),
      el('thead', {}, el('tr', {}, columns.map(({ label, numeric }) => el('th', { scope: 'col', class: numeric && 'numeric' }, label)))),
      el('tbody', {}, rows.map((row) => el('tr', {}, columns.map(({ label, cell, numeric }) =>
        el('td', { 'data-label': label, class: numeric && 'numeric' }, cell(row))))))));
}

/** Facts as pairs; those without a value are left out. */
export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}
