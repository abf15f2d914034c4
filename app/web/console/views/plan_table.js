// What a dry run found: each cell that would change, with its old and its new value.

import { el, show } from '../dom.js';
import { cellText, number, plural } from '../format.js';
import { table } from '../parts/table.js';
import { sheetLink } from '../sheet_links.js';

const CELLS_SHOWN = 100; // of one tab; more on request

/** The planned cells of a result and of its parts. */
export function plannedCells(raw) {
  const own = raw.plan ?? [];
  return own.length > 0 ? own : (raw.substeps ?? []).flatMap((part) => plannedCells(part.raw));
}

/** One table a tab; `status` is the service's, for links. */
export function planTable(cells, status) {
  const tabs = new Map();
  for (const cell of cells) {
    if (!tabs.has(tabOf(cell))) tabs.set(tabOf(cell), []);
    tabs.get(tabOf(cell)).push(cell);
  }
  return [...tabs].map(([tab, own]) => {
    const list = el('div', {});
    const draw = (limit) => show(list, tabTable(tab, own.slice(0, limit), own, status),
      own.length > limit && el('button', { type: 'button', click: () => draw(own.length) }, `Show all ${plural(own.length, 'cell')}`));
    draw(CELLS_SHOWN);
    return el('div', { class: 'plan' }, el('h3', {}, tab, el('span', { class: 'sub' }, ` ${plural(own.length, 'cell')}`)), list);
  });
}

const tabOf = (cell) => `${cell.tab} · ${cell.spreadsheet_id}`;

function tabTable(tab, cells, all, status) {
  return table(`Cells that would change on ${tab}`, [
    { label: 'Row', value: (cell) => cell.row ?? 'new', cell: (cell) => (cell.row === null ? 'new' : sheetLink(cell, status, number(cell.row))), numeric: true },
    { label: 'Initiative', value: (cell) => cell.initiative_key },
    { label: 'Column', value: (cell) => cell.column },
    { label: 'Now', value: (cell) => cell.before, cell: (cell) => el('span', { class: 'before' }, cellText(cell.before)) },
    { label: 'Then', value: (cell) => cell.after, cell: (cell) => el('span', { class: 'after' }, cellText(cell.after)) },
  ], cells, async () => all);
}
