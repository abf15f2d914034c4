// Ctrl+F: looks for a text in the tab in front, cell by cell, and goes from one to the next.

import { goTo } from './keyboard.js';

export class FindBar {
  #places = []; // [{row, column}] of the cells that hold the text
  #at = 0;

  /** `bar` holds an input, a word on how many there are, and the buttons. `onClose()` gives the keyboard back. */
  constructor(bar, { api, viewOf, onClose }) {
    Object.assign(this, { bar, api, viewOf, onClose });
    this.input = bar.querySelector('input');
    this.count = bar.querySelector('[role=status]');
    this.input.addEventListener('input', () => this.#look());
    bar.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') this.close();
      else if (event.key === 'Enter' && event.target === this.input) this.#go(event.shiftKey ? -1 : 1);
      else return;
      event.preventDefault();
    });
    const [previous, next, close] = bar.querySelectorAll('button');
    previous.addEventListener('click', () => this.#go(-1));
    next.addEventListener('click', () => this.#go(1));
    close.addEventListener('click', () => this.close());
  }

  open() {
    this.bar.hidden = false;
    this.input.focus();
    this.input.select();
    this.#look();
  }

  close() {
    this.bar.hidden = true;
    this.onClose();
  }

  #look() {
    const wanted = this.input.value.trim().toLowerCase();
    const sheet = this.api.getActiveWorkbook().getActiveSheet();
    const view = this.viewOf(this.api.getActiveWorkbook().getId());
    this.#places = [];
    if (wanted) {
      view.forEachCellOf(sheet.getSheetId(), {}, (row, column) => {
        if (view.textOf(sheet.getSheetId(), row, column).toLowerCase().includes(wanted)) this.#places.push({ row, column });
      });
    }
    this.#at = 0;
    if (this.#places.length > 0) this.#show();
    else this.count.textContent = wanted ? 'not found' : '';
  }

  #go(step) {
    if (this.#places.length === 0) return;
    this.#at = (this.#at + step + this.#places.length) % this.#places.length;
    this.#show();
  }

  #show() {
    const { row, column } = this.#places[this.#at];
    this.count.textContent = `${this.#at + 1} of ${this.#places.length}`;
    goTo({ api: this.api, sheet: this.api.getActiveWorkbook().getActiveSheet() }, row, column);
    this.input.focus(); // selecting a cell takes the keyboard
  }
}
