// The processes and workbooks that a sequence is played on: an emulator for all of them, a service and a ledger for each.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rmSync, mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { RoadmapdProcess, temporaryFolder } from '../integration/node/roadmapd_process.mjs';
import { Snapshot } from './snapshot.mjs';

const TOKEN = 'random-pm';
const SECRET = 'a secret of the random PM, long enough';
const WAIT_SECONDS = 30;
const LAST_COLUMN = 60;

/** tab id -> where it stands. `org` is the product_org that its initiatives belong to. */
export const TAB_PLACES = {
  north: { workbook: 'intake_emea', title: 'North', kind: 'intake', org: 'emea' },
  south: { workbook: 'intake_emea', title: 'South', kind: 'intake', org: 'emea' },
  east: { workbook: 'intake_apac', title: 'East', kind: 'intake', org: 'apac', allowsOverride: true },
  backlog_emea: { workbook: 'backlog_emea', title: 'Backlog', kind: 'backlog', org: 'emea' },
  backlog_apac: { workbook: 'backlog_apac', title: 'Backlog', kind: 'backlog', org: 'apac' },
  scoring: { workbook: 'product_ops', title: 'Scoring_Inputs', kind: 'scoring' },
  models: { workbook: 'product_ops', title: 'MathModels', kind: 'models' },
  params: { workbook: 'product_ops', title: 'Params', kind: 'params' },
};
export const WORKBOOKS = [...new Set(Object.values(TAB_PLACES).map(({ workbook }) => workbook))];
export const tabsOf = (kind) => Object.keys(TAB_PLACES).filter((id) => TAB_PLACES[id].kind === kind);

const keptOpen = new http.Agent({ keepAlive: true, maxSockets: 8 });
const MOST_ATTEMPTS = 5;

function exchange(url, method, pathname, headers, text) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    // A server may close an idle connection at any time. What changes something gets a connection of its own, so that it is sent once.
    const agent = method === 'GET' ? keptOpen : false;
    const length = text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    const request = http.request(
      { agent, hostname, port, method, path: pathname, headers: { ...headers, ...length } },
      (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => {
          const answer = Buffer.concat(parts).toString('utf8');
          resolve({ status: response.statusCode, body: answer === '' ? undefined : JSON.parse(answer) });
        });
      },
    );
    request.on('error', (error) => {
      reject(Object.assign(new Error(`${method} ${pathname}: ${error.message}`, { cause: error }), { code: error.code }));
    });
    request.end(text);
  });
}

async function call(url, method, pathname, headers, body) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const maySendAgain =
    method === 'GET' || headers['Idempotency-Key'] !== undefined || /calls\/reset$|values:batchUpdate$/.test(pathname);
  for (let attempt = 1; ; ++attempt) {
    try {
      return await exchange(url, method, pathname, headers, text);
    } catch (error) {
      if (!maySendAgain || attempt === MOST_ATTEMPTS || !['ECONNRESET', 'EPIPE'].includes(error.code)) throw error;
    }
  }
}

const plain = (entry) => entry.stringValue ?? entry.numberValue ?? entry.boolValue ?? '';

/** One cell of Google's grid data, as cells.mjs describes cells. */
function cellOf({ userEnteredValue = {}, effectiveValue = {}, formattedValue = '' } = {}) {
  const cell = { v: plain(effectiveValue), d: formattedValue };
  if (userEnteredValue.formulaValue !== undefined) cell.f = userEnteredValue.formulaValue;
  if (effectiveValue.errorValue !== undefined) Object.assign(cell, { v: '', e: formattedValue });
  return cell;
}

export class World {
  static async start() {
    const folder = temporaryFolder();
    const credentials = path.join(folder.path, 'service_account.json');
    const emulator = await RoadmapdProcess.start([
      'emulator',
      '--port',
      '0',
      '--token',
      TOKEN,
      '--write-credentials',
      credentials,
      '--test-hooks',
    ]);
    return new World(folder, credentials, emulator);
  }

