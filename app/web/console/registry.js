// What the service knows and does not change while a page is open: its actions and tabs. Fetched once.

import { get } from './api.js';

let actions;
let status;

/** The registered actions, in their order. */
export function allActions() {
  actions ??= get('/actions').then((answer) => answer.actions);
  return forgetFailure(actions, () => { actions = undefined; });
}

/** The tabs that the service is configured for: [{workbook, spreadsheet_id, tab}]. */
export function configuredTabs() {
  status ??= get('/status').then((answer) => answer.tabs);
  return forgetFailure(status, () => { status = undefined; });
}

/** The label of an action; its name when this version does not know it. */
export async function labelOf(name) {
  return (await allActions()).find((action) => action.name === name)?.label ?? name;
}

function forgetFailure(promise, forget) {
  promise.catch(forget);
  return promise;
}
