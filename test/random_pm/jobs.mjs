// The jobs that people ask for, and the flows that programs ask for.

import { TAB_PLACES, tabsOf } from './world.mjs';

const PM_JOBS = [
  ['pm.backlog_sync', 6],
  ['flow1.backlog_sync', 3],
  ['flow0.intake_sync', 1],
  ['pm.save_selected', 8],
  ['pm.score_selected', 8],
  ['pm.switch_framework', 6],
  ['pm.add_to_scoring', 3],
];
const FLOWS = [
  ['flow1.full_sync', 3],
  ['flow2.activate', 2],
  ['flow3.sync_inputs', 2],
  ['flow3.compute_all_frameworks', 2],
  ['flow3.write_scores', 2],
  ['flow4.sync_mathmodels', 1],
  ['flow4.sync_params', 1],
  ['flow4.suggest_mathmodels', 1],
  ['flow4.seed_params', 3],
];
// Where people type into the same few cells, these follow each other.
const HOT_JOBS = [
  ['pm.backlog_sync'],
  ['pm.backlog_sync'],
  ['pm.backlog_sync'],
  ['flow1.backlog_sync'],
  ['flow0.intake_sync'],
  ['pm.save_selected', 'backlog_apac'],
  ['pm.save_selected', 'backlog_apac'],
  ['pm.save_selected', 'scoring'],
  ['pm.score_selected', 'scoring'],
  ['pm.switch_framework', 'scoring'],
  ['pm.switch_framework', 'backlog_apac'],
];
const WHERE = {
  'pm.save_selected': ['backlog_emea', 'backlog_emea', 'backlog_apac', 'scoring', 'scoring', 'models', 'params'],
  'pm.score_selected': ['scoring', 'scoring', 'scoring', 'scoring', 'models', 'params'],
  'pm.switch_framework': ['scoring', 'scoring', 'backlog_emea', 'backlog_apac'],
  'pm.add_to_scoring': tabsOf('backlog'),
  'flow4.seed_params': ['models'],
};

export function drawJobStep(random, traits, served) {
  if (traits.has('hot') && random.chance(0.6)) {
    const [run, tab] = random.pick(HOT_JOBS.filter(([name]) => served.has(name)));
    return { run, ...(tab && { tab, pick: 'all', rows: true }) };
  }
  const table = [...PM_JOBS, ...(traits.has('flows') ? FLOWS : [])].filter(([action]) => served.has(action));
  const action = random.pick(table.flatMap(([name, weight]) => Array(weight).fill(name)));
  const step = { run: action };
  if (WHERE[action])
    Object.assign(step, {
      tab: random.pick(WHERE[action]),
      pick: random.chance(0.4) ? 'all' : drawFractions(random),
      ...(random.chance(0.2) && { blank: true }),
      ...(random.chance(0.5) && { rows: true }),
      ...(random.chance(0.1) && { foreign: 'INIT-000777' }),
    });
  if (action === 'flow2.activate')
    step.options = { ...(random.chance(0.7) && { framework: random.pick(['RICE', 'WSJF']) }), only_missing: random.chance(0.4) };
  if (action === 'flow0.intake_sync' && random.chance(0.3)) step.options = { allow_status_override: true };
  return step;
}

const drawFractions = (random) => Array.from({ length: random.between(1, 4) }, () => Math.round(random.next() * 1000) / 1000);

/** The request of a job step on these cells; `tabId` is for the oracle only. */
export function requestOf(step, snapshot, spreadsheetIds) {
  const request = { action: step.run, scope: { type: 'all' }, options: step.options ?? {} };
  if (step.tab === undefined) return { request, tabId: undefined };
  const rows = snapshot
    .tab(step.tab)
    .rows()
    .filter((row) => row.key !== '' && row.keyCell.e === undefined);
  const picked =
    step.pick === 'all'
      ? rows
      : [...new Set(step.pick.map((fraction) => rows[Math.floor(fraction * rows.length)]).filter(Boolean))];
  const keys = picked.map((row) => row.key);
  if (step.foreign) keys.push(step.foreign);
  if (step.blank) keys.splice(1, 0, '');
  const place = TAB_PLACES[step.tab];
  request.scope = {
    type: 'selection',
    initiative_keys: keys,
    ...(step.rows && { rows: picked.map((row) => ({ row: row.number, initiative_key: row.key })) }),
  };
  request.sheet_context = { spreadsheet_id: spreadsheetIds[place.workbook], tab: place.title };
  return { request, tabId: step.tab };
}
