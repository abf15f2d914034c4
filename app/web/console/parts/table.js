import { csvText, downloadCsv } from '../csv.js';
import { announce, el } from '../dom.js';
import { cellText, number, plural } from '../format.js';
import { problemBox } from './problem_box.js';

/**
 * A table with a caption for those who cannot see what stands above it, and a button that gives it as CSV. Each
 * column is {label, value(row), cell(row), numeric, hidden}: `value` is what CSV holds, `cell` what is shown where that is
 * more than the value. Hidden ones stand in CSV only, those without a value on the screen only. `all` resolves with the
 * rows for CSV where more are known than are shown. On a narrow screen each row becomes a card in which the labels
 * stand beside the values.
 */
export function table(caption, columns, rows, all = async () => rows) {
  const visible = columns.filter(({ hidden }) => !hidden);
  return el('div', { class: 'table' },
    el('div', { class: 'table-frame' },
      el('table', {},
        el('caption', { class: 'unseen' }, caption),
        el('thead', {}, el('tr', {}, visible.map(({ label, numeric }) => (label
          ? el('th', { scope: 'col', class: numeric && 'numeric' }, label) : el('td', {}))))),
        el('tbody', {}, rows.map((row) => el('tr', {}, visible.map((column) =>
          el('td', { 'data-label': column.label, class: column.numeric && 'numeric' }, shown(column, row)))))))),
    csvButton(caption, columns.filter(({ value }) => value), all));
}

function shown({ cell, value, numeric }, row) {
  if (cell) return cell(row);
  return numeric ? number(value(row)) : cellText(value(row));
}

function csvButton(caption, columns, all) {
  const download = async ({ target }) => {
    target.disabled = true;
    try {
      const rows = await all();
      downloadCsv(caption, csvText(columns, rows));
      announce(`${plural(rows.length, 'row')} as CSV`);
    } catch (error) {
      target.after(problemBox(error));
    }
    target.disabled = false;
  };
  return el('button', { type: 'button', class: 'quiet csv', 'aria-label': `${caption}: download as CSV`, click: download }, 'CSV');
}

/** Facts as pairs; those without a value are left out. */
export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value, note]) => el('div', {}, el('dt', { title: note }, name), el('dd', {}, value))));
}
