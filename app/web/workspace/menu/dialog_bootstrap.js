// Runs first in the page of a dialog: gives it google.script, which talks to the workspace page around it. The frame is
// sandboxed; messages are all that it can send.

import { makeGoogleScript } from '../../appsscript-runtime/google_script.mjs';

const waiting = new Map(); // call number -> {resolve, reject}
let calls = 0;

function call(functionName, argumentsAsJson) {
  calls += 1;
  window.parent.postMessage({ kind: 'run', call: calls, functionName, argumentsAsJson }, '*');
  return new Promise((resolve, reject) => { waiting.set(calls, { resolve, reject }); });
}

window.google = makeGoogleScript(
  call,
  () => window.parent.postMessage({ kind: 'close' }, '*'),
  (size) => window.parent.postMessage({ kind: 'size', ...size }, '*'),
);

window.addEventListener('message', ({ source, data }) => {
  const answered = source === window.parent && waiting.get(data.call);
  if (!answered) return;
  waiting.delete(data.call);
  if (data.message === undefined) answered.resolve(data.result);
  else answered.reject(new Error(data.message));
});

window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') window.parent.postMessage({ kind: 'close' }, '*');
  if (event.key !== 'F6') return;
  event.preventDefault();
  window.parent.postMessage({ kind: 'next' }, '*');
});
