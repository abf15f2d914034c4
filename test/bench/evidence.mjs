// Measures and writes docs/evidence.md; scripts/evidence builds what this needs and calls it.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs, promisify } from 'node:util';

import { executable } from '../integration/node/roadmapd_process.mjs';
import { COLUMNS, measureJobs } from './jobs.mjs';
import { pageOf } from './evidence_page.mjs';

const MOST_OUTPUT = 1 << 26;
const ROWS = 1000;

const { values: { quick, out } } = parseArgs({ options: { quick: { type: 'boolean' }, out: { type: 'string', default: 'docs/evidence.md' } } });
const size = quick ? { storm: 60, rounds: 1, memory: [10_000], edge: 2 } : { storm: 600, rounds: 5, memory: [10_000, 50_000], edge: 8 };

async function run(file, args = [], env = {}) {
  try {
    const { stdout } = await promisify(execFile)(file, args, { env: { ...process.env, ...env }, maxBuffer: MOST_OUTPUT });
    return stdout;
  } catch (error) {
    throw new Error(`${error.stdout ?? ''}${error.stderr ?? ''}${error.message}`, { cause: error.stdout });
  }
}

const bench = (name) => run(`build/release/test/bench/${name}`);

/** `[name, value]` of each line of the table at the storm's end. */
async function storm() {
  const said = await run('node', ['test/storm/storm.mjs', '--seconds', String(size.storm), '--without', 'moveColumn', '--service', executable]);
  return Object.fromEntries(said.split('\n').map((line) => /^(\S.*?) {2,}(\S.*)$/.exec(line)).filter(Boolean).map(([, name, value]) => [name, value]));
}

async function ledger() {
  const said = await bench('ledger_bench');
  const enqueues = [...said.matchAll(/^ *(\d+) threads: insert and fsync +(\d+) \/s, enqueue +(\d+) \/s, ratio +([\d.]+), processor +(\d+)/gm)]
    .map(([, ...figures]) => figures.map(Number)).map(([clients, fsyncs, enqueued, ratio, processor]) => ({ clients, fsyncs, enqueued, ratio, processor }));
  const [, few, fewCost, many, manyCost, ratio] = /draining (\d+) runs +(\d+) us .* draining (\d+) +(\d+) us each, ratio +([\d.]+)/.exec(said).map(Number);
  return { enqueues, drain: { few, fewCost, many, manyCost, ratio } };
}

async function store() {
  return [...(await bench('store_bench')).matchAll(/^(.*?) +(\d+) ms of processor/gm)].map(([, what, ms]) => [what, Number(ms)]);
}

async function formula() {
  const said = await bench('formula_bench');
  return [...said.matchAll(/^(.*?) +([\d.]+) us +([\d.]+) x the words/gm)].map(([, what, us, ratio]) => ({ what, us: Number(us), ratio: Number(ratio) }));
}

async function memory() {
  const measured = [];
  for (const rows of size.memory) measured.push([rows, await measureJobs(rows, 1)]);
  return measured;
}

/**
 * `{directly, proxied}`: for each attack and each of what is asked meanwhile `{attack, asked, median, almost, most}`, in
 * milliseconds; `proxied` is empty where nginx is absent.
 */
async function edge() {
  const said = await run('node', ['test/edge/edge.mjs', String(size.edge)]).catch((error) => {
    // Answers that came late are a figure, answers that did not come are a failure.
    if (!/^NOT every answer/m.test(error.cause) || /failed [1-9]|^NOT without/m.test(error.cause)) throw error;
    return error.cause;
  });
  const [directly, proxied] = said.split('== through nginx').map((part) =>
    [...part.matchAll(/^(.+?) {2,}(\S+) +median ([\d.]+) ms {2}99 % ([\d.]+) ms {2}most ([\d.]+) ms/gm)]
      .map(([, attack, asked, ...times]) => [attack, asked, ...times.map(Number)])
      .map(([attack, asked, median, almost, most]) => ({ attack, asked, median, almost, most })));
  return { directly, proxied };
}

/** "2 cores, 24 GB, Debian 12, Linux 6.1": nothing that names the machine. */
function machine() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const field = (name) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(release)?.[1] ?? '';
  const distribution = `${field('ID').replace(/^./, (letter) => letter.toUpperCase())} ${field('VERSION_ID')}`;
  return `${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${distribution}, Linux ${/^\d+\.\d+/.exec(os.release())}`;
}

async function commit() {
  const changed = (await run('git', ['status', '--porcelain', '--untracked-files=no'])).trim() !== '';
  return (await run('git', ['rev-parse', '--short', 'HEAD'])).trim() + (changed ? ', with changes' : '');
}

const PARTS = { ledger, store, formula, jobs: () => measureJobs(ROWS, size.rounds), memory, edge, storm };

const measured = { quick, machine: machine(), commit: await commit(), date: new Date().toISOString().slice(0, 10), seconds: size.storm,
  rounds: size.rounds, rows: ROWS, columns: COLUMNS };
for (const [name, part] of Object.entries(PARTS)) {
  console.log(`measuring: ${name}`);
  try {
    measured[name] = await part();
  } catch (error) {
    console.error(`${error.message}\nerror: the part '${name}' failed; ${out} is as it was`);
    process.exit(1);
  }
}
writeFileSync(out, pageOf(measured));
console.log(`wrote ${out}`);
