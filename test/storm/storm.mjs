// A storm over the service: node test/storm/storm.mjs --seconds 180 --seed 7 --service build/release/roadmapd
// Ends with a table, and with 1 where something happened that the specification does not allow.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `node test/storm/storm.mjs [OPTION VALUE]…
  --seconds N      how long (180)
  --kills N        goes on until the service was killed that often too
  --rows N         goes on until that many rows were sorted, inserted, deleted or copied too
  --seed N         repeats the choices of another storm
  --without A,B    habits that nobody has: copy, insertBlank, remove, sort, …
  --service FILE   the executable (build/release/roadmapd)
  --initiatives N  about how many wishes stand in intake at most (40)
  --traces FOLDER  where violations are told (build/storm)
  --go-on          does not end at the first quiet moment that found violations
  --keep           keeps the folder of database and workbooks`;

function options() {
  try {
    const text = { type: 'string' };
    const { values } = parseArgs({ options: {
      seconds: text, kills: text, rows: text, seed: text, service: text, without: text, initiatives: text, traces: text,
      'go-on': { type: 'boolean' }, keep: { type: 'boolean' }, help: { type: 'boolean' },
    } });
    const numbers = Object.fromEntries(['seconds', 'kills', 'rows', 'seed', 'initiatives'].map((name) => [name, wholeNumber(name, values[name])]));
    return { ...values, ...numbers };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function wholeNumber(name, text) {
  if (text !== undefined && !/^\d{1,9}$/.test(text)) throw new Error(`--${name} ${text}: a whole number of up to nine digits is wanted`);
  return text === undefined ? undefined : Number(text);
}

const { seconds = 180, kills = 0, rows = 0, seed = Date.now() % 1e6, service, initiatives = 40, traces = 'build/storm', keep, help,
  ...asked } = options();
if (help) {
  console.log(USAGE);
  process.exit(0);
}
if (service) process.env.ROADMAPD_BIN = path.resolve(service);
// Only now: what they import reads ROADMAPD_BIN.
const { Storm } = await import('./campaign.mjs');
const { kindsOf, tableOf, writeTraces } = await import('./report.mjs');

console.log(`seed ${seed}`);
const folder = mkdtempSync(path.join(tmpdir(), 'roadmapd-storm-'));
const until = (now) => now.elapsed >= seconds && now.kills >= kills && now.rows >= rows;
const storm = new Storm({ folder, seed, until, initiatives, goOn: asked['go-on'], without: asked.without?.split(',') ?? [], say: console.log });
try {
  await storm.start();
  await storm.blow();
} finally {
  await storm.stop();
  if (!keep) rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${tableOf(storm, seed)}`);
if (storm.tolerated.size > 0) console.log(`\nundecidable, and named:\n${writeTraces(storm, traces, seed, 'tolerated').join('\n')}`);
if (storm.found.size > 0) {
  console.log(`\n${kindsOf(storm.found)}\n\n${writeTraces(storm, traces, seed).join('\n')}`);
  process.exitCode = 1;
}
