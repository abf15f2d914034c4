// google.script as a dialog's page sees it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeGoogleScript } from '../../app/web/appsscript-runtime/google_script.mjs';

/** What the handlers get for one call of `use(run)`. */
function outcome(call, use) {
  return new Promise((resolve) => {
    const { run } = makeGoogleScript(call, () => {}).script;
    use(run.withSuccessHandler((result, user) => resolve({ result, user })).withFailureHandler((error, user) => resolve({ error: error.message, user })));
  });
}

test('arguments and results travel as JSON, and the user object comes back', async () => {
  const seen = [];
  const call = async (name, json) => {
    seen.push([name, json]);
    return '{"done":1}';
  };
  assert.deepEqual(await outcome(call, (run) => run.withUserObject('button').look({ id: 7 }, 'x')), { result: { done: 1 }, user: 'button' });
  assert.deepEqual(seen, [['look', '[{"id":7},"x"]']]);
});

test('a function that returns nothing gives undefined', async () => {
  assert.deepEqual(await outcome(async () => undefined, (run) => run.look()), { result: undefined, user: undefined });
});

test('what the function throws reaches the failure handler', async () => {
  assert.deepEqual(await outcome(() => Promise.reject(new Error('no')), (run) => run.look()), { error: 'no', user: undefined });
});

test('a function whose name ends in _ is out of a page\'s reach', async () => {
  const call = () => assert.fail('it was called');
  assert.deepEqual(await outcome(call, (run) => run.connection_()), { error: 'google.script.run.connection_ is not a function', user: undefined });
});

test('handlers of one call are not those of another', async () => {
  const results = [];
  const { run } = makeGoogleScript(async (name) => JSON.stringify(name), () => {}).script;
  await new Promise((resolve) => {
    run.withSuccessHandler((result) => results.push(['first', result])).one();
    run.withSuccessHandler((result) => resolve(results.push(['second', result]))).two();
  });
  assert.deepEqual(results, [['first', 'one'], ['second', 'two']]);
});

test('a page may ask for another size', () => {
  const sizes = [];
  const { host } = makeGoogleScript(async () => undefined, () => {}, (size) => sizes.push(size)).script;
  host.setWidth(600);
  host.setHeight(400);
  assert.deepEqual(sizes, [{ width: 600 }, { height: 400 }]);
});

test('closing the dialog is the host\'s', () => {
  let closed = 0;
  makeGoogleScript(async () => undefined, () => { closed += 1; }).script.host.close();
  assert.equal(closed, 1);
});
