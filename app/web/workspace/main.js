// The workspace: the demo's workbooks as spreadsheets, with the menu of their Apps Script code.

import './grid/styles.js';
import './main.css';

import { CommandType, ICommandService } from '@univerjs/core';

import { keepAccessible } from './grid/accessible_names.js';
import { FindBar } from './grid/find_bar.js';
import { endEditing, focusGrid, selectAgain, whenDrawn, whenNotEditing } from './grid/focus.js';
import { listenToHeaderClicks } from './grid/header_click.js';
import { showSelection } from './grid/in_sight.js';
import { listenToKeys } from './grid/keyboard.js';
import { Places } from './grid/places.js';
import { addSortMenu } from './grid/sort_menu.js';
import { nameTabToDelete } from './grid/tab_deletion.js';
import { TypingPause } from './grid/typing_pause.js';
import { createSpreadsheet } from './grid/univer.js';
import { askQuestion } from './menu/question_dialog.js';
import { ScriptMenu } from './menu/script_menu.js';
import { Toasts } from './menu/toasts.js';
import { PageMemory } from './page_memory.js';
import { showRowStatus } from './row_status.js';
import { Recorder } from './sync/recorder.js';
import { ORDER_ROWS, Replica } from './sync/replica.js';
import { watchRevisions } from './sync/revisions.js';
import { isOutage, readConfig, readRevisions } from './sync/sheets_api.js';
import { letUndoWait } from './sync/waiting_undo.js';
import { WorkbookTabs } from './workbook_tabs.js';

const byId = (id) => document.getElementById(id);
const TROUBLE_SECONDS = 12;
const UNTIL_CLOSED = -1;
const OUTAGE = 'No connection';
const RESTARTED = 'The service has been started anew, and this page with it. What you typed is saved; what a job was telling is not shown any more.';

const changes = (count) => `${count} ${count === 1 ? 'change' : 'changes'}`;

class Workspace {
  #waiting = 0; // changes that the service did not take yet
  #renewal; // once the page is to begin anew, a promise that never resolves

  constructor() {
    this.toasts = new Toasts(byId('toasts'), () => this.focus());
    this.replicas = new Map(); // spreadsheet id -> Replica
    this.connected = true;
  }

  async open() {
    const [config, { revision }] = await Promise.all([readConfig(), readRevisions()]);
    this.config = config;
    byId('user').textContent = config.user_email;
    byId('console').href = config.console_link;
    this.spreadsheet = createSpreadsheet('grid');
    keepAccessible(byId('grid'));
    this.recorder = new Recorder(this.spreadsheet, (unitId) => this.replicas.get(unitId));
    this.memory = new PageMemory();
    this.places = new Places(this.spreadsheet);
    this.typingPause = new TypingPause(window);
    this.#addCommands();
    this.tabs = new WorkbookTabs(byId('workbooks'), config.workbooks, (id) => this.show(id));
    const asked = askedPlace(location.hash);
    const [first, ...others] = inOpeningOrder(config.workbooks, asked.workbook);
    await this.#openWorkbook(first.id, true);
    nameTabToDelete(this.spreadsheet, async (question) => {
      const answer = await askQuestion(question, new AbortController().signal);
      this.focus();
      return answer;
    });
    this.menu = new ScriptMenu(this, byId('menu'), byId('running'));
    await this.show(first.id);
    for (const { id } of others) await this.#openWorkbook(id, false);
    await whenDrawn(this.spreadsheet, byId('grid'));
    this.places.scroll(this.tabs.selected);
    await this.#goToRow(asked);
    this.memory.follow(() => this.places.of(this.replicas.keys()));
    if (document.activeElement === document.body) this.focus(); // else the person has put the keyboard somewhere already
    const announced = this.memory.takeAnnounced();
    if (announced) this.toasts.show({ title: 'Started anew', message: announced, seconds: TROUBLE_SECONDS });
    document.body.dataset.ready = 'true';
    this.#watch(revision);
  }

  get current() {
    return this.replicas.get(this.tabs.selected);
  }

  /** Brings a workbook to the front; what is being typed in another one is taken as it is. */
  async show(id) {
    if (!this.replicas.has(id)) return;
    if (this.tabs.selected !== undefined) await endEditing(this.spreadsheet);
    this.spreadsheet.api.setCurrent(id);
    selectAgain(this.spreadsheet, id);
    if (document.body.dataset.ready) this.places.scroll(id);
    this.tabs.select(id);
    history.replaceState(null, '', `#${id}`);
    this.menu.showFor(id);
    this.focus();
  }

