// The service and the emulator, each a process of its own, with workbooks of as many rows as are asked for: every column
// that `roadmapd setup-sheets` makes, filled. What the service takes of processor and memory is read from /proc.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { environment, executable, RoadmapdProcess, temporaryFolder } from '../integration/node/roadmapd_process.mjs';
import { letter } from '../storm/journal.mjs';

export const SECRET = 'a secret of the bench, long enough';
const TOKEN = 'bench';
const ROWS_A_CALL = 2000;
const FEWEST_ROWS = 1000; // of a new tab
const QUIET_MS = 50;
const NUMBERS = ['Impact Low', 'Impact Expected', 'Impact High', 'Effort Engineering Days', 'Effort Other Teams Days', 'Infra Cost Estimate'];
const FRAMEWORKS = ['RICE', 'WSJF'];

/** What a team types in a column of its row. */
function teamCell(header, row) {
  if (header === 'Initiative Key' || header === 'Status') return '';
  if (header === 'Is Mandatory') return row % 7 === 0;
  if (header === 'Deadline Date') return 46_000 + (row % 700);
  if (NUMBERS.includes(header)) return 1 + ((row * 7) % 90);
  return `${header} of the wish in row ${row}`;
}

/** What a PM types to have a row scored. */
const scoringCells = (row) => ({
  'Active Scoring Framework': FRAMEWORKS[row % 2], 'RICE: Reach': 100 + row, 'RICE: Impact': [0.25, 0.5, 1, 2, 3][row % 5],
  'RICE: Confidence': 0.8, 'RICE: Effort': 1 + (row % 9), 'WSJF: Business Value': 5, 'WSJF: Time Criticality': 8,
  'WSJF: Risk Reduction': 3, 'WSJF: Job Size': 1 + (row % 13),
});

const configurationOf = (url, credentials, ids) => `
[server]
port = 0
[ledger]
path = "roadmap.db"
[sheets]
base_url = "${url}"
service_account_file = "${credentials}"
reads_per_minute = 1000000
writes_per_minute = 1000000
[log]
level = "warn"
[[central_backlog]]
spreadsheet_id = "${ids.backlog}"
tab = "Backlog"
[product_ops]
spreadsheet_id = "${ids.product_ops}"
[[intake]]
sheet_key = "intake"
spreadsheet_id = "${ids.intake}"
[[intake.tabs]]
key = "wishes"
tab_name = "Wishes"
`;

/** Nanoseconds of processor that the process has had. */
function processorOf(pid) {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, task) => sum + Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]), 0);
}

export class SheetsWorld {
  #folder = temporaryFolder();
  #emulator;
  #service;
  #headers = {};

  /** Both processes run, and `rows` wishes without keys stand in the intake. `env`: of the service, beside its secret. */
  static async start(rows, env = {}) {
    const world = new SheetsWorld();
    Object.assign(world, { rows, env });
    try {
      await world.#start();
    } catch (error) {
      await world.stop();
      throw error;
    }
    return world;
  }

  async stop() {
    await this.#service?.stop();
    await this.#emulator?.kill();
    this.#folder.remove();
  }

