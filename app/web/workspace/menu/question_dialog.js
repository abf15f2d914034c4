// Alerts and prompts of the menu code.

const BUTTONS = {
  OK: [['OK', 'OK']],
  OK_CANCEL: [['CANCEL', 'Cancel'], ['OK', 'OK']],
  YES_NO: [['NO', 'No'], ['YES', 'Yes']],
  YES_NO_CANCEL: [['CANCEL', 'Cancel'], ['NO', 'No'], ['YES', 'Yes']],
};
const LONGEST_TEXT = 10_000;
let dialogs = 0;

/** Shows a question; resolves with {button, text}. Removed without an answer when `signal` is aborted. */
export function askQuestion({ kind, title, message, buttons }, signal) {
  const number = dialogs += 1;
  const dialog = document.createElement('dialog');
  dialog.className = 'question-dialog';
  dialog.setAttribute('role', 'alertdialog');
  const form = document.createElement('form');
  form.method = 'dialog';
  const labels = [];
  for (const [name, text, tag] of [['title', title, 'h2'], ['message', message, 'p']]) {
    if (!text) continue;
    const element = document.createElement(tag);
    element.id = `question-${number}-${name}`;
    element.textContent = text;
    labels.push(element);
  }
  if (labels[0]) dialog.setAttribute('aria-labelledby', labels[0].id);
  if (labels[1]) dialog.setAttribute('aria-describedby', labels[1].id);
  const input = kind === 'prompt' ? promptInput(labels) : undefined;
  form.append(...labels, ...(input ? [input] : []), buttonRow(BUTTONS[buttons]));
  dialog.append(form);
  // Keys are this dialog's: the spreadsheet behind it listens to all others.
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Tab') stayInside(event, form);
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => dialog.remove(), { once: true });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve({ button: dialog.returnValue || 'CLOSE', text: input?.value ?? '' });
    });
  });
}

/** Tab goes round: from the page's end it would leave the dialog, and Escape with it. */
function stayInside(event, form) {
  const stops = [...form.elements];
  const [end, next] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== end) return;
  event.preventDefault();
  next.focus();
}

function promptInput(labels) {
  const input = document.createElement('input');
  input.type = 'text';
  input.maxLength = LONGEST_TEXT;
  input.autocomplete = 'off';
  input.spellcheck = false;
  input.autofocus = true;
  input.setAttribute('aria-labelledby', labels.map((label) => label.id).join(' '));
  return input;
}

/** The last button is the one that Enter presses. */
function buttonRow(buttons) {
  const row = document.createElement('div');
  row.className = 'buttons';
  buttons.forEach(([value, caption], index) => {
    const button = document.createElement('button');
    const isDefault = index === buttons.length - 1;
    button.type = isDefault ? 'submit' : 'button';
    button.value = value;
    button.textContent = caption;
    button.className = isDefault ? 'primary' : '';
    button.autofocus = isDefault;
    if (!isDefault) button.addEventListener('click', () => button.closest('dialog').close(value));
    row.append(button);
  });
  return row;
}