  /** Brings a cell's workbook and tab to the front and selects it; rows and columns count from 1. */
  async goToCell({ spreadsheetId, sheetId, row, column }) {
    await this.show(spreadsheetId);
    const { api } = this.spreadsheet;
    const workbook = api.getActiveWorkbook();
    const sheet = workbook.getSheetBySheetId(this.current.view.subUnitIdOf(sheetId));
    workbook.setActiveSheet(sheet);
    sheet.getRange(row - 1, column - 1).activate();
    showSelection(api, sheet);
    this.focus();
  }

  focus() {
    focusGrid(this.spreadsheet);
  }

  /** Something is over: the grid has the keyboard, unless the person has put it elsewhere or types in the grid already. */
  keepKeyboard() {
    const { activeElement } = document;
    if (activeElement === document.body || !activeElement.checkVisibility()) this.focus();
  }

  /** F6 goes round: the grid, the list that a job has opened, the workbooks. */
  focusNext() {
    const { activeElement } = document;
    const { page } = this.menu;
    if (activeElement.closest('[role=tablist]')) this.focus();
    else if (page?.isOpen && byId('grid').contains(activeElement)) page.focus();
    else this.tabs.focus();
  }

  /** Takes away what jobs have said; false where there is nothing. */
  closeMessages() {
    const wasOpen = this.menu.page?.isOpen ?? false;
    this.menu.page?.close();
    return this.toasts.clear() || wasOpen;
  }

  /** Ends the cell's edit and waits until the server has everything, so that what runs next sees it, and the page what waited for the edit. */
  async settle() {
    await endEditing(this.spreadsheet);
    await this.#whenSaved();
    await Promise.all([...this.replicas.values()].map((replica) => replica.whenCaughtUp()));
  }

  /** What the person did waits here because the service does not answer. */
  get isCutOff() {
    return !this.connected || this.#waiting > 0;
  }

  tellTrouble(message) {
    this.toasts.show({ title: 'Not saved', message, seconds: TROUBLE_SECONDS });
  }

