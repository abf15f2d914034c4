// The form of one action, made from what the registry says about it.

import { el } from '../dom.js';
import { problemBox } from '../parts/problem_box.js';
import { words } from '../format.js';

const SCOPES = { all: 'All', selection: 'These initiatives', filter: 'Those that fit' };
const COLUMNS = [['use_math_model', 'Use Math Model'], ['approved_by_user', 'approved_by_user'],
  ['active_scoring_framework', 'Active Scoring Framework'], ['status', 'Status']]; // with the sheets' headers

/**
 * `like` is a request whose values the form starts with. Calls `changed` when a value changes and `submit` with
 * the request, without dry_run, when the form is sent.
 */
export function actionForm({ action, tabs, like, changed, submit }) {
  const trouble = el('div', {});
  const send = (event) => {
    event.preventDefault();
    trouble.replaceChildren();
    try {
      submit(readRequest(form, action, tabs));
    } catch (error) {
      trouble.append(problemBox(error));
    }
  };
  const form = el('form', { class: 'card action-form', submit: send, input: changed },
    scopeFields(action, like?.scope), contextField(action, tabs, like?.sheet_context),
    action.options.filter(({ name }) => name !== 'dry_run').map((option) => optionField(option, like?.options?.[option.name])),
    el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, 'Dry run')), trouble);
  return form;
}

function scopeFields(action, scope) {
  const type = scope?.type === 'initiative_keys' ? 'selection' : scope?.type ?? action.scopes[0];
  const predicate = scope?.predicate ?? {};
  return el('fieldset', { class: 'scope' }, el('legend', {}, 'Which initiatives'),
    el('div', { class: 'choices' }, action.scopes.map((name) => el('label', {},
      el('input', { type: 'radio', name: 'scope', value: name, checked: name === type }), SCOPES[name] ?? name))),
    action.scopes.includes('selection') && el('label', { class: 'field keys' }, el('span', {}, 'Initiative keys'),
      el('textarea', { name: 'keys', rows: 3, placeholder: 'INIT-000001, INIT-000002', spellcheck: 'false' },
        (scope?.initiative_keys ?? []).join(', '))),
    action.scopes.includes('filter') && el('div', { class: 'predicate' },
      select('column', 'Column', COLUMNS, predicate.column),
      select('op', 'Is', [['==', 'equal to'], ['!=', 'not equal to']], predicate.op),
      el('label', { class: 'field' }, el('span', {}, 'Value'), el('input', { name: 'value', value: predicate.value ?? '' }))));
}

function contextField(action, tabs, context) {
  const fitting = tabs.filter(({ workbook }) => action.workbooks.includes(workbook));
  if (fitting.length === 0) return null;
  const present = tabs.findIndex(({ spreadsheet_id, tab }) => spreadsheet_id === context?.spreadsheet_id && tab === context?.tab);
  const first = action.needs_selection ? tabs.indexOf(fitting[0]) : '';
  const options = fitting.map((tab) => [tabs.indexOf(tab), `${tab.tab} (${tab.spreadsheet_id})`]);
  if (!action.needs_selection) options.unshift(['', 'As configured']);
  return select('context', 'Tab', options, present >= 0 ? present : first);
}

function optionField(option, value) {
  const note = el('small', { class: 'note' }, option.summary);
  const label = words(option.name);
  if (option.type === 'boolean') {
    return el('label', { class: 'check' }, el('input', { type: 'checkbox', name: `option.${option.name}`, checked: value ?? option.default === true }), label, note);
  }
  if (option.enum) {
    const field = select(`option.${option.name}`, label, [['', 'Not given'], ...option.enum.map((name) => [name, name])], value);
    field.append(note);
    return field;
  }
  const isNumber = option.type === 'integer';
  return el('label', { class: 'field' }, el('span', {}, label), el('input', {
    name: `option.${option.name}`, type: isNumber ? 'number' : 'text', min: isNumber && option.minimum, max: isNumber && option.maximum,
    value: value ?? option.default ?? '',
  }), note);
}

function select(name, label, options, present) {
  return el('label', { class: 'field' }, el('span', {}, label), el('select', { name }, options.map(([value, text]) =>
    el('option', { value, selected: String(value) === String(present ?? '') }, text))));
}

/** The request that the form stands for. Throws an Error that says what is missing. */
function readRequest(form, action, tabs) {
  const values = new FormData(form);
  const request = { action: action.name, scope: readScope(values), options: {}, requested_by: { ui: 'console' } };
  const context = values.get('context');
  if (context) request.sheet_context = { spreadsheet_id: tabs[context].spreadsheet_id, tab: tabs[context].tab };
  for (const option of action.options) {
    const given = readOption(values, option);
    if (given !== undefined && option.name !== 'dry_run') request.options[option.name] = given;
  }
  return request;
}

function readScope(values) {
  const type = values.get('scope');
  if (type === 'filter') {
    return { type, predicate: { column: values.get('column'), op: values.get('op'), value: readValue(values.get('value')) } };
  }
  if (type !== 'selection') return { type };
  const keys = values.get('keys').split(/[\s,;]+/).filter(Boolean);
  if (keys.length === 0) throw new Error('Name at least one initiative key.');
  return { type, initiative_keys: keys };
}

/** "true" and "3" are what a sheet's cell would be: a checkbox, a number. */
function readValue(text) {
  if (text === '') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isFinite(Number(text)) ? Number(text) : text;
}

function readOption(values, option) {
  const given = values.get(`option.${option.name}`);
  if (option.type === 'boolean') return given !== null;
  if (given === null || given === '') return undefined;
  return option.type === 'integer' ? Number(given) : given;
}
