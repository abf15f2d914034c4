// The parts of the console that need no browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linear, ticks } from '../../app/web/console/charts/scale.js';
import { cellText, duration } from '../../app/web/console/format.js';
import { rankDifferences } from '../../app/web/console/ranking.js';
import { address, parseAddress } from '../../app/web/console/router.js';

const initiative = (key, overall) => ({
  initiative_key: key,
  scores: Object.fromEntries(Object.entries(overall).map(([framework, value]) => [framework, value === null ? null : { overall: value }])),
});
const byKey = (ranked) => Object.fromEntries(ranked.map(({ initiative: { initiative_key: key }, ranks, spread }) => [key, { ...ranks, spread }]));

test('ranks count among all that a framework scores, equal scores share one', () => {
  const ranked = byKey(rankDifferences([
    initiative('A', { RICE: 10, WSJF: 1 }), initiative('B', { RICE: 30, WSJF: 2 }), initiative('C', { RICE: 10, WSJF: 3 }),
    initiative('D', { RICE: 5 }),
  ]));
  assert.deepEqual(ranked, { A: { RICE: 2, WSJF: 3, spread: 1 }, B: { RICE: 1, WSJF: 2, spread: 1 }, C: { RICE: 2, WSJF: 1, spread: 1 } });
});

test('a framework that scores one initiative does not differ from the others by that', () => {
  const ranked = rankDifferences([
    initiative('A', { RICE: 1, MATH_MODEL: 9 }), initiative('B', { RICE: 2 }), initiative('C', { RICE: 3 }), initiative('D', { RICE: 4 }),
  ]);
  assert.deepEqual(byKey(ranked), { A: { RICE: 4, MATH_MODEL: 1, spread: 0 } });
});

test('those that differ most come first, what is not scored is left out', () => {
  const ranked = rankDifferences([
    initiative('A', { RICE: 1, WSJF: 1 }), initiative('B', { RICE: 2, WSJF: 3 }), initiative('C', { RICE: 3, WSJF: 2 }),
    initiative('D', { RICE: 4, WSJF: 0 }), initiative('E', { RICE: null, WSJF: null }), initiative('F', {}),
  ]);
  assert.deepEqual(ranked.map(({ initiative: { initiative_key: key } }) => key), ['D', 'B', 'A', 'C']);
  assert.equal(ranked[0].spread, 3);
});

test('ten thousand initiatives are ranked while nobody notices', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => initiative(`INIT-${index}`, { RICE: index, WSJF: (index * 7919) % 10_007 }));
  const begun = performance.now();
  assert.equal(rankDifferences(many).length, 10_000);
  assert.ok(performance.now() - begun < 5000);
});

test('axes have round values that cover everything', () => {
  for (const [low, high] of [[0, 4200], [-3, 17], [0, 0.0031], [5, 5], [0, 0], [0, 1e9]]) {
    const marks = ticks(low, high);
    assert.ok(marks[0] <= low && marks.at(-1) >= high, `${low} to ${high}: ${marks}`);
    assert.ok(marks.length >= 1 && marks.length <= 8, `${low} to ${high}: ${marks}`);
  }
  assert.equal(linear([0, 10], [100, 200])(5), 150);
  assert.equal(linear([3, 3], [100, 200])(3), 100);
});

test('addresses keep what stands in them', () => {
  const parameters = { status: 'failed', user: 'a+b@example.com', cursor: '' };
  const parsed = parseAddress(address('runs', 'a/b c', parameters));
  assert.deepEqual(parsed, { name: 'runs', argument: 'a/b c', parameters: { status: 'failed', user: 'a+b@example.com' } });
  assert.equal(parseAddress('').name, '');
});

test('times and cells are shown as people write them', () => {
  assert.deepEqual([4, 2500, 200_000].map(duration), ['4 ms', '2.5 s', '3 min 20 s']);
  assert.deepEqual([null, '', 0, false, true, 1234.5, '=A1'].map(cellText), ['–', '–', '0', 'no', 'yes', '1,234.5', '=A1']);
});
