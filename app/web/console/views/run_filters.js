import { PERIODS, periodMs } from '../activity.js';
import { el } from '../dom.js';
import { address } from '../router.js';

const STATUSES = ['queued', 'running', 'success', 'failed', 'cancelled'];

/** The API's parameters for those of the view's address. */
export function queryOf({ action, status, user, spreadsheet_id, since }) {
  const from = PERIODS[since] ? new Date(Date.now() - periodMs(PERIODS[since])).toISOString() : '';
  return { action, status, user, spreadsheet_id, since: from };
}

export const isFiltered = (parameters) => Object.values(queryOf(parameters)).some(Boolean);

/** A form whose choices become the view's address. */
export function runFilters(parameters, actions, tabs) {
  const books = [...new Map(tabs.map(({ spreadsheet_id, workbook }) => [spreadsheet_id, workbook]))];
  const apply = (event) => {
    event?.preventDefault();
    location.hash = address('runs', '', { ...Object.fromEntries(new FormData(form)), by: parameters.by });
  };
  const form = el('form', { class: 'filters', submit: apply, 'aria-label': 'Which runs' },
    choice('action', 'Action', [['', 'All actions'], ...actions.map(({ name, label }) => [name, `${label} (${name})`])], parameters, apply),
    choice('status', 'Status', [['', 'Any status'], ...STATUSES.map((status) => [status, status])], parameters, apply),
    choice('spreadsheet_id', 'Spreadsheet', [['', 'All spreadsheets'], ...books.map(([id, book]) => [id, `${id} (${book})`])], parameters, apply),
    choice('since', 'Asked', [['', 'Any time'], ...Object.entries(PERIODS).map(([name, { label }]) => [name, label])], parameters, apply),
    el('label', {}, el('span', {}, 'User'),
      el('input', { name: 'user', type: 'search', placeholder: 'part of an e-mail address', value: parameters.user ?? '', change: apply })),
    el('button', { type: 'submit', class: 'unseen' }, 'Apply'));
  return form;
}

function choice(name, label, options, parameters, apply) {
  return el('label', {}, el('span', {}, label),
    el('select', { name, change: apply }, options.map(([value, text]) =>
      el('option', { value, selected: value === (parameters[name] ?? '') }, text))));
}
