// What a run answered: its figures, each row, and what it left alone.

import { el, show } from '../dom.js';
import { cellText, number, plural, words } from '../format.js';
import { badge, isDry } from '../parts/badge.js';
import { table } from '../parts/table.js';
import { allActions } from '../registry.js';
import { address, changeParameters } from '../router.js';
import { sheetLink } from '../sheet_links.js';
import { planTable, plannedCells } from './plan_table.js';

const ROWS_SHOWN = 200; // more on request: a run may name tens of thousands

/** `run` and the service's `status` are for links into the sheet; `shownRows` is the status of the rows shown first. */
export function runResult({ summary, raw }, { run, status, shownRows = '' }) {
  const cells = plannedCells(raw);
  return [
    el('section', { class: 'card' }, el('h2', {}, 'Result'), figures(summary, run), counts(raw), notActive(raw.not_active)),
    cells.length > 0 && el('section', { class: 'card' }, el('h2', {}, 'What would change'), planTable(cells, status)),
    sentences('Warnings', raw.warnings),
    sentences('Hints', raw.hints, 'How numbers were chosen; nothing was changed because of it.'),
    keptCells('Edits that were not saved and stay', raw.kept_unsaved_edits),
    keptCells('Cells of people that stay', raw.kept_pm_values),
    failedSources(raw.failed_sources, status),
    rowOutcomes(raw.rows ?? [], run, status, shownRows),
    (raw.substeps ?? []).map((part) => substep(part, run, status)),
  ];
}

function sentences(title, list, note) {
  if (!list?.length) return null;
  return el('section', { class: 'card' }, el('h2', {}, title), note && el('p', { class: 'note' }, note),
    el('ul', {}, list.map((sentence) => el('li', {}, sentence))));
}

function notActive(count) {
  if (!(count > 0)) return null;
  return el('p', { class: 'attention' }, `${plural(count, 'initiative')} chose a framework that is not active yet: ` +
    'Switch framework on Scoring_Inputs, then Update Backlog.');
}

function figures(summary, run) {
  const dry = isDry(run);
  const figure = (label, value, kind) => el('div', { class: `figure ${value > 0 ? kind : ''}` },
    el('b', {}, number(value)), ` ${label}`);
  return el('div', { class: 'figures' }, figure('considered', summary.total, ''), figure(dry ? 'would be done' : 'done', summary.success, 'success'),
    figure(dry ? 'would be skipped' : 'skipped', summary.skipped, 'skipped'), figure(dry ? 'would fail' : 'failed', summary.failed, 'failed'));
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
    el('div', {}, el('dt', {}, words(name.replace(/_count$/, ''))), el('dd', {}, cellText(value)))));
}

function substep({ action, summary, raw }, run, status) {
  const name = el('span', {}, action);
  allActions().then((actions) => show(name, actions.find((one) => one.name === action)?.label ?? action), () => {});
  return el('details', { class: 'card' }, el('summary', {}, el('h2', {}, 'Part: ', name, el('code', { class: 'sub' }, action))),
    figures(summary, run), counts(raw), rowOutcomes(raw.rows ?? [], run, status));
}

function keptCells(title, cells) {
  if (!cells?.length) return null;
  return el('details', { class: 'card' }, el('summary', {}, el('h2', {}, `${title} (${number(cells.length)})`)),
    table(title, [
      keyColumn,
      { label: 'Column', value: (cell) => cell.column },
      'kept' in cells[0] && { label: 'Stays', value: (cell) => cell.kept },
      'intake' in cells[0] && { label: 'Intake says', value: (cell) => cell.intake },
    ].filter(Boolean), cells));
}

function failedSources(sources, status) {
  if (!sources?.length) return null;
  return el('section', { class: 'problem' }, el('p', {}, 'Tabs that could not be read:'),
    el('ul', {}, sources.map((source) => el('li', {}, sheetLink(source, status, `${source.tab} (${source.spreadsheet_id})`), `: ${source.reason}`))));
}

function rowOutcomes(rows, run, status, shownRows = '') {
  if (rows.length === 0) return null;
  const list = el('div', {});
  const statuses = ['failed', 'skipped', 'ok'].filter((name) => rows.some((row) => row.status === name));
  const first = statuses.includes(shownRows) ? shownRows : '';
  const draw = (name, limit = ROWS_SHOWN) => {
    const fitting = name ? rows.filter((row) => row.status === name) : rows;
    const more = fitting.length > limit && el('button', { type: 'button', click: () => draw(name, fitting.length) },
      `Show all ${plural(fitting.length, 'row')}`);
    show(list, outcomeTable(fitting.slice(0, limit), fitting, run, status), more);
  };
  const choose = ({ target }) => {
    changeParameters({ rows: target.value });
    draw(target.value);
  };
  const choice = el('select', { 'aria-label': 'Which rows', change: choose },
    el('option', { value: '' }, `All rows (${number(rows.length)})`), statuses.map((name) =>
      el('option', { value: name, selected: name === first }, `${name} (${rows.filter((row) => row.status === name).length})`)));
  draw(first);
  return el('section', { class: 'card' }, el('div', { class: 'title-row' }, el('h2', {}, 'Rows'), choice), list);
}

function outcomeTable(rows, all, run, status) {
  return table('How it went for each row', [
    keyColumn,
    { label: 'Row', value: (row) => row.row, cell: (row) => rowLink(row, run, status), numeric: true },
    { label: 'Status', value: (row) => row.status, cell: (row) => badge(row.status) },
    { label: 'Message', value: (row) => row.message },
  ], rows, async () => all);
}

/** Rows of a selection stand on the run's own tab; those of other runs on the one that the message names. */
function rowLink({ row, message }, { spreadsheet_id, tab, action }, status) {
  if (!row) return '–';
  const isSelection = tab && action.startsWith('pm.') && action !== 'pm.backlog_sync';
  const named = status.tabs.find((one) => message?.startsWith(`${one.tab} row ${row}:`));
  const place = named ?? (isSelection ? { spreadsheet_id, tab } : {});
  return sheetLink({ ...place, row }, status, number(row));
}

const keyColumn = { label: 'Initiative', value: (one) => one.initiative_key, cell: (one) => keyLink(one.initiative_key) };

export function keyLink(key) {
  return key ? el('a', { href: address('initiative', key) }, key) : '–';
}
