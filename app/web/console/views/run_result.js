// What a run answered: its figures, each row, and what it left alone.

import { el, show } from '../dom.js';
import { cellText, number, plural, words } from '../format.js';
import { badge } from '../parts/badge.js';
import { table } from '../parts/table.js';
import { address } from '../router.js';
import { planTable, plannedCells } from './plan_table.js';

const ROWS_SHOWN = 200; // more on request: a run may name tens of thousands

export function runResult({ summary, raw }) {
  const cells = plannedCells(raw);
  return [
    el('section', { class: 'card' }, el('h2', {}, 'Result'), figures(summary), counts(raw)),
    cells.length > 0 && el('section', { class: 'card' }, el('h2', {}, 'What would change'), planTable(cells)),
    raw.warnings?.length > 0 && el('section', { class: 'card' }, el('h2', {}, 'Warnings'),
      el('ul', {}, raw.warnings.map((warning) => el('li', {}, warning)))),
    keptCells('Edits that were not saved and stay', raw.kept_unsaved_edits),
    keptCells('Cells of people that stay', raw.kept_pm_values),
    failedSources(raw.failed_sources),
    rowOutcomes(raw.rows ?? []),
    (raw.substeps ?? []).map(substep),
  ];
}

function figures(summary) {
  const figure = (label, value, kind) => el('div', { class: `figure ${value > 0 ? kind : ''}` },
    el('b', {}, number(value)), ` ${label}`);
  return el('div', { class: 'figures' }, figure('considered', summary.total, ''), figure('done', summary.success, 'success'),
    figure('skipped', summary.skipped, 'skipped'), figure('failed', summary.failed, 'failed'));
}

/** The action's own figures: whatever it names and is a number or a text. */
function counts(raw) {
  const shown = Object.entries(raw).flatMap(([name, value]) => {
    if (typeof value === 'number' || typeof value === 'string') return [[name, value]];
    const isPlain = value && typeof value === 'object' && !Array.isArray(value);
    return isPlain ? Object.entries(value).map(([part, of]) => [`${name} ${part}`, of]) : [];
  });
  if (shown.length === 0) return null;
  return el('dl', { class: 'facts' }, shown.map(([name, value]) =>
    el('div', {}, el('dt', {}, words(name)), el('dd', {}, cellText(value)))));
}

function substep({ action, summary, raw }) {
  return el('details', { class: 'card' }, el('summary', {}, el('h2', {}, 'Part: ', el('code', {}, action))),
    figures(summary), counts(raw),
    rowOutcomes(raw.rows ?? []));
}

function keptCells(title, cells) {
  if (!cells?.length) return null;
  return el('details', { class: 'card' }, el('summary', {}, el('h2', {}, `${title} (${number(cells.length)})`)),
    table(title, [
      { label: 'Initiative', cell: (cell) => keyLink(cell.initiative_key) },
      { label: 'Column', cell: (cell) => cell.column },
      'kept' in cells[0] && { label: 'Stays', cell: (cell) => cellText(cell.kept) },
      'intake' in cells[0] && { label: 'Intake says', cell: (cell) => cellText(cell.intake) },
    ].filter(Boolean), cells));
}

function failedSources(sources) {
  if (!sources?.length) return null;
  return el('section', { class: 'problem' }, el('p', {}, 'Tabs that could not be read:'),
    el('ul', {}, sources.map(({ spreadsheet_id, tab, reason }) => el('li', {}, `${tab} (${spreadsheet_id}): ${reason}`))));
}

function rowOutcomes(rows) {
  if (rows.length === 0) return null;
  const list = el('div', {});
  const statuses = ['failed', 'skipped', 'ok'].filter((status) => rows.some((row) => row.status === status));
  const draw = (status, limit = ROWS_SHOWN) => {
    const fitting = status ? rows.filter((row) => row.status === status) : rows;
    const more = fitting.length > limit && el('button', { type: 'button', click: () => draw(status, fitting.length) },
      `Show all ${plural(fitting.length, 'row')}`);
    show(list, outcomeTable(fitting.slice(0, limit)), more);
  };
  const choice = el('select', { 'aria-label': 'Which rows', change: (event) => draw(event.target.value) },
    el('option', { value: '' }, `All ${plural(rows.length, 'row')}`), statuses.map((status) =>
      el('option', { value: status }, `${status} (${rows.filter((row) => row.status === status).length})`)));
  draw('');
  return el('section', { class: 'card' }, el('div', { class: 'title-row' }, el('h2', {}, 'Rows'), choice), list);
}

function outcomeTable(rows) {
  return table('How it went for each row', [
    { label: 'Initiative', cell: (row) => keyLink(row.initiative_key) },
    { label: 'Row', cell: (row) => number(row.row), numeric: true },
    { label: 'Status', cell: (row) => badge(row.status) },
    { label: 'Message', cell: (row) => row.message || '–' },
  ], rows);
}

export function keyLink(key) {
  return key ? el('a', { href: address('initiative', key) }, key) : '–';
}
