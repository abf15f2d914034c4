// How tokens are had from the emulator and what calls without a good one get.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';

import { createSpreadsheet, Emulator, refused } from './official_client.mjs';

let emulator;
before(async () => {
  emulator = await Emulator.start();
});
after(() => emulator.stop());

async function call(method, path, headers = {}) {
  const response = await fetch(emulator.url + path, { method, headers });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

test('a service account gets a token once and uses it for all its calls', async () => {
  await emulator.hook('POST', 'calls/reset');
  const api = emulator.client();
  const { id } = await createSpreadsheet(api, 'tokens');
  await api.spreadsheets.get({ spreadsheetId: id });
  await api.spreadsheets.values.get({ spreadsheetId: id, range: 'A1' });
  const { calls } = await emulator.hook('GET', 'calls');
  assert.deepEqual(calls, { token: 1, 'spreadsheets.create': 1, 'spreadsheets.get': 1, 'values.get': 1 });
});

test('the token answer has the members that clients read', async () => {
  const { tokens } = await emulator.authorise().refreshToken();
  assert.equal(tokens.token_type, 'Bearer');
  assert.ok(tokens.access_token.length > 20);
  const lifetime = tokens.expiry_date - Date.now();
  assert.ok(lifetime > 3_500_000 && lifetime < 3_700_000, `expires in ${lifetime} ms`);
});

test('a grant signed with another key is refused', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const error = await refused(emulator.authorise({ key }).authorize());
  assert.equal(error.httpStatus, 400);
  assert.equal(error.error, 'invalid_grant');
  assert.match(error.error_description, /signature/i);
});

test('a grant for another audience is refused', async () => {
  const error = await refused(emulator.authorise({ claims: { aud: 'https://example.com/token' } }).authorize());
  assert.equal(error.httpStatus, 400);
  assert.equal(error.error, 'invalid_grant');
});

test('a grant of a clock that is wrong, or for more than an hour, is refused and the reason is told', async () => {
  const now = Math.floor(Date.now() / 1000);
  for (const claims of [
    { iat: now, exp: now + 7200 },
    { iat: now - 7200, exp: now - 3600 },
    { iat: now + 3600, exp: now + 7200 },
  ]) {
    const error = await refused(emulator.authorise({ claims }).authorize());
    assert.equal(error.httpStatus, 400);
    assert.equal(error.error, 'invalid_grant');
    assert.match(error.error_description, /Invalid JWT: Token must be a short-lived token \(60 minutes\)/);
  }
});

test('a token for another scope may not touch spreadsheets', async () => {
  const auth = emulator.authorise({ scopes: ['https://www.googleapis.com/auth/calendar'] });
  const error = await refused(emulator.client(auth).spreadsheets.create({ requestBody: {} }));
  assert.equal(error.httpStatus, 403);
  assert.equal(error.status, 'PERMISSION_DENIED');
  assert.equal(error.message, 'Request had insufficient authentication scopes.');
  assert.equal(error.details[0].reason, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT');
});

test('calls without a credential are refused, reads and writes each in their way', async () => {
  const read = await call('GET', '/v4/spreadsheets/abc');
  assert.equal(read.status, 403);
  assert.match(read.body.error.message, /^Method doesn't allow unregistered callers/);
  const write = await call('POST', '/v4/spreadsheets/abc:batchUpdate');
  assert.equal(write.status, 401);
  assert.equal(write.body.error.status, 'UNAUTHENTICATED');
  assert.match(write.body.error.message, /^Request is missing required authentication credential/);
});

test('a token that nobody issued is refused with Google\'s sentence', async () => {
  const { status, body, headers } = await call('GET', '/v4/spreadsheets/abc', { Authorization: 'Bearer nonsense' });
  assert.equal(status, 401);
  assert.equal(headers.get('content-type'), 'application/json; charset=UTF-8');
  assert.equal(body.error.code, 401);
  assert.equal(body.error.status, 'UNAUTHENTICATED');
  assert.match(body.error.message, /^Request had invalid authentication credentials\. Expected OAuth 2 access token/);
});
