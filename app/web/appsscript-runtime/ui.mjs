// Ui: alerts, prompts, dialogs and menus.

import { needScope } from './permissions.mjs';
import { exception, strict, wrongArguments } from './strict.mjs';

const BUTTONS = { OK: 'OK', CANCEL: 'CANCEL', YES: 'YES', NO: 'NO', CLOSE: 'CLOSE' };
const BUTTON_SETS = { OK: 'OK', OK_CANCEL: 'OK_CANCEL', YES_NO: 'YES_NO', YES_NO_CANCEL: 'YES_NO_CANCEL' };

export function makeUi(host) {
  return strict('Ui', {
    Button: strict('Ui.Button', { ...BUTTONS }),
    ButtonSet: strict('Ui.ButtonSet', { ...BUTTON_SETS }),
    alert: (...args) => host.ask({ kind: 'alert', ...questionOf('Ui.alert', args) }).button,
    prompt: (...args) => promptResponse(host.ask({ kind: 'prompt', ...questionOf('Ui.prompt', args) })),
    createMenu: (caption) => makeMenu(host, String(caption)),
    showModalDialog: (output, title) => showDialog(host, output, title, true),
    showModelessDialog: (output, title) => showDialog(host, output, title, false),
    showSidebar(output) {
      needScope(host, 'script.container.ui', 'Ui.showSidebar');
      host.tell({ kind: 'sidebar', title: output.getTitle(), html: output.getContent() });
    },
  });
}

// (prompt), (prompt, buttons) or (title, prompt, buttons).
function questionOf(name, args) {
  const [first, second, third] = args;
  if (args.length === 1) return { title: '', message: String(first), buttons: BUTTON_SETS.OK };
  const buttons = args.length === 2 ? second : third;
  if (args.length > 3 || !Object.hasOwn(BUTTON_SETS, buttons)) throw wrongArguments(name, args);
  if (args.length === 2) return { title: '', message: String(first), buttons };
  return { title: String(first), message: String(second), buttons };
}

function promptResponse({ button, text = '' }) {
  return strict('PromptResponse', { getSelectedButton: () => button, getResponseText: () => text });
}

function showDialog(host, output, title, modal) {
  const call = modal ? 'Ui.showModalDialog' : 'Ui.showModelessDialog';
  if (title === undefined) throw wrongArguments(call, [output]);
  needScope(host, 'script.container.ui', call);
  host.tell({
    kind: 'dialog', modal, title: String(title), html: output.getContent(), width: output.getWidth(), height: output.getHeight(),
  });
}

const entriesOf = new WeakMap(); // menu -> its entries, for addSubMenu

function makeMenu(host, caption) {
  const entries = [];
  const self = strict('Menu', {
    addItem(itemCaption, functionName) {
      if (typeof functionName !== 'string') throw wrongArguments('Ui.Menu.addItem', arguments);
      entries.push({ kind: 'item', caption: String(itemCaption), functionName });
      return self;
    },
    addSeparator() {
      entries.push({ kind: 'separator' });
      return self;
    },
    addSubMenu(menu) {
      if (!entriesOf.has(menu)) throw wrongArguments('Ui.Menu.addSubMenu', arguments);
      entries.push({ kind: 'submenu', ...entriesOf.get(menu) });
      return self;
    },
    addToUi() {
      if (entries.length === 0) throw exception('A menu needs at least one entry');
      host.tell({ kind: 'menu', caption, entries });
    },
  });
  entriesOf.set(self, { caption, entries });
  return self;
}