  async #start() {
    const credentials = path.join(this.#folder.path, 'service_account.json');
    const config = path.join(this.#folder.path, 'config.toml');
    mkdirSync(this.#folder.path, { recursive: true });
    this.#emulator = await RoadmapdProcess.start(['emulator', '--port', '0', '--token', TOKEN, '--write-credentials', credentials]);
    this.ids = {};
    for (const title of ['intake', 'backlog', 'product_ops']) {
      const made = await this.#google('POST', '/v4/spreadsheets', { properties: { title } });
      this.ids[title] = made.spreadsheetId;
    }
    writeFileSync(config, configurationOf(this.#emulator.url, credentials, this.ids));
    await promisify(execFile)(executable, ['setup-sheets', '--config', config], { env: { ...environment, ROADMAP_AI_SECRET: SECRET } });
    await this.#grow('intake', 'Wishes');
    const headers = await this.#headersOf('intake', 'Wishes');
    await this.type('intake', 'Wishes', headers, (row) => headers.map((header) => teamCell(header, row)));
    this.#service = await RoadmapdProcess.start(['serve', '--config', config], { ...this.env, ROADMAP_AI_SECRET: SECRET });
  }

  async #google(method, target, body) {
    const response = await fetch(this.#emulator.url + target, {
      method, headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' }, ...(body && { body: JSON.stringify(body) }),
    });
    assert.equal(response.status, 200, `${method} ${target}`);
    return response.json();
  }

  async #grow(workbook, tab) {
    if (this.rows < FEWEST_ROWS) return;
    const { sheets } = await this.#google('GET', `/v4/spreadsheets/${this.ids[workbook]}?fields=sheets.properties`);
    const { sheetId } = sheets.map(({ properties }) => properties).find(({ title }) => title === tab);
    const appendDimension = { sheetId, dimension: 'ROWS', length: this.rows };
    await this.#google('POST', `/v4/spreadsheets/${this.ids[workbook]}:batchUpdate`, { requests: [{ appendDimension }] });
  }

  async #headersOf(workbook, tab) {
    this.#headers[tab] ??= (await this.#google('GET', `/v4/spreadsheets/${this.ids[workbook]}/values/${tab}!1:1`)).values[0];
    return this.#headers[tab];
  }

  /** Types into neighbouring columns of every row; `cellsOf(row)` says what. Rows count from 2. */
  async type(workbook, tab, columns, cellsOf) {
    const headers = await this.#headersOf(workbook, tab);
    const first = letter(headers.indexOf(columns[0]));
    for (let row = 2; row < this.rows + 2; row += ROWS_A_CALL) {
      const many = Math.min(ROWS_A_CALL, this.rows + 2 - row);
      const values = Array.from({ length: many }, (_, i) => cellsOf(row + i));
      await this.#google('POST', `/v4/spreadsheets/${this.ids[workbook]}/values:batchUpdate`, {
        valueInputOption: 'RAW', data: [{ range: `${tab}!${first}${row}`, values }],
      });
    }
  }

  /** A PM fills in what RICE and WSJF ask for, in every row of Scoring_Inputs. */
  async typeScoringInputs() {
    for (const [column] of Object.entries(scoringCells(2)))
      await this.type('product_ops', 'Scoring_Inputs', [column], (row) => [scoringCells(row)[column]]);
  }

  get url() {
    return this.#service.url;
  }

  get keys() {
    return Array.from({ length: this.rows }, (_, i) => `INIT-${String(i + 1).padStart(6, '0')}`);
  }

  /**
   * Milliseconds of processor that the service takes for one job over HTTP, from the request to the end of all that
   * follows its answer. Without `tab` it is asked for all.
   */
  async job(action, tab) {
    const before = processorOf(this.#service.child.pid);
    const place = { Backlog: 'backlog', Scoring_Inputs: 'product_ops' }[tab];
    const { run_id: runId } = await this.#ask('POST', '/actions/run', {
      action,
      ...(tab && { scope: { type: 'selection', initiative_keys: this.keys }, sheet_context: { spreadsheet_id: this.ids[place], tab } }),
    });
    let run;
    do run = await this.#ask('GET', `/actions/run/${runId}?wait=50`);
    while (run.status === 'queued' || run.status === 'running');
    assert.equal(run.status, 'success', `${action}: ${JSON.stringify(run.error)}`);
    return ((await this.#processorWhenQuiet()) - before) / 1e6;
  }

  async #ask(method, target, body) {
    const response = await fetch(this.#service.url + target, {
      method, headers: { 'X-ROADMAP-AI-SECRET': SECRET, 'Content-Type': 'application/json' }, ...(body && { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${method} ${target}: ${response.status}`);
    return response.json();
  }

  async #processorWhenQuiet() {
    for (let last = -1; ;) {
      const now = processorOf(this.#service.child.pid);
      if (now - last < 1e5) return now;
      last = now;
      await pause(QUIET_MS);
    }
  }

  /** Megabytes that the service has now, and the most it has had. */
  memory() {
    const status = readFileSync(`/proc/${this.#service.child.pid}/status`, 'utf8');
    const megabytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)[1]) / 1024;
    return { rest: megabytes('VmRSS'), peak: megabytes('VmHWM') };
  }
}
