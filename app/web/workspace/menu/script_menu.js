// The menus that the sheets' own code makes, and what happens when an entry is chosen.

import { selectionOf } from '../grid/selection.js';
import { isOutage, PAGE_HEADERS, readConfig } from '../sync/sheets_api.js';
import { showHtmlDialog } from './html_dialog.js';
import { MenuBar } from './menu_bar.js';
import { askQuestion } from './question_dialog.js';
import { ScriptRunner } from './script_runner.js';

const SCRIPTS_FOLDER = '/workspace/appsscript';
/** A click that is done sooner needs no notice that it runs. */
const NOTICE_AFTER_MS = 700;
/** A message of the menu takes the place of the one before, as in Google Sheets. */
const MENU_TOPIC = 'menu';
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

export class ScriptMenu {
  #menus = new Map(); // spreadsheet id -> promise of its menus, which its onOpen makes

  constructor(workspace, bar, notice) {
    this.workspace = workspace;
    this.bar = new MenuBar(bar, {
      onChoose: (functionName, caption) => this.#choose(functionName, caption),
      onLeave: () => workspace.focus(),
    });
    this.notice = notice;
    this.runner = new ScriptRunner({
      workerUrl: document.body.dataset.scriptWorker,
      folder: location.origin + SCRIPTS_FOLDER,
      // Connected from the start; what is set up here holds until the page is left.
      properties: {
        script: { ROADMAP_API_URL: location.origin, ROADMAP_AI_SECRET: workspace.config.secret }, user: {}, document: {},
      },
      ask: askQuestion,
    });
  }

  open() {
    this.bar.open();
  }

  /** Shows the menus of that workbook. */
  async showFor(id) {
    if (!window.crossOriginIsolated) return;
    if (!this.#menus.has(id)) {
      this.bar.show([]); // those of another workbook would do the wrong thing
      this.#menus.set(id, this.#runOnOpen(id));
    }
    const menus = await this.#menus.get(id);
    if (this.workspace.tabs.selected === id) this.bar.show(menus);
  }

  /** The menus that the code makes for that workbook; while the service is away they are asked for again and again. */
  async #runOnOpen(id) {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const menus = [];
      try {
        await this.runner.run('onOpen', {
          context: { ...this.#context(id), simpleTrigger: true },
          tell: (event) => (event.kind === 'menu' ? menus.push(event) : this.#tell(event, id)),
        });
        return menus;
      } catch (error) {
        if (!isOutage(error)) {
          this.#showScriptError(error);
          return menus;
        }
      }
      await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
  }

  async #choose(functionName, caption) {
    if (this.workspace.isCutOff) {
      this.workspace.tellCutOff(`${caption} needs the service.`);
      return;
    }
    const stop = new AbortController();
    // What an earlier job said would be taken for what this one says; a page that follows a job goes on.
    if (!this.page?.isAtWork) this.page?.close();
    this.bar.disabled = true;
    const notice = setTimeout(() => this.#showNotice(caption, stop), NOTICE_AFTER_MS);
    // What was selected at the click is meant, wherever it is by then.
    const { current } = this.workspace;
    const { isBehind } = current;
    const context = this.#context(current.id);
    try {
      await this.workspace.settle();
      const isMoved = await current.followMoves() || isBehind;
      await this.#execute(functionName, isMoved ? this.#context(current.id) : context, { signal: stop.signal });
    } catch (error) {
      if (isOutage(error)) this.workspace.tellCutOff(`${caption} needs the service.`);
      else if (!stop.signal.aborted) await this.#showScriptError(error);
    } finally {
      clearTimeout(notice);
      this.notice.hidden = true;
      this.bar.disabled = false;
      this.workspace.keepKeyboard();
    }
  }

  async #execute(functionName, context, options) {
    // The secret that the script uses is that of the server which the page was loaded from.
    const { secret } = await readConfig(options.signal);
    if (secret !== this.workspace.config.secret) await this.workspace.beginAnew();
    return this.runner.run(functionName, { context, tell: (event) => this.#tell(event, context.spreadsheetId), ...options });
  }

  #context(id) {
    const { config, replicas, spreadsheet } = this.workspace;
    return {
      spreadsheetId: id,
      ...selectionOf(replicas.get(id), spreadsheet.api),
      user: { email: config.user_email },
      sheetsApi: { url: location.origin, headers: PAGE_HEADERS },
    };
  }

  #showNotice(caption, stop) {
    const [text, button] = this.notice.children;
    text.textContent = `Running ${caption} …`;
    button.onclick = () => stop.abort();
    this.notice.hidden = false;
  }

  #tell(event, id) {
    if (event.kind === 'toast') this.workspace.toasts.show({ ...event, topic: MENU_TOPIC });
    else if (event.kind === 'log') console.info(`script ${event.level}:`, event.text);
    else if (event.kind === 'dialog' || event.kind === 'sidebar') this.#showPage(event, id);
    else if (event.kind === 'select') this.workspace.goToCell(event);
  }

  /** What the page calls is about the workbook `id`, whichever is in front by then. */
  #showPage({ title, html, width = 320, height = 480, modal = false }, id) {
    this.page?.close();
    this.page = showHtmlDialog(
      { title, html, width, height, modal, onClosed: () => this.workspace.focus(), onNext: () => this.workspace.tabs.focus(),
        // What it listed need not be said once more by the message behind it.
        onDismissed: () => this.workspace.toasts.clear() },
      (functionName, argumentsAsJson) => this.#execute(functionName, this.#context(id), { argumentsAsJson }));
  }

  #showScriptError(error) {
    console.info('script failed:', error.message, error.cause ?? '');
    return askQuestion({ kind: 'alert', title: 'The menu’s script failed', message: error.message, buttons: 'OK' }, new AbortController().signal);
  }
}