  /** Goes where a link into the page leads; where the tab is not there any more, the workbook is all that is shown. */
  async #goToRow({ tab, row }) {
    const { id, view } = this.current;
    const sheet = view.sheets().find((one) => one.getName().toLowerCase() === tab?.toLowerCase());
    if (!sheet) return;
    const isThere = Number.isInteger(row) && row >= 1 && row <= sheet.getRowCount();
    await this.goToCell({ spreadsheetId: id, sheetId: view.sheetIdOf(sheet.getSheetId()), row: isThere ? row : 1, column: 1 });
  }

  async #openWorkbook(id, makeCurrent) {
    this.replicas.set(id, await Replica.open(this.spreadsheet, id, {
      makeCurrent,
      onTrouble: (message) => this.tellTrouble(message),
      onLost: (message) => this.toasts.show({ title: 'Not saved', message, seconds: UNTIL_CLOSED, topic: '' }),
      onUndoLost: (titles) => this.toasts.show({
        title: 'Rows have moved', seconds: TROUBLE_SECONDS,
        message: `What you did before on ${titles.join(', ')} cannot be undone any more.`,
      }),
      onMoved: (subUnitId, places) => this.places.move(id, subUnitId, places),
      onChange: () => this.#showState(),
    }));
    this.places.restore(id, this.memory.placesIn(id));
    this.#showState();
  }

  #addCommands() {
    const { spreadsheet } = this;
    spreadsheet.injector.get(ICommandService).registerCommand({
      id: ORDER_ROWS,
      type: CommandType.MUTATION,
      handler: (_accessor, params) => {
        this.#orderRows(() => this.replicas.get(params.unitId).orderRows(params));
        return true;
      },
    });
    addSortMenu(spreadsheet, (column, order) => this.#orderRows(async () => {
      await this.settle();
      const sheet = spreadsheet.api.getActiveWorkbook().getActiveSheet();
      await this.current.sortSheet(sheet.getSheetId(), column, order);
    }));
    letUndoWait(spreadsheet, () => this.current);
    const viewOf = (id) => this.replicas.get(id).view;
    const find = new FindBar(byId('find'), { api: spreadsheet.api, viewOf, onClose: () => this.focus() });
    listenToKeys(spreadsheet, byId('grid'), {
      viewOf,
      find: () => find.open(), openMenu: () => this.#openMenu(), focusNext: () => this.focusNext(), focusGrid: () => this.focus(),
      closeMessages: () => this.closeMessages(),
    });
    listenToHeaderClicks(spreadsheet, byId('grid'));
    // A second click on a sheet's tab renames it.
    byId('grid').addEventListener('click', ({ target, detail }) => {
      if (detail === 1 && target.closest('[data-u-comp=slide-tab-item]')) this.focus();
    });
    showRowStatus(spreadsheet, byId('row-status'), (wanted) => this.config.workbooks.find(({ id }) => id === wanted)?.status_headers ?? []);
    const help = byId('help');
    byId('help-button').addEventListener('click', () => {
      help.showModal();
      help.scrollTop = 0; // its button has the keyboard, at the end
    });
    help.addEventListener('close', () => this.focus());
    window.addEventListener('beforeunload', (event) => {
      if (this.#holdsTyped) event.preventDefault();
    });
  }

  async #openMenu() {
    await endEditing(this.spreadsheet);
    this.menu.open();
  }

  async #orderRows(work) {
    if (this.isCutOff) {
      this.tellCutOff('Sorting needs the service.');
      return;
    }
    try {
      await work();
    } catch (error) {
      this.tellTrouble(error.message);
    }
    this.focus();
  }

  /** Why something cannot be done now, and that nothing is lost. */
  tellCutOff(what) {
    this.toasts.show({
      title: OUTAGE, seconds: TROUBLE_SECONDS,
      message: `${what} It does not answer at the moment; what you type is kept on this page and saved as soon as it does. Try again then.`,
    });
  }

  #watch(revision) {
    watchRevisions({
      since: revision,
      secret: this.config.secret,
      onChange: (id, sheetIds) => { for (const replica of this.replicas.values()) this.#follow(replica, id, sheetIds); },
      onRestart: () => this.beginAnew(),
      onConnection: (works) => this.#connectionIs(works),
    });
  }

  async #follow(replica, id, sheetIds) {
    try {
      await replica.follow(id, sheetIds);
    } catch (error) {
      // Everything is read again when the service is back.
      if (isOutage(error)) return;
      this.toasts.show({ title: 'Not up to date', message: error.message, seconds: TROUBLE_SECONDS });
    }
  }

  #connectionIs(works) {
    const isBack = works && !this.connected;
    this.connected = works;
    if (isBack) {
      for (const replica of this.replicas.values()) {
        replica.outbox.retry();
        this.#follow(replica, replica.id, []);
      }
    }
    this.#showState();
  }

  /** Another server answers: it gets what waits here; as soon as nobody is typing and has paused, the page begins anew and says so. */
  beginAnew() {
    this.#renewal ??= this.#beginAnew();
    return this.#renewal;
  }

  async #beginAnew() {
    for (const replica of this.replicas.values()) replica.outbox.retry();
    do {
      await whenNotEditing(this.spreadsheet);
      await this.#whenSaved();
      await this.typingPause.begin();
    } while (this.#holdsTyped);
    this.memory.announce(RESTARTED);
    location.reload();
    await new Promise(() => {}); // whoever waits for this has no page any more
  }

  /** Something that was typed is on this page alone. */
  get #holdsTyped() {
    return this.spreadsheet.api.getActiveWorkbook()?.isCellEditing() || [...this.replicas.values()].some((replica) => !replica.outbox.isEmpty);
  }

  #whenSaved() {
    return Promise.all([...this.replicas.values()].map((replica) => replica.whenSaved()));
  }

  #showState() {
    const outboxes = [...this.replicas.values()].map(({ outbox }) => outbox);
    const waiting = outboxes.filter(({ isStuck }) => isStuck).reduce((sum, { size }) => sum + size, 0);
    const state = !this.connected || waiting > 0 ? 'offline' : outboxes.every(({ isEmpty }) => isEmpty) ? 'saved' : 'saving';
    byId('state').dataset.state = state;
    byId('state').textContent = {
      offline: waiting > 0 ? `No connection: ${changes(waiting)} kept here` : 'No connection', saved: 'All changes saved', saving: 'Saving …',
    }[state];
    this.#tellOutage(waiting);
    this.#waiting = waiting;
  }

  #tellOutage(waiting) {
    if (waiting > 0 && this.#waiting === 0) {
      this.toasts.show({
        title: OUTAGE, seconds: UNTIL_CLOSED,
        message: 'The service does not answer. What you type is kept on this page and saved as soon as it answers again. Leave the page open.',
      });
    } else if (waiting === 0 && this.#waiting > 0) {
      this.toasts.show({ title: OUTAGE, message: 'The service answers again. What you typed meanwhile is saved.', seconds: TROUBLE_SECONDS });
    }
  }
}

/** What an address asks for: "#ID", "#ID&tab=TITLE", "#ID&tab=TITLE&row=7". */
function askedPlace(hash) {
  const [workbook, ...details] = hash.slice(1).split('&');
  const asked = new URLSearchParams(details.join('&'));
  return { workbook: decodeURIComponent(workbook), tab: asked.get('tab'), row: Number(asked.get('row')) || 1 };
}

/** The workbook that the address names comes first. */
function inOpeningOrder(workbooks, id) {
  const wanted = workbooks.find((workbook) => workbook.id === id) ?? workbooks[0];
  return [wanted, ...workbooks.filter((workbook) => workbook !== wanted)];
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
