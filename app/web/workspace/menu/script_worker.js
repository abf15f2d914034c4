// One execution of the sheets' menu code, as in Google: fresh globals, and a thread that may block. The page sends one
// message to start it and ends it with terminate().

import { makeAppsScript } from '../../appsscript-runtime/index.mjs';
import { sleep, takeAnswer } from './answer_buffer.js';

const HTTP_TIMEOUT_MS = 60_000; // Google's
const NOT_FETCHED = 'NetworkError'; // what importScripts throws for a script that nobody gives it

// Kept here, then taken away from the menu code: Google has none of it.
const { XMLHttpRequest: Request } = self;
const post = self.postMessage.bind(self);
const load = self.importScripts.bind(self);
const BEYOND_GOOGLE = [
  'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'setTimeout', 'setInterval', 'postMessage', 'importScripts',
  'indexedDB', 'caches', 'Worker', 'BroadcastChannel', 'navigator', 'location', 'onmessage',
];

self.onmessage = ({ data }) => {
  try {
    post({ kind: 'done', result: run(data) });
  } catch (error) {
    if (error instanceof DOMException && error.name === NOT_FETCHED) post({ kind: 'unreachable' });
    else post({ kind: 'failed', message: error instanceof Error ? error.message : String(error), stack: error?.stack });
  }
};

/** Runs a function of the menu code and returns its result as JSON, undefined when there is none. */
function run({ scripts, folder, functionName, argumentsAsJson = '[]', context, properties, answers }) {
  Object.assign(globalThis, makeAppsScript(makeHost({ folder, context, properties, answers })));
  for (const name of BEYOND_GOOGLE) Object.defineProperty(globalThis, name, { value: undefined, writable: true });
  for (const script of scripts) load(`${folder}/${script}`);
  const entry = globalThis[functionName];
  if (typeof entry !== 'function') throw new Error(`Script function not found: ${functionName}`);
  return JSON.stringify(entry(...JSON.parse(argumentsAsJson)));
}

function makeHost({ folder, context, properties, answers }) {
  return {
    context,
    http,
    sleep: (milliseconds) => sleep(answers, milliseconds),
    ask(question) {
      post({ kind: 'ask', question });
      return takeAnswer(answers);
    },
    tell: (event) => post({ kind: 'tell', event }),
    props: {
      all: (store) => properties[store],
      set(store, key, value) {
        properties[store][key] = value;
        post({ kind: 'property', store, key, value });
      },
      remove(store, key) {
        delete properties[store][key];
        post({ kind: 'property', store, key });
      },
    },
    file(name) {
      const { status, text } = http({ url: `${folder}/${encodeURIComponent(name)}.html`, method: 'GET', headers: {} });
      return status === 200 ? text : undefined;
    },
    uuid: () => crypto.randomUUID(),
  };
}

function http({ url, method, headers, body }) {
  const request = new Request();
  try {
    request.open(method, url, false);
    request.timeout = HTTP_TIMEOUT_MS;
    request.responseType = 'arraybuffer';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
  } catch (error) {
    return { failure: error.name === 'TimeoutError' ? 'timeout' : 'unreachable', detail: error.message };
  }
  return {
    status: request.status,
    headers: headersOf(request.getAllResponseHeaders()),
    text: new TextDecoder().decode(request.response ?? new ArrayBuffer(0)),
  };
}

function headersOf(lines) {
  const pairs = lines.trim().split('\r\n').filter((line) => line.includes(': '));
  return Object.fromEntries(pairs.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
}