  #service;
  #number = 0;

  constructor(folder, credentials, emulator) {
    Object.assign(this, { folder, credentials, emulator });
    this.ids = {}; // workbook -> spreadsheet id
    this.sheetIds = {}; // tab id -> sheet id
  }

  async stop() {
    await this.#service?.kill();
    await this.emulator.kill();
    this.folder.remove();
  }

  async #sheets(method, pathname, body) {
    const answer = await call(this.emulator.url, method, pathname, { Authorization: `Bearer ${TOKEN}` }, body);
    assert.equal(
      answer.status,
      200,
      `${method} ${pathname}: ${JSON.stringify(answer.body)} for ${JSON.stringify(body)?.slice(0, 500)}`,
    );
    return answer.body;
  }

  /** New workbooks whose tabs have these header rows, and a service with an empty ledger that knows them. */
  async begin(headers) {
    await this.#service?.kill();
    this.#number += 1;
    await Promise.all(WORKBOOKS.map((workbook) => this.#create(workbook, headers)));
    const ledger = path.join(this.folder.path, `sequence-${this.#number}`);
    rmSync(path.join(this.folder.path, `sequence-${this.#number - 1}`), { recursive: true, force: true });
    mkdirSync(ledger);
    writeFileSync(path.join(ledger, 'config.toml'), this.#configuration());
    this.#service = await RoadmapdProcess.start(['serve', '--config', path.join(ledger, 'config.toml')], {
      ROADMAP_AI_SECRET: SECRET,
    });
  }

  async #create(workbook, headers) {
    const tabs = Object.entries(TAB_PLACES).filter(([, place]) => place.workbook === workbook);
    const created = await this.#sheets('POST', '/v4/spreadsheets', {
      properties: { title: workbook },
      sheets: tabs.map(([, { title }]) => ({ properties: { title, gridProperties: { rowCount: 400, columnCount: LAST_COLUMN } } })),
    });
    this.ids[workbook] = created.spreadsheetId;
    created.sheets.forEach(({ properties }, index) => (this.sheetIds[tabs[index][0]] = properties.sheetId));
    await this.#sheets('POST', `/v4/spreadsheets/${created.spreadsheetId}/values:batchUpdate`, {
      valueInputOption: 'RAW',
      data: tabs.map(([id, { title }]) => ({ range: `${title}!A1`, values: [headers[id]] })),
    });
  }

  #configuration() {
    const intake = ['intake_emea', 'intake_apac']
      .map(
        (workbook) => `
[[intake]]
sheet_key = "${workbook}"
spreadsheet_id = "${this.ids[workbook]}"
${Object.entries(TAB_PLACES)
  .filter(([, place]) => place.workbook === workbook)
  .map(
    ([id, { title, org, allowsOverride = false }]) => `
[[intake.tabs]]
key = "${id}"
tab_name = "${title}"
product_org = "${org}"
allow_status_override = ${allowsOverride}`,
  )
  .join('\n')}`,
      )
      .join('\n');
    const backlogs = tabsOf('backlog')
      .map(
        (id) => `
[[central_backlog]]
spreadsheet_id = "${this.ids[TAB_PLACES[id].workbook]}"
product_org = "${TAB_PLACES[id].org}"`,
      )
      .join('\n');
    return `
[server]
port = 0
threads = 8
[ledger]
path = "roadmap.db"
[worker]
threads = 1
[sheets]
base_url = "${this.emulator.url}"
service_account_file = "${this.credentials}"
reads_per_minute = 1000000
writes_per_minute = 1000000
[log]
level = "warn"
[product_ops]
spreadsheet_id = "${this.ids.product_ops}"
${backlogs}
${intake}
`;
  }

  /** The cells of all tabs of these workbooks, or of all. */
  async read(workbooks = WORKBOOKS) {
    const grids = {};
    await Promise.all(
      workbooks.map(async (workbook) => {
        const fields = 'sheets(properties(sheetId),data(rowData(values(userEnteredValue,effectiveValue,formattedValue))))';
        const { sheets } = await this.#sheets(
          'GET',
          `/v4/spreadsheets/${this.ids[workbook]}?includeGridData=true&fields=${encodeURIComponent(fields)}`,
        );
        for (const { properties, data } of sheets) {
          const id = Object.keys(this.sheetIds).find(
            (tab) => this.sheetIds[tab] === (properties.sheetId ?? 0) && TAB_PLACES[tab].workbook === workbook,
          );
          grids[id] = (data?.[0]?.rowData ?? []).map(({ values = [] }) => values.map(cellOf));
        }
      }),
    );
    return new Snapshot(grids);
  }

  /** Writes cells of one tab as people type them: [{row, column, value}], 0-based; {entered} is parsed as Google parses typing. */
  async type(tab, cells) {
    const { workbook, title } = TAB_PLACES[tab];
    for (const parsed of [false, true]) {
      const data = cells
        .filter(({ value }) => (value?.entered !== undefined) === parsed)
        .map(({ row, column, value }) => ({
          range: `${title}!${columnLetter(column)}${row + 1}`,
          values: [[parsed ? value.entered : value]],
        }));
      if (data.length > 0) {
        await this.#sheets('POST', `/v4/spreadsheets/${this.ids[workbook]}/values:batchUpdate`, {
          valueInputOption: parsed ? 'USER_ENTERED' : 'RAW',
          data,
        });
      }
    }
  }

  async change(tab, requests) {
    await this.#sheets('POST', `/v4/spreadsheets/${this.ids[TAB_PLACES[tab].workbook]}:batchUpdate`, { requests });
  }

  /** Runs a job to its end: {run, writes}, `writes` being the calls to the sheets that may change something. */
  async run(request) {
    await this.#sheets('POST', '/_emulator/calls/reset', {});
    const headers = { 'X-ROADMAP-AI-SECRET': SECRET };
    const { url } = this.#service;
    const accepted = await call(url, 'POST', '/actions/run', { ...headers, 'Idempotency-Key': randomUUID() }, request);
    if (accepted.status !== 202) return { refused: accepted, writes: 0 };
    let run;
    do {
      run = (await call(url, 'GET', `/actions/run/${accepted.body.run_id}?wait=${WAIT_SECONDS}`, headers)).body;
    } while (!['success', 'failed', 'cancelled'].includes(run.status));
    const { calls } = await this.#sheets('GET', '/_emulator/calls');
    const writes = Object.entries(calls)
      .filter(([method]) => !/get|token/i.test(method))
      .reduce((sum, [, count]) => sum + count, 0);
    return { run, writes };
  }

  /** The names of the actions that the service has. */
  async actions() {
    const { body } = await call(this.#service.url, 'GET', '/actions', { 'X-ROADMAP-AI-SECRET': SECRET });
    return new Set((body.actions ?? body).map(({ name, action }) => name ?? action));
  }

  /** The stored initiatives by key, as the API shows them. */
  async stored() {
    const initiatives = new Map();
    let cursor = '';
    do {
      const { status, body } = await call(
        this.#service.url,
        'GET',
        `/initiatives?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        { 'X-ROADMAP-AI-SECRET': SECRET },
      );
      assert.equal(status, 200, JSON.stringify(body));
      for (const initiative of body.initiatives) initiatives.set(initiative.initiative_key, initiative);
      cursor = body.next_cursor ?? '';
    } while (cursor !== '');
    return initiatives;
  }

  /** One stored initiative, as the API shows it in detail. */
  async initiative(key) {
    return (await call(this.#service.url, 'GET', `/initiatives/${key}`, { 'X-ROADMAP-AI-SECRET': SECRET })).body;
  }
}

export function columnLetter(index) {
  const low = String.fromCharCode(65 + (index % 26));
  return index < 26 ? low : columnLetter(Math.floor(index / 26) - 1) + low;
}
