// The OpenAPI document: valid itself, its examples too, and true about what the service answers.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';

import { executable, RoadmapdProcess } from './roadmapd_process.mjs';

const SECRET = 'openapi-test-0123456789abcdef';
const document = JSON.parse(execFileSync(executable, ['openapi'], { encoding: 'utf8' }));
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document, 'openapi');

let demo;

before(async () => {
  demo = await RoadmapdProcess.start(['demo', '--port', '0'], { ROADMAP_AI_SECRET: SECRET });
});

after(() => demo?.stop());

function operations() {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
}

function assertFits(schema, value, what) {
  const validate = ajv.compile(schema);
  assert.ok(validate(value), `${what}: ${JSON.stringify(validate.errors)}`);
}

const schemaOf = (name) => ({ $ref: `openapi#/components/schemas/${name}` });

async function answer(method, path, { body, headers = {} } = {}) {
  const response = await fetch(demo.url + path, {
    method, body: body && JSON.stringify(body),
    // Compiling schemas may keep this process busy for longer than the service keeps an idle connection.
    headers: { Connection: 'close', 'X-ROADMAP-AI-SECRET': SECRET, ...(body && { 'Content-Type': 'application/json' }), ...headers },
  });
  return { status: response.status, json: await response.json() };
}

test('the document is valid OpenAPI 3.1', async () => {
  assert.match(document.openapi, /^3\.1\./);
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors, null, 2));
});

test('each operation has a name of its own and says what it answers', () => {
  const names = operations().map(({ operation }) => operation.operationId);
  assert.equal(new Set(names).size, names.length);
  for (const { path, method, operation } of operations()) {
    assert.ok(operation.summary, `${method} ${path} has no summary`);
    assert.ok(Object.keys(operation.responses).some((status) => status.startsWith('2')), `${method} ${path}`);
  }
});

test('every action has an example that fits the schema of requests', () => {
  const { examples } = document.paths['/actions/run'].post.requestBody.content['application/json'];
  const { enum: actions } = document.components.schemas.ActionRequest.properties.action;
  assert.deepEqual(Object.keys(examples).sort(), [...actions].sort());
  for (const [name, { value }] of Object.entries(examples)) {
    assert.equal(value.action, name);
    assert.equal(value.options.dry_run, true, `${name}: a newcomer's first click changes nothing`);
    assertFits(schemaOf('ActionRequest'), value, name);
  }
});

test('what the service answers fits the schemas that it describes', async () => {
  const { json: { run_id: runId } } = await answer('POST', '/actions/run', { body: { action: 'pm.backlog_sync' } });
  let run;
  do {
    run = (await answer('GET', `/actions/run/${runId}?wait=20`)).json;
  } while (!run.finished_at);
  const { json: { initiatives: [{ initiative_key: key }] } } = await answer('GET', '/initiatives?limit=1');
  const fillIn = (path) => path.replace('{run_id}', runId).replace('{initiative_key}', key);
  let compared = 0;
  for (const { path, method, operation } of operations()) {
    const schema = operation.responses['200']?.content?.['application/json']?.schema;
    if (method !== 'get' || !schema?.$ref) continue;
    const { status, json } = await answer('GET', fillIn(path));
    assert.equal(status, 200, path);
    assertFits({ $ref: `openapi${schema.$ref}` }, json, path);
    compared += 1;
  }
  assert.ok(compared >= 10, `${compared} answers were compared`);
});

test('refusals are the problem documents that the document describes', async () => {
  const refusals = [
    await answer('POST', '/actions/run', { body: { action: 'pm.nothing' } }),
    await answer('GET', '/actions/run/run_x'),
    await answer('GET', '/actions', { headers: { 'X-ROADMAP-AI-SECRET': 'wrong' } }),
    await answer('GET', '/actions/runs?limit=0'),
  ];
  assert.deepEqual(refusals.map(({ status }) => status), [422, 404, 401, 400]);
  for (const { json } of refusals) assertFits(schemaOf('Problem'), json, json.title);
});

test('the running service serves the document that the executable prints', async () => {
  assert.deepEqual((await answer('GET', '/openapi.json')).json, document);
});
