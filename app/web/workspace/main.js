// The workspace: the demo's workbooks as spreadsheets, with the menu of their Apps Script code.

import './grid/styles.js';
import './main.css';

import { createSpreadsheet } from './grid/univer.js';
import { focusGrid } from './grid/focus.js';
import { ScriptMenu } from './menu/script_menu.js';
import { Toasts } from './menu/toasts.js';
import { Recorder } from './sync/recorder.js';
import { Replica } from './sync/replica.js';
import { watchRevisions } from './sync/revisions.js';
import { fetchJson, readRevisions } from './sync/sheets_api.js';
import { WorkbookTabs } from './workbook_tabs.js';

const byId = (id) => document.getElementById(id);
const TROUBLE_SECONDS = 12;

class Workspace {
  constructor() {
    this.toasts = new Toasts(byId('toasts'));
    this.replicas = new Map(); // spreadsheet id -> Replica
    this.connected = true;
  }

  async open() {
    const [config, { revision }] = await Promise.all([fetchJson('/workspace/config.json'), readRevisions()]);
    this.config = config;
    byId('user').textContent = config.user_email;
    this.spreadsheet = createSpreadsheet('grid');
    this.recorder = new Recorder(this.spreadsheet, (unitId) => this.replicas.get(unitId));
    this.tabs = new WorkbookTabs(byId('workbooks'), config.workbooks, (id) => this.show(id));
    const [first, ...others] = this.#inOpeningOrder(config.workbooks);
    await this.#openWorkbook(first.id, true);
    this.menu = new ScriptMenu(this, byId('menu'), byId('running'));
    this.show(first.id);
    for (const { id } of others) await this.#openWorkbook(id, false);
    document.body.dataset.ready = 'true';
    this.#watch(revision);
  }

  get current() {
    return this.replicas.get(this.tabs.selected);
  }

  show(id) {
    if (!this.replicas.has(id)) return;
    this.spreadsheet.api.setCurrent(id);
    this.tabs.select(id);
    history.replaceState(null, '', `#${id}`);
    this.menu.showFor(id);
    this.focus();
  }

  focus() {
    focusGrid(this.spreadsheet);
  }

  /** Ends the cell's edit and waits until the server has everything, so that what runs next sees it. */
  async settle() {
    await this.spreadsheet.api.getActiveWorkbook().endEditingAsync(true);
    await Promise.all([...this.replicas.values()].map((replica) => replica.whenSaved()));
  }

  tellTrouble(message) {
    this.toasts.show({ title: 'Not saved', message, seconds: TROUBLE_SECONDS });
  }

  /** The workbook that the address names comes first. */
  #inOpeningOrder(workbooks) {
    const wanted = workbooks.find(({ id }) => id === decodeURIComponent(location.hash.slice(1))) ?? workbooks[0];
    return [wanted, ...workbooks.filter((workbook) => workbook !== wanted)];
  }

  async #openWorkbook(id, makeCurrent) {
    this.replicas.set(id, await Replica.open(this.spreadsheet, id, {
      makeCurrent,
      onTrouble: (message) => this.tellTrouble(message),
      onChange: () => this.#showState(),
    }));
    this.#showState();
  }

  #watch(revision) {
    watchRevisions({
      since: revision,
      onChange: (id, sheetIds) => { for (const replica of this.replicas.values()) this.#follow(replica, id, sheetIds); },
      onRestart: () => location.reload(),
      onConnection: (works) => {
        this.connected = works;
        this.#showState();
      },
    });
  }

  async #follow(replica, id, sheetIds) {
    try {
      await replica.follow(id, sheetIds);
    } catch (error) {
      this.toasts.show({ title: 'Not up to date', message: error.message, seconds: TROUBLE_SECONDS });
    }
  }

  #showState() {
    const saved = [...this.replicas.values()].every((replica) => replica.outbox.isEmpty);
    const state = !this.connected ? 'offline' : saved ? 'saved' : 'saving';
    byId('state').dataset.state = state;
    byId('state').textContent = { offline: 'No connection to the service', saved: 'All changes saved', saving: 'Saving …' }[state];
  }
}

async function begin() {
  byId('not-isolated').hidden = window.crossOriginIsolated;
  const workspace = new Workspace();
  window.workspace = workspace; // for the browser's console, and for tests that must find a cell on the canvas
  try {
    await workspace.open();
  } catch (error) {
    byId('broken').hidden = false;
    byId('broken-reason').textContent = error.message;
    throw error;
  }
}

begin();
