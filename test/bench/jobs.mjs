// What a PM's jobs cost the service over HTTP, in processor time and memory: node test/bench/jobs.mjs [rows [rounds]]
// Each round begins with new workbooks and a new database; medians are told. A machine compares by the ratio to the
// yardstick, which is measured in the same run: a table of that many rows as JSON and back.

import { pathToFileURL } from 'node:url';

import { SheetsWorld } from './sheets_world.mjs';

export const COLUMNS = 32;

export const medianOf = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

/** Milliseconds of processor. */
function yardstick(rows) {
  const table = Array.from({ length: rows }, (_, row) => Array.from({ length: COLUMNS }, (_, column) => `row ${row} of column ${column}`));
  const taken = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage();
    JSON.parse(JSON.stringify(table));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return medianOf(taken);
}

/** A PM's day with new workbooks: `[name, milliseconds of processor]` of each job, and the service's memory at its end. */
async function day(rows) {
  const world = await SheetsWorld.start(rows);
  const told = [];
  const job = async (name, ...asked) => told.push([name, await world.job(...asked)]);
  try {
    await job('pm.backlog_sync, first', 'pm.backlog_sync');
    await job('pm.backlog_sync, again', 'pm.backlog_sync');
    await job('flow1.full_sync', 'flow1.full_sync');
    await job('pm.add_to_scoring', 'pm.add_to_scoring', 'Backlog');
    await world.typeScoringInputs();
    await job('pm.score_selected, first', 'pm.score_selected', 'Scoring_Inputs');
    await job('pm.score_selected, again', 'pm.score_selected', 'Scoring_Inputs');
    await job('pm.switch_framework', 'pm.switch_framework', 'Scoring_Inputs');
    await world.type('product_ops', 'Scoring_Inputs', ['Strategic Priority Coefficient'], (row) => [1 + (row % 3)]);
    await job('pm.save_selected', 'pm.save_selected', 'Scoring_Inputs');
    return { told, memory: world.memory() };
  } finally {
    await world.stop();
  }
}

/** Medians of several days: `{jobs: {name: ms}, memory: {rest, peak}, yardstick}`; megabytes and milliseconds. */
export async function measureJobs(rows, rounds) {
  const days = [];
  for (let round = 0; round < rounds; round += 1) days.push(await day(rows));
  const jobs = Object.fromEntries(days[0].told.map(([name], i) => [name, medianOf(days.map(({ told }) => told[i][1]))]));
  const memory = Object.fromEntries(['rest', 'peak'].map((name) => [name, medianOf(days.map((one) => one.memory[name]))]));
  return { jobs, memory, yardstick: yardstick(rows) };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [rows = 1000, rounds = 3] = process.argv.slice(2).map(Number);
  const { jobs, memory, yardstick: unit } = await measureJobs(rows, rounds);
  console.log(`${rows} rows; the yardstick takes ${unit.toFixed(1)} ms`);
  for (const [name, ms] of Object.entries(jobs))
    console.log(`${name.padEnd(26)} ${ms.toFixed(0).padStart(7)} ms of processor  ${(ms / unit).toFixed(1).padStart(6)} × the yardstick`);
  console.log(`memory: ${memory.peak.toFixed(0)} MB at most, ${memory.rest.toFixed(0)} MB at rest`);
}
