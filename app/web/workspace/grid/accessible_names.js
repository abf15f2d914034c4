// Names and roles for what Univer draws around the grid, which has icons only: screen readers need words, and keys need
// something to reach. Looked after while the page lives, for toolbars come and go.

const BY_COMMAND = {
  'univer.command.undo': 'Undo', 'univer.command.redo': 'Redo',
  'sheet.command.set-once-format-painter': 'Copy the format', 'sheet.command.clear-selection-all': 'Clear all',
  'sheet.command.set-range-font-family': 'Font', 'sheet.command.set-range-fontsize': 'Font size',
  'sheet.command.set-range-font-increase': 'Larger text', 'sheet.command.set-range-font-decrease': 'Smaller text',
  'sheet.command.set-range-bold': 'Bold', 'sheet.command.set-range-italic': 'Italic',
  'sheet.command.set-range-underline': 'Underline', 'sheet.command.set-range-stroke': 'Strike through',
  'sheet.command.set-range-text-color': 'Text colour', 'sheet.command.set-background-color': 'Cell colour',
  'sheet.command.set-horizontal-text-align': 'Align across', 'sheet.command.set-vertical-text-align': 'Align down',
  'sheet.command.set-text-wrap': 'Wrap text', 'sheet.command.numfmt.set.percent': 'As a percentage',
  'sheet.command.numfmt.set.currency': 'As money', 'sheet.command.numfmt.add.decimal.command': 'One decimal more',
  'sheet.command.numfmt.subtract.decimal.command': 'One decimal less',
  'base-ui.operation.toggle-shortcut-panel': 'Keys of the spreadsheet',
  'workspace.command.sort-sheet-ascending': 'Sort sheet A to Z', 'workspace.command.sort-sheet-descending': 'Sort sheet Z to A',
  'sheet.command.smart-toggle-filter': 'Filter', 'sheet.command.toggle-gridlines': 'Grid lines',
};

/** Elements without a command, by what they are or the icon in them; the first that fits counts. */
const BY_PLACE = [
  ['[data-u-comp=defined-name] input', 'Cell or named range'],
  ['[data-u-comp=defined-name] a', 'Named ranges'],
  ['[data-u-comp=sheet-bar-append-button]:has(.univerjs-icon-increase-icon)', 'Add a tab'],
  ['[data-u-comp=sheet-bar-append-button], [aria-haspopup]:has([data-u-comp=sheet-bar-append-button])', 'All tabs'],
  ['[data-u-comp=button]:has(.univerjs-icon-reduce-icon)', 'Zoom out'],
  ['[data-u-comp=button]:has(.univerjs-icon-increase-icon)', 'Zoom in'],
  ['[role=track] a', 'Zoom to 100 %'],
  ['[role=track] button', 'Zoom'],
  ['button:has(.univerjs-icon-close-icon)', 'Close'],
];

/** What a button with choices beside it does at once, as Filter does. */
const SPLIT_MAIN = '.univer-toolbar-button-selector-main';

/** `grid` is the element that holds the spreadsheet. */
export function keepAccessible(grid) {
  let isDue = false;
  const soon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      mend(grid);
    });
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true }); // panels open beside the grid
  grid.addEventListener('keydown', pressPart);
  mend(grid);
}

function mend(grid) {
  for (const element of grid.querySelectorAll('[data-u-command]')) nameCommand(element);
  for (const [selector, name] of BY_PLACE) {
    for (const element of grid.querySelectorAll(selector)) if (!element.textContent) setOnce(element, 'aria-label', name);
  }
  nameFilterValues();
  nameChoices();
  for (const opener of grid.querySelectorAll('div[aria-haspopup], a[aria-haspopup]')) makeButton(opener);
  // Roles that there are none of: a track and a handle make a slider for those who see them.
  for (const part of grid.querySelectorAll('[role=track], [role=handle]')) part.setAttribute('role', part.tagName === 'BUTTON' ? 'button' : 'group');
  // A number above 0 would put the canvas before everything else on the page.
  for (const canvas of grid.querySelectorAll('canvas[tabindex="1"]')) canvas.tabIndex = -1;
  // Univer has two places for messages, called the same.
  for (const [index, place] of document.querySelectorAll('section[data-react-aria-top-layer]').entries()) {
    setOnce(place, 'aria-label', `Messages of the spreadsheet ${index + 1}`, place.ariaLabel.startsWith('Notifications'));
  }
  for (const toolbar of grid.querySelectorAll('[role=toolbar]')) setOnce(toolbar, 'aria-label', 'Format and data', toolbar.ariaLabel?.startsWith('ribbon'));
}

function nameCommand(element) {
  const name = BY_COMMAND[element.dataset.uCommand];
  if (!name) return;
  for (const main of element.querySelectorAll(SPLIT_MAIN)) {
    setOnce(main, 'role', 'button');
    setOnce(main, 'tabindex', '0');
    setOnce(main, 'aria-label', name);
  }
  for (const part of [element, ...element.querySelectorAll('input, button, [aria-haspopup]')]) {
    const isReached = part.matches('button, input, [aria-haspopup]');
    if (isReached) setOnce(part, 'aria-label', part !== element && part.matches('[aria-haspopup]') ? `${name}: choices` : name);
  }
}

let valuesNamed = 0;

/** By reference: a row is used again for other values when the list scrolls. */
function nameFilterValues() {
  for (const box of document.querySelectorAll('[data-u-comp=sheets-filter-panel] [data-u-comp=checkbox] input:not([aria-labelledby])')) {
    const text = box.closest('label').nextElementSibling;
    if (!text) continue;
    if (!text.id) text.id = `filter-value-${valuesNamed += 1}`;
    box.setAttribute('aria-labelledby', text.id);
  }
  for (const search of document.querySelectorAll('[data-u-comp=sheets-filter-panel] input[type=text]')) setOnce(search, 'aria-label', 'Find values');
}

function nameChoices() {
  for (const list of document.querySelectorAll('[data-u-comp=sheets-dropdown-list] > .univer-flex-col')) {
    setOnce(list, 'role', 'listbox');
    setOnce(list, 'aria-label', 'Choices');
    for (const choice of list.children) setOnce(choice, 'role', 'option');
  }
}

/** Univer's own part of such a button listens to the mouse only. */
function pressPart(event) {
  if (!event.target.matches(SPLIT_MAIN) || !['Enter', ' '].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  event.target.click();
}

function makeButton(element) {
  // One that holds a field is reached by that field.
  if (element.querySelector('input, button')) {
    element.removeAttribute('aria-haspopup');
    element.removeAttribute('aria-expanded');
    element.removeAttribute('aria-controls');
    return;
  }
  setOnce(element, 'role', 'button');
  setOnce(element, 'tabindex', '0');
}

function setOnce(element, name, value, replaces = false) {
  if (replaces || !element.hasAttribute(name)) element.setAttribute(name, value);
}
