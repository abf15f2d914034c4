// One tab a workbook, above the grid.

const SEPARATOR = ': ';

export class WorkbookTabs {
  /** `workbooks`: [{id, title, kind}]. `onSelect(id)` is called for a click or an arrow key. */
  constructor(container, workbooks, onSelect) {
    this.tabs = workbooks.map((workbook) => makeTab(workbook));
    container.replaceChildren(...this.tabs);
    container.addEventListener('click', ({ target }) => {
      const tab = target.closest('[role=tab]');
      if (tab) onSelect(tab.dataset.id);
    });
    container.addEventListener('keydown', async (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.stopPropagation();
      const now = this.tabs.indexOf(document.activeElement);
      const next = this.tabs[(now + step + this.tabs.length) % this.tabs.length];
      await onSelect(next.dataset.id);
      next.focus();
    });
  }

  get selected() {
    return this.tabs.find((tab) => tab.getAttribute('aria-selected') === 'true')?.dataset.id;
  }

  focus() {
    this.tabs.find((tab) => tab.dataset.id === this.selected)?.focus();
  }

  select(id) {
    for (const tab of this.tabs) {
      const isSelected = tab.dataset.id === id;
      tab.setAttribute('aria-selected', String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      if (isSelected) document.title = tab.title;
    }
  }
}

function makeTab({ id, title, kind }) {
  const tab = document.createElement('button');
  tab.type = 'button';
  tab.setAttribute('role', 'tab');
  tab.setAttribute('aria-selected', 'false');
  tab.setAttribute('aria-controls', 'grid');
  tab.dataset.id = id;
  tab.dataset.kind = kind;
  tab.title = title;
  // All belong to one company: what stands after its name tells them apart.
  tab.textContent = title.includes(SEPARATOR) ? title.slice(title.indexOf(SEPARATOR) + SEPARATOR.length) : title;
  return tab;
}
