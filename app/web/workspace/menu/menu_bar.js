// The menus above the grid, as WAI-ARIA's menubar pattern has them: arrows move, Enter and Space choose, Escape closes,
// a letter jumps to the next entry that begins with it.

export class MenuBar {
  #menus = []; // {button, list}
  #open;

  /** `onChoose(functionName, caption)` runs an entry; `onLeave()` gives the keyboard back to the grid. */
  constructor(bar, { onChoose, onLeave }) {
    Object.assign(this, { bar, onChoose, onLeave });
    bar.addEventListener('keydown', (event) => this.#onKey(event));
    document.addEventListener('pointerdown', (event) => {
      if (this.#open && !bar.contains(event.target)) this.#close();
    }, { capture: true });
  }

  /** `menus`: [{caption, entries}] with entries as the menu code made them; submenus become part of their menu. */
  show(menus) {
    this.#open = undefined;
    this.#menus = menus.map((menu, index) => this.#makeMenu(menu, index));
    this.bar.replaceChildren(...this.#menus.map(({ item }) => item));
  }

  /** Opens the first menu, its first entry with the keyboard. */
  open() {
    if (this.#menus.length > 0) this.#show(this.#menus[0]);
  }

  set disabled(value) {
    for (const { button } of this.#menus) button.setAttribute('aria-disabled', String(value));
    this.bar.classList.toggle('busy', value);
  }

  get disabled() {
    return this.bar.classList.contains('busy');
  }

  #makeMenu({ caption, entries }, index) {
    const id = `menu-${index}`;
    const button = makeItem(caption);
    button.className = 'menu-button';
    button.setAttribute('aria-haspopup', 'menu');
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', id);
    button.tabIndex = index === 0 ? 0 : -1;
    const list = document.createElement('ul');
    list.id = id;
    list.hidden = true;
    list.setAttribute('role', 'menu');
    list.setAttribute('aria-label', caption);
    list.append(...this.#makeEntries(entries));
    const item = document.createElement('li');
    item.setAttribute('role', 'none');
    item.append(button, list);
    const menu = { item, button, list };
    button.addEventListener('click', () => (this.#open === menu ? this.#close() : this.#show(menu)));
    button.addEventListener('pointerenter', () => { if (this.#open && this.#open !== menu) this.#show(menu); });
    return menu;
  }

  #makeEntries(entries) {
    return entries.flatMap((entry) => {
      if (entry.kind === 'submenu') return this.#makeEntries([{ kind: 'separator' }, ...entry.entries]);
      const item = document.createElement('li');
      if (entry.kind === 'separator') {
        item.setAttribute('role', 'separator');
        return [item];
      }
      item.setAttribute('role', 'none');
      const button = makeItem(entry.caption);
      button.tabIndex = -1;
      button.addEventListener('click', () => {
        this.#close();
        this.onLeave();
        this.onChoose(entry.functionName, entry.caption);
      });
      button.addEventListener('pointerenter', () => button.focus());
      item.append(button);
      return [item];
    });
  }

  #show(menu, focus = 'first') {
    if (this.disabled) return;
    this.#close();
    this.#open = menu;
    menu.list.hidden = false;
    menu.button.setAttribute('aria-expanded', 'true');
    const items = entriesOf(menu);
    (focus === 'last' ? items.at(-1) : items[0])?.focus();
  }

  #close() {
    if (!this.#open) return;
    this.#open.list.hidden = true;
    this.#open.button.setAttribute('aria-expanded', 'false');
    this.#open = undefined;
  }

  #onKey(event) {
    const handled = this.#open ? this.#onOpenKey(event.key) : this.#onClosedKey(event.key);
    if (handled) event.preventDefault();
    // The spreadsheet listens to every key that gets as far as the document.
    if (event.key !== 'Tab') event.stopPropagation();
  }

  #onClosedKey(key) {
    const index = this.#menus.findIndex(({ button }) => button === document.activeElement);
    if (index < 0) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') this.#show(this.#menus[index], key === 'ArrowUp' ? 'last' : 'first');
    else if (key === 'ArrowRight' || key === 'ArrowLeft') this.#neighbour(index, key).button.focus();
    else if (key === 'Escape') this.onLeave();
    else return false;
    return true;
  }

  #onOpenKey(key) {
    const menu = this.#open;
    const items = entriesOf(menu);
    const now = items.indexOf(document.activeElement);
    const next = {
      ArrowDown: () => items[(now + 1) % items.length],
      ArrowUp: () => items[(now - 1 + items.length) % items.length],
      Home: () => items[0],
      End: () => items.at(-1),
    }[key];
    if (next) next().focus();
    else if (key === 'ArrowRight' || key === 'ArrowLeft') this.#show(this.#neighbour(this.#menus.indexOf(menu), key));
    else if (key === 'Escape') {
      this.#close();
      this.onLeave(); // a PM opened it from the grid, and goes on typing there
    } else if (key === 'Tab') {
      this.#close();
      return false;
    } else if (key.length === 1 && key !== ' ') {
      const after = [...items.slice(now + 1), ...items.slice(0, now + 1)];
      after.find((item) => item.textContent.toLowerCase().startsWith(key.toLowerCase()))?.focus();
    } else return false;
    return true;
  }

  #neighbour(index, key) {
    const step = key === 'ArrowRight' ? 1 : this.#menus.length - 1;
    return this.#menus[(index + step) % this.#menus.length];
  }
}

function makeItem(caption) {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('role', 'menuitem');
  button.textContent = caption;
  return button;
}

const entriesOf = ({ list }) => [...list.querySelectorAll('[role=menuitem]')];
