// The project of scripts/appsscript as Google runs it for a workbook: its menu, its executions, its dialogs.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';

import { buildSync } from 'esbuild';

import { http } from './http_host.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));
export const menuFolder = path.join(repository, 'scripts/appsscript');
const executionWorker = new URL('./execution_worker.mjs', import.meta.url);

/** The stand-ins as one classic script. */
const bundle = buildSync({
  entryPoints: [path.join(repository, 'app/web/appsscript-runtime/index.mjs')],
  bundle: true, format: 'iife', globalName: 'appsScriptRuntime', write: false,
}).outputFiles[0].text.replace(/^var appsScriptRuntime/m, 'globalThis.appsScriptRuntime');

const filesNamed = (folder, extension) => readdirSync(folder)
  .filter((name) => name.endsWith(extension)).sort()
  .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));

const scripts = filesNamed(menuFolder, '.gs');
const pages = Object.fromEntries(filesNamed(menuFolder, '.html').map(({ name, text }) => [name.replace(/\.html$/, ''), text]));

/** Everything one execution did that a person sees, and what it returned. */
class Execution {
  constructor() {
    Object.assign(this, { toasts: [], alerts: [], prompts: [], dialogs: [], selections: [], menus: [], log: [], requests: [], sleeps: [] });
  }

  /** The one alert; fails when there was none, or another. */
  get alert() {
    assert.equal(this.alerts.length, 1, `one alert, not ${JSON.stringify(this.alerts)}`);
    return this.alerts[0].message;
  }

  get lastToast() {
    return this.toasts.at(-1)?.message;
  }
}

/** Script Properties and the like, kept between executions. */
class PropertyStores {
  #stores = { script: new Map(), user: new Map(), document: new Map() };

  answer(kind, { store, key, value }) {
    const properties = this.#stores[store];
    if (kind === 'props.all') return Object.fromEntries(properties);
    if (kind === 'props.set') properties.set(key, value);
    else properties.delete(key);
    return undefined;
  }

  set(values) {
    for (const [key, value] of Object.entries(values)) this.#stores.script.set(key, value);
  }

  get all() {
    return Object.fromEntries(this.#stores.script);
  }
}

let executions = 0;

/** `view` is what the person looks at: {spreadsheetId, sheetId, ranges, hiddenRows, sheetsApi}. */
export class AppsScriptProject {
  #opened = new Map(); // spreadsheet id -> its menu, made when the workbook was opened

  /**
   * @param properties  Script Properties
   * @param user  {email}
   * @param fetch  answers UrlFetchApp's requests; for tests that need an answer no server gives
   * @param extraScripts  further .gs, as {name, text}
   * @param oneFile  the whole project as one script, in place of the folder's files
   */
  constructor({ properties = {}, user = { email: 'pm@example.com' }, fetch = http, extraScripts = [], oneFile } = {}) {
    this.properties = new PropertyStores();
    this.properties.set(properties);
    Object.assign(this, { user, fetch, extraScripts });
    this.files = oneFile === undefined ? { scripts, pages } : { scripts: [{ name: 'menu.gs', text: oneFile }], pages: {} };
  }

  /** What onOpen shows in that workbook. */
  async menu(view) {
    const { menus } = await this.call('onOpen', { view: { ...view, simpleTrigger: true } });
    assert.equal(menus.length, 1, 'onOpen makes one menu');
    return menus[0];
  }

  /** Clicks an item of the menu by what it says. `answers` are those to prompts and alerts, in order. */
  async click(label, { view, answers = [] }) {
    const { spreadsheetId } = view;
    if (!this.#opened.has(spreadsheetId)) this.#opened.set(spreadsheetId, await this.menu(view));
    const item = this.#opened.get(spreadsheetId).entries.find((entry) => entry.caption === label);
    assert.ok(item, `the menu has an item ${label}`);
    return this.call(item.functionName, { view, answers });
  }

  /** One execution of a function. Alerts are closed with OK where `answers` has nothing more to say. */
  async call(functionName, { view, args = [], answers = [] }) {
    const execution = new Execution();
    const left = [...answers];
    const { port1, port2 } = new MessageChannel();
    const wake = new SharedArrayBuffer(4);
    port1.on('message', async ({ kind, payload }) => {
      const answer = await this.#answer(execution, left, kind, payload).then((value) => ({ answer: value }), (error) => ({ thrown: error.message }));
      port1.postMessage(answer);
      Atomics.store(new Int32Array(wake), 0, 1);
      Atomics.notify(new Int32Array(wake), 0);
    });
    const worker = new Worker(executionWorker, {
      workerData: {
        bundle, pages: this.files.pages, functionName, args, wake, requests: port2, executionId: ++executions,
        scripts: [...this.files.scripts, ...this.extraScripts],
        context: { hiddenRows: { byFilter: [], byUser: [] }, ranges: [], ...view, user: this.user },
      },
      transferList: [port2],
    });
    try {
      const { result, thrown, stack } = await new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      if (thrown !== undefined) throw Object.assign(new Error(thrown), { menuStack: stack });
      assert.deepEqual(left, [], 'every answer was asked for');
      execution.result = result === undefined ? undefined : JSON.parse(result);
      return execution;
    } finally {
      port1.close();
      await worker.terminate();
    }
  }

  async #answer(execution, left, kind, payload) {
    switch (kind) {
      case 'http': return this.#fetch(execution, payload);
      case 'sleep': return void execution.sleeps.push(payload);
      case 'tell': return void this.#tell(execution, payload);
      case 'ask': return this.#ask(execution, left, payload);
      default: return this.properties.answer(kind, payload);
    }
  }

  #fetch(execution, request) {
    const toSheets = new URL(request.url).pathname.startsWith('/v4/spreadsheets');
    if (toSheets) return http(request);
    execution.requests.push(request);
    return this.fetch(request);
  }

  #tell(execution, event) {
    const list = { toast: 'toasts', dialog: 'dialogs', select: 'selections', menu: 'menus', log: 'log', sidebar: 'dialogs' }[event.kind];
    execution[list].push(event);
  }

  #ask(execution, left, question) {
    execution[`${question.kind}s`].push(question);
    if (left.length > 0) return left.shift();
    assert.ok(question.kind === 'alert' && question.buttons === 'OK', `nobody answers: ${question.message}`);
    return { button: 'OK' };
  }
}
