// An operator's first hour, as README and guide print it, with the emulator in Google's place.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { executable, RoadmapdProcess, temporaryFolder } from '../integration/node/roadmapd_process.mjs';

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
const WORKBOOKS = { backlog: 'demo-central-backlog', ops: 'demo-product-ops', emea: 'demo-intake-emea', apac: 'demo-intake-apac' };
const address = (id) => `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`;
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ROADMAP')));

const google = () => ({ ROADMAPD_SHEETS_BASE_URL: emulator.url });
const command = (args, options) => run(executable, args, options);
const init = (args, input) => command(['init', ...args], { env: google(), input });
const given = ['--backlog', address(WORKBOOKS.backlog), '--product-ops', WORKBOOKS.ops, '--intake', address(WORKBOOKS.emea), '--intake', WORKBOOKS.apac];
const file = (name) => path.join(folder.path, name);

let folder;
let emulator;
before(async () => {
  folder = temporaryFolder();
  const demo = await command(['demo', '--once', '--data', path.join(folder.path, 'demo')]);
  assert.equal(demo.code, 0, demo.errors);
  emulator = await RoadmapdProcess.start(['emulator', '--port', '0', '--data', path.join(folder.path, 'demo', 'workbooks'),
    '--write-credentials', path.join(folder.path, 'service_account.json')]);
});
after(async () => {
  await emulator?.stop();
  folder?.remove();
});

/** Runs a program to its end. */
function run(program, args, { input = '', env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder.path, env: { ...environment, ...env } });
    const outcome = { output: '', errors: '' };
    child.stdout.on('data', (data) => { outcome.output += data; });
    child.stderr.on('data', (data) => { outcome.errors += data; });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...outcome }));
    child.stdin.on('error', () => {}); // a program that does not read to the end
    child.stdin.end(input);
  });
}

test('init finds the tabs by their headers and writes the configuration', async () => {
  const { code, output, errors } = await init(given);
  assert.equal(code, 0, output + errors);
  assert.match(output, /^Share every workbook with \S+@\S+ as Editor\./);
  for (const tab of ['Backlog', 'Scoring_Inputs', 'MathModels', 'Params', 'Marketing_EMEA', 'Sales_EMEA', 'Growth_APAC'])
    assert.match(output, new RegExp(`tab ${tab}: headers in row 1, \\d+ columns known`));
  const config = readFileSync(file('config.toml'), 'utf8');
  for (const id of Object.values(WORKBOOKS)) assert.ok(config.includes(`spreadsheet_id = "${id}"`), id);
  assert.match(config, /tab_name = "Growth_APAC"/);
});

test('what init wrote is what check accepts, but for the secret', async () => {
  const { output } = await command(['check'], { env: { ROADMAP_AI_SECRET: 'a secret of the first hour, long enough' } });
  assert.doesNotMatch(output, /^FIX/m, output);
});

test('init asks for what is not given, and asks again after what is no address', async () => {
  const { code, output } = await init(['--config', 'asked.toml', '--ledger', '/var/lib/asked.db'], `hello\n${address(WORKBOOKS.backlog)}\n\n${WORKBOOKS.emea}\n\n`);
  assert.equal(code, 0, output);
  assert.match(output, /That is no address of a spreadsheet; one looks like https:/);
  const config = readFileSync(file('asked.toml'), 'utf8');
  assert.ok(config.includes(WORKBOOKS.backlog) && config.includes('Sales_EMEA') && !config.includes(WORKBOOKS.ops));
  assert.ok(config.includes('path = "/var/lib/asked.db"'));
});

test('init never writes over a file, and writes nothing when something must be put right', async () => {
  writeFileSync(file('mine.toml'), 'mine');
  const kept = await init([...given, '--config', 'mine.toml']);
  assert.equal(kept.code, 1);
  assert.match(kept.errors, /mine\.toml exists and is not written over/);
  assert.equal(readFileSync(file('mine.toml'), 'utf8'), 'mine');

  const stranger = await init(['--backlog', 'not-shared-with-it', '--config', 'none.toml']);
  assert.equal(stranger.code, 1);
  assert.match(stranger.output, /^FIX +central_backlog: .*Share it with \S+@/m);
  assert.equal(existsSync(file('none.toml')), false);
});

test('init says what is wrong with its arguments', async () => {
  const cases = [
    [['--backlog', 'x y', '--config', 'a.toml'], /'x y' is no address of a spreadsheet/],
    [['--backlog', 'https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml', '--config', 'a.toml'], /no address of a spreadsheet/],
    [['--intake', WORKBOOKS.emea, '--config', 'a.toml'], /--backlog is missing/],
    [[...given, '--service-account', 'nobody.json', '--config', 'a.toml'], /there is no file '.*nobody\.json'; create the account/],
    [['--config', 'a.toml'], /the input ended; give the address with --backlog/],
  ];
  for (const [args, expected] of cases) {
    const { code, errors } = await init(args);
    assert.equal(code, 2, errors);
    assert.match(errors, expected);
    assert.equal(existsSync(file('a.toml')), false);
  }
});

test('the last step of README works as it is printed', async () => {
  const [, block] = /## Run it on your own sheets[\s\S]*?```\n([\s\S]*?)```/.exec(readme);
  const port = 20_000 + (process.pid % 20_000);
  const script = `set -e\ntrap 'kill $(jobs -p)' EXIT\n${block.replaceAll('127.0.0.1:8000', `127.0.0.1:${port}`)}`;
  const { code, output, errors } = await run('bash', ['-c', script],
    { env: { ROADMAPD_SERVER_PORT: String(port), PATH: `${path.dirname(executable)}:${process.env.PATH}` } });
  assert.equal(code, 0, output + errors);
  const answer = JSON.parse(output.slice(output.indexOf('{')));
  assert.equal(answer.action, 'pm.backlog_sync', output);
  assert.match(answer.status, /^(running|success)$/, output);
});
