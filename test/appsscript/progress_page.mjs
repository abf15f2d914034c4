// progress.html as a browser would run it: its script over elements made from its tags, `google.script` from the
// stand-ins, every call an execution of its own.

import assert from 'node:assert/strict';

import { makeGoogleScript } from '../../app/web/appsscript-runtime/google_script.mjs';

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

class Element {
  #changed;
  #text;
  #listeners = {};

  constructor(attributes, text, changed) {
    this.#text = text;
    this.#changed = changed;
    this.dataset = {};
    for (const [, name, value] of attributes.matchAll(/data-([\w-]+)="([^"]*)"/g)) {
      this.dataset[name.replace(/-(\w)/g, (_dash, letter) => letter.toUpperCase())] = value.replace(/&#?\w+;/g, (entity) => ENTITIES[entity]);
    }
    Object.assign(this, { className: '', hidden: / hidden$/.test(attributes), disabled: false, children: [], style: {}, isFocused: false });
  }

  get textContent() {
    return this.children.length > 0 ? this.children.map(({ textContent }) => textContent).join('\n') : this.#text;
  }

  set textContent(text) {
    this.#text = text;
    this.#changed();
  }

  appendChild(child) {
    this.children.push(child);
    return child;
  }

  focus() {
    this.isFocused = true;
  }

  addEventListener(name, listener) {
    this.#listeners[name] = listener;
  }

  click() {
    assert.ok(!this.disabled, 'the button can be clicked');
    this.#listeners.click();
  }
}

/** What the page needs of `document`: its elements, new ones, and a clipboard that takes what a copy puts on it. */
class Page {
  #copying = [];

  constructor(elements, changed) {
    Object.assign(this, { elements, changed, copied: undefined });
  }

  getElementById(id) {
    return this.elements[id];
  }

  createElement() {
    return new Element('', '', this.changed);
  }

  addEventListener(name, listener) {
    assert.equal(name, 'copy');
    this.#copying.push(listener);
  }

  removeEventListener(_name, listener) {
    this.#copying = this.#copying.filter((one) => one !== listener);
  }

  execCommand(command) {
    assert.equal(command, 'copy');
    const clipboardData = { setData: (_type, text) => { this.copied = text; } };
    for (const listener of this.#copying) listener({ clipboardData, preventDefault() {} });
    return this.copied !== undefined;
  }
}

/** The list of the outcome that an execution opened. */
export function listOf({ dialogs }) {
  assert.equal(dialogs.length, 1, 'one dialog is open');
  return new ProgressPage(dialogs[0], () => assert.fail('it asks for nothing'));
}

export class ProgressPage {
  /** @param dialog  what showModelessDialog was given
   *  @param call  (functionName, args) => Promise<Execution>
   *  @param now  the page's clock */
  constructor(dialog, call, now = Date.now) {
    this.executions = [];
    this.labels = []; // every text the label had
    this.pauses = []; // between looks, none of which is waited for
    this.size = { width: dialog.width, height: dialog.height };
    this.isClosed = false;
    this.waiting = [];
    this.elements = {};
    for (const [, attributes, id, text] of dialog.html.matchAll(/<\w+((?:\s[^>]*)?\sid="(\w+)"[^>]*)>([^<]*)/g)) {
      this.elements[id] = new Element(attributes, text, () => this.#changed());
    }
    const google = makeGoogleScript((name, json) => this.#run(call, name, json), () => {
      this.isClosed = true;
      this.#changed();
    }, (size) => Object.assign(this.size, size));
    const [, script] = /<script>([\s\S]*)<\/script>/.exec(dialog.html);
    this.document = new Page(this.elements, () => this.#changed());
    const later = (work, milliseconds) => {
      this.pauses.push(milliseconds);
      queueMicrotask(work);
    };
    this.window = { addEventListener: (name, listener) => { if (name === 'focus') this.getKeyboard = listener; } };
    new Function('document', 'window', 'google', 'Date', 'setTimeout', script)(this.document, this.window, google, { now }, later);
  }

  async #run(call, name, json) {
    const execution = await call(name, JSON.parse(json));
    this.executions.push(execution);
    return JSON.stringify(execution.result);
  }

  get label() {
    return this.elements.label.textContent;
  }

  get button() {
    return this.elements.stop;
  }

  /** What the list shows: the heading of each group, and its entries as lines. */
  get groups() {
    const { children } = this.elements.list;
    const pairs = [];
    for (let index = 0; index < children.length; index += 2) {
      pairs.push([children[index].textContent, children[index + 1].children.map(({ textContent }) => textContent.split('\n').filter((line) => line !== ''))]);
    }
    return pairs;
  }

  get toasts() {
    return this.executions.flatMap((execution) => execution.toasts.map(({ message }) => message));
  }

  get alerts() {
    return this.executions.flatMap((execution) => execution.alerts);
  }

  #changed() {
    if (this.labels.at(-1) !== this.label) this.labels.push(this.label);
    this.waiting = this.waiting.filter(({ condition, resolve }) => !condition() || resolve());
  }

  /** Resolves once `condition` holds after a change of the page. */
  until(condition) {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ condition, resolve: () => void resolve() }));
  }

  closed() {
    return this.until(() => this.isClosed);
  }
}
