// One execution of the menu code, in a worker thread of its own: fresh globals, and a thread that may block. All that
// the code asks of the world goes to the main thread, which answers while this thread waits.

import { createHash } from 'node:crypto';
import vm from 'node:vm';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

const { bundle, scripts, pages, context, functionName, args, requests, wake } = workerData;
const signal = new Int32Array(wake);

/** Asks the main thread and waits for its answer. */
function ask(kind, payload) {
  Atomics.store(signal, 0, 0);
  requests.postMessage({ kind, payload });
  Atomics.wait(signal, 0, 0);
  const { message } = receiveMessageOnPort(requests);
  if (message.thrown) throw new Error(message.thrown);
  return message.answer;
}

// How far the execution's clock is ahead of the machine's: sleeps, and what answers say about the time they took.
let skippedMs = 0;
let uuids = 0;

const host = {
  http(request) {
    const { elapsedMs = 0, ...answer } = ask('http', request);
    skippedMs += elapsedMs;
    return answer;
  },
  sleep(milliseconds) {
    skippedMs += milliseconds;
    ask('sleep', milliseconds);
  },
  ask(question) {
    const { elapsedMs = 0, ...answer } = ask('ask', question);
    skippedMs += elapsedMs;
    return answer;
  },
  tell: (event) => ask('tell', event),
  props: {
    all: (store) => ask('props.all', { store }),
    set: (store, key, value) => ask('props.set', { store, key, value }),
    remove: (store, key) => ask('props.remove', { store, key }),
  },
  file: (name) => pages[name],
  uuid() {
    // Names the execution and the call, so that a test sees when two are the same.
    const hex = createHash('sha256').update(`${workerData.executionId} ${uuids++}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  },
  context,
};

function run() {
  const sandbox = vm.createContext({ host, skippedMs: () => skippedMs });
  // The stand-ins are made inside, where the .gs run: what they throw is an Error there.
  vm.runInContext(bundle, sandbox, { filename: 'appsscript-runtime' });
  vm.runInContext(`{
    const now = Date.now;
    const ahead = skippedMs;
    Date.now = () => now() + ahead();
    Object.assign(globalThis, appsScriptRuntime.makeAppsScript(host));
    for (const name of ['host', 'skippedMs', 'appsScriptRuntime']) delete globalThis[name];
  }`, sandbox);
  for (const { name, text } of scripts) vm.runInContext(text, sandbox, { filename: name });
  sandbox.argumentsAsJson = JSON.stringify(args);
  return vm.runInContext(`JSON.stringify(${functionName}(...JSON.parse(argumentsAsJson)))`, sandbox);
}

try {
  parentPort.postMessage({ result: run() });
} catch (error) {
  parentPort.postMessage({ thrown: error.message, stack: error.stack });
}
