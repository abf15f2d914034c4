// Half a minute of the storm; `node test/storm/storm.mjs` blows as long as one likes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { temporaryFolder } from '../integration/node/roadmapd_process.mjs';
import { Storm } from './campaign.mjs';
import { tableOf, writeTraces } from './report.mjs';

const SEED = 20;
const SECONDS = 25;

test('nothing that a person typed is lost while people sort, answers get lost and processes are killed', { timeout: 240_000 }, async (t) => {
  const folder = temporaryFolder();
  t.after(() => folder.remove());
  const storm = new Storm({ folder: folder.path, seed: SEED, initiatives: 30, until: ({ elapsed }) => elapsed >= SECONDS });
  t.after(() => storm.stop());
  await storm.start();
  await storm.blow();
  for (const line of tableOf(storm, SEED).split('\n')) t.diagnostic(line);
  assert.deepEqual(writeTraces(storm, 'build/storm', SEED), [], 'each violation has a file that tells how it came about');
  const { sums, service, people, clicks } = storm;
  const seen = { kills: service.kills > 0, moved: people.rowsMoved > 0, runs: clicks.runs.length > 0, cells: sums.cells > 0, scores: sums.scores > 0,
    strong: sums.strong > 0 };
  assert.deepEqual(Object.entries(seen).filter(([, happened]) => !happened), [], 'a storm in which nothing happens shows nothing');
});
