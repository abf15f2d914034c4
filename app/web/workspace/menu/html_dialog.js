// A dialog whose content is a page of the menu code, shut off in a frame of its own.

/** Longest edge that a dialog may ask for, so that its close button stays in sight. */
const MARGIN_PIXELS = 48;

/**
 * Shows the page. `run(functionName, argumentsAsJson)` resolves with the function's result as JSON text. A modal page has the
 * keyboard; any other leaves it where it is. `onClosed()` is called where the keyboard was in a page that is closed, `onDismissed()`
 * where the person closed it, `onNext()` where F6 leads on from it. Returns {isOpen, isAtWork, focus, close}: at work is a page that waits for a function.
 */
export function showHtmlDialog({ title, html, width, height, modal, onClosed, onDismissed, onNext }, run) {
  const dialog = document.createElement('dialog');
  dialog.className = 'html-dialog';
  dialog.setAttribute('aria-label', title);
  const heading = document.createElement('h2');
  heading.textContent = title;
  const closeButton = document.createElement('button');
  closeButton.type = 'button';
  closeButton.className = 'close';
  closeButton.setAttribute('aria-label', `Close ${title}`);
  closeButton.textContent = '×';
  const bar = document.createElement('header');
  bar.append(heading, ...(modal ? [] : [keysNote()]), closeButton);
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = title;
  resize(frame, { width, height }, modal);
  if (modal) frame.addEventListener('load', () => frame.focus());
  frame.srcdoc = withGoogleScript(html);
  dialog.append(bar, frame);

  const closed = new AbortController();
  let calls = 0;
  const close = () => {
    if (closed.signal.aborted) return;
    closed.abort();
    const hadKeyboard = dialog.contains(document.activeElement);
    dialog.remove();
    if (hadKeyboard) onClosed();
  };
  const dismiss = () => {
    close();
    onDismissed();
  };
  closeButton.addEventListener('click', dismiss);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    dismiss();
  });
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') dismiss();
  });
  window.addEventListener('message', async ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    if (data.kind === 'close') dismiss();
    else if (data.kind === 'next') onNext();
    else if (data.kind === 'size') resize(frame, data, modal);
    else if (data.kind === 'run') {
      calls += 1;
      await answer(frame, data, run);
      calls -= 1;
    }
  }, { signal: closed.signal });

  document.body.append(dialog);
  if (modal) dialog.showModal();
  else dialog.open = true; // show() would take the keyboard
  return {
    get isOpen() { return !closed.signal.aborted; },
    get isAtWork() { return calls > 0; },
    focus: () => frame.focus(),
    close,
  };
}

function keysNote() {
  const note = document.createElement('p');
  note.className = 'keys';
  note.textContent = 'F6: read it by keys · Esc: close';
  return note;
}

/** Sides that are not named stay as they are; none is longer than the window. A page below the grid is as wide as that. */
function resize(frame, { width, height }, modal) {
  if (width && modal) frame.style.width = `min(${width}px, 100vw - ${MARGIN_PIXELS}px)`;
  if (height) frame.style.height = `min(${height}px, 100vh - ${MARGIN_PIXELS * 4}px)`;
}

/** The page with google.script as the first thing in it. */
function withGoogleScript(html) {
  const script = `<script>${DIALOG_BOOTSTRAP}</script>`;
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + script) : script + html;
}

async function answer(frame, { call, functionName, argumentsAsJson }, run) {
  let reply;
  try {
    reply = { call, result: await run(functionName, argumentsAsJson) };
  } catch (error) {
    reply = { call, message: error.message };
  }
  // The frame's origin is opaque: no name but '*' reaches it.
  frame.contentWindow?.postMessage(reply, '*');
}
