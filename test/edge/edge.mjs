// The edge driver against a service of its own, directly and through Debian's nginx as deploy/ and the operator guide
// configure it. Needs `ulimit -n` of 20,000.
//
//   node test/edge/edge.mjs [seconds]

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { fileURLToPath } from 'node:url';

import { SECRET, SheetsWorld } from '../bench/sheets_world.mjs';
import { Nginx } from './nginx.mjs';

const driver = fileURLToPath(new URL('edge_driver.mjs', import.meta.url));
const [seconds = '2'] = process.argv.slice(2);

async function drive(url, certificate) {
  const env = { ...process.env, ROADMAP_AI_SECRET: SECRET, ...(certificate && { NODE_EXTRA_CA_CERTS: certificate }) };
  const [code] = await once(spawn('node', [driver, url, seconds], { env, stdio: 'inherit' }), 'exit');
  return code === 0;
}

async function direct() {
  const world = await SheetsWorld.start(1);
  try {
    return await drive(world.url);
  } finally {
    await world.stop();
  }
}

/** The status of a GET from an address of this machine. */
async function statusOf(nginx, path, secret, localAddress) {
  const request = https.get(nginx.url + path, { localAddress, family: 4, agent: false, ca: readFileSync(nginx.certificate),
    headers: { 'X-ROADMAP-AI-SECRET': secret, 'X-Forwarded-For': '10.1.2.3' } });
  const [response] = await once(request, 'response');
  response.resume();
  return response.statusCode;
}

/** Whom the proxy speaks for is known, whatever a client claims: one guesses the secret, and another one is not slowed. */
async function checkManners(nginx) {
  const { status, headers } = await fetch(`${nginx.plainUrl}/any?way`, { redirect: 'manual' });
  assert.deepEqual([status, headers.get('location')], [301, 'https://localhost/any?way']);
  const guesses = [];
  for (let guess = 0; guess < 12; guess += 1) guesses.push(await statusOf(nginx, '/status', `guess ${guess}`, '127.0.0.2'));
  assert.deepEqual([guesses[0], guesses.at(-1)], [401, 429]);
  assert.equal(await statusOf(nginx, '/status', 'a guess', '127.0.0.3'), 401);
  assert.equal(await statusOf(nginx, '/status', SECRET, '127.0.0.2'), 200);
}

async function throughNginx() {
  const world = await SheetsWorld.start(1, { ROADMAPD_SERVER_TRUSTED_PROXIES: '127.0.0.1' });
  let nginx;
  try {
    nginx = await Nginx.start(world.url);
    await checkManners(nginx);
    const good = await drive(nginx.url, nginx.certificate);
    const shortages = nginx.shortages();
    if (shortages.length > 0) console.log(`NOT without shortage: ${shortages.length} lines in nginx's log, the first: ${shortages[0]}`);
    return good && shortages.length === 0;
  } finally {
    await nginx?.stop();
    await world.stop();
  }
}

console.log('== directly');
let good = await direct();
console.log('== through nginx');
if (Nginx.absentBecause) console.log(`skipped: ${Nginx.absentBecause}`);
else good = (await throughNginx()) && good;
process.exit(good ? 0 : 1);
