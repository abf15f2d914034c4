// What the service knows and what hardly changes while a page is open: its actions, fields and tabs.

import { get } from './api.js';
import { words } from './format.js';

const STATUS_MS = 30_000; // ids of tabs become known with the first run on a spreadsheet
// Who wrote a stored value, where that is no action.
const SOURCES = {
  'flow0.intake_sync': 'intake', 'flow1.backlogsheet_read': 'Central Backlog', 'flow1.backlogsheet_write': 'Central Backlog',
  'flow3.productopssheet_read_inputs': 'Scoring_Inputs', 'flow3.productopssheet_write_scores': 'Scoring_Inputs',
  'flow4.sync_mathmodels': 'MathModels', 'flow4.sync_params': 'Params',
};
const TABS_BY_WEIGHT = ['Scoring_Inputs', 'Backlog', 'Intake']; // whose header names a field that several show

const kept = new Map();

/** What the service answers at `path`, asked for once, or again after `ms`. */
function once(path, ms = Infinity) {
  const known = kept.get(path);
  if (known && Date.now() - known.at < ms) return known.answer;
  const answer = get(path);
  kept.set(path, { answer, at: Date.now() });
  answer.catch(() => kept.delete(path));
  return answer;
}

/** The registered actions, in their order. */
export const allActions = async () => (await once('/actions')).actions;

let isDemo = false;

/** What GET /status told within the last half minute. */
export async function serviceStatus() {
  const status = await once('/status', STATUS_MS);
  isDemo = status.workspace === true;
  return status;
}

/** Whether the service last said that it is the demo's, whose workspace logs in to the console. */
export const hasWorkspace = () => isDemo;

/** The label of an action; its name when this version does not know it. */
export async function labelOf(name) {
  return (await allActions()).find((action) => action.name === name)?.label ?? name;
}

/** A function that says in words where a stored value came from: "Central Backlog" for "flow1.backlogsheet_read". */
export async function sourceNames() {
  const actions = await allActions();
  return (token) => SOURCES[token] ?? actions.find(({ name }) => name === token)?.label ?? words(token.replace(/^.*\./, ''));
}

/** Fields by name: {header, note, owners}; the header is the one that the sheets show. */
export async function fieldsByName() {
  const { fields } = await once('/fields');
  return new Map(fields.map(({ name, note, columns }) => {
    const best = TABS_BY_WEIGHT.map((tab) => columns.find((column) => column.tab === tab)).find(Boolean) ?? columns[0];
    return [name, { header: best?.header ?? words(name), note, owners: columns.map(({ owner }) => owner) }];
  }).reverse()); // of two with one name the first counts: an initiative's
}
