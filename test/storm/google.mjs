// The emulator in Google's place: it keeps its workbooks on disk, is killed and started again, and takes one call at a time
// from the storm, so that every change has a place in one order.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';
import { tabsOf, WORKBOOKS } from './workbooks.mjs';

export const TOKEN = 'storm';

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
  async send(method, target, body) {
    try {
      const response = await fetch(this.#process.url + target, {
        method,
        headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body }),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
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
