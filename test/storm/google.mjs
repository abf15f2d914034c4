// The emulator in Google's place: it keeps its workbooks on disk, is killed and started again, and takes one call at a time
// from the storm, so that every change has a place in one order.

import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';

import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';
import { tabsOf, WORKBOOKS } from './oracle/workbooks.mjs';

export const TOKEN = 'storm';
const CALL_TIMEOUT_MS = 30_000;

export class Google {
  #last = Promise.resolve();
  #process;
  kills = 0;
  ids = {};

  constructor(folder) {
    this.folder = folder;
    this.credentialsFile = path.join(folder, 'service_account.json');
  }

  async start() {
    this.#process = await RoadmapdProcess.start([
      'emulator', '--port', '0', '--data', path.join(this.folder, 'google'), '--token', TOKEN, '--write-credentials', this.credentialsFile,
    ]);
  }

  stop() {
    return this.#process?.kill();
  }

  /** Writes a service account's file for the service: tokens come from `tokenUrl`. */
  writeCredentials(file, tokenUrl) {
    const account = JSON.parse(readFileSync(this.credentialsFile, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...account, token_uri: tokenUrl }));
  }

  /** Runs `act` while nobody else calls Google. */
  exclusive(act) {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }

  /** To be called inside `exclusive`: SIGKILL, then a new process on the same files. */
  async restart() {
    await this.#process.kill();
    this.kills += 1;
    await this.start();
  }

  /** SIGKILL without waiting; the next call inside `exclusive` needs `restart` first. */
  killNow() {
    this.#process.child.kill('SIGKILL');
  }

  get running() {
    return this.#process.running;
  }

  /** One call as it stands; undefined when the connection broke before the whole answer came. */
  send(method, target, body) {
    // A connection of its own: one that is kept may be closed by the other side just as the next call is sent.
    const options = { method, agent: false, timeout: CALL_TIMEOUT_MS, headers: { Authorization: `Bearer ${TOKEN}`,
      'Content-Type': 'application/json' } };
    return new Promise((resolve) => {
      const call = request(this.#process.url + target, options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve(response.complete ? { status: response.statusCode,
          text: Buffer.concat(chunks).toString('utf8') } : undefined));
        response.on('error', () => resolve(undefined));
      });
      call.on('timeout', () => call.destroy());
      call.on('error', () => resolve(undefined));
      call.on('close', () => resolve(undefined)); // later than an answer, which counts
      call.end(body);
    });
  }

  /** One call of a person or of the storm itself, which nothing disturbs. */
  async call(method, target, body) {
    const answer = await this.send(method, target, body && JSON.stringify(body));
    if (answer === undefined) throw new Error(`${method} ${target}: the emulator closed the connection`);
    if (answer.status !== 200) throw new Error(`${method} ${target}: ${answer.status} ${answer.text}\n${JSON.stringify(body)}`);
    return JSON.parse(answer.text);
  }

  async createWorkbooks() {
    for (const workbook of WORKBOOKS) {
      const tabs = tabsOf(workbook);
      const { spreadsheetId } = await this.call('POST', '/v4/spreadsheets', {
        properties: { title: workbook },
        sheets: tabs.map(({ name }) => ({ properties: { title: name, gridProperties: { rowCount: 1000, columnCount: 40 } } })),
      });
      this.ids[workbook] = spreadsheetId;
      await this.call('POST', `/v4/spreadsheets/${spreadsheetId}/values:batchUpdate`, {
        valueInputOption: 'RAW', data: tabs.map(({ name, headers }) => ({ range: `${name}!A1`, values: [headers] })),
      });
    }
  }

  workbookOf(target) {
    return WORKBOOKS.find((workbook) => target.includes(this.ids[workbook]));
  }
}
