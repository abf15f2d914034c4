// The parts of the console that need no browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PERIODS, buckets, failureRate, throughput, totalOf } from '../../app/web/console/activity.js';
import { drawable } from '../../app/web/console/charts/scatter_chart.js';
import { extent, linear, logarithmic, logarithmicTicks, ticks } from '../../app/web/console/charts/scale.js';
import { RADIUS, titlePlaces } from '../../app/web/console/charts/title_places.js';
import { csvText } from '../../app/web/console/csv.js';
import { groupFailures, kindOf, reasonsOf } from '../../app/web/console/failures.js';
import { cellText, cut, duration, localTime, number, percent, plural, withNumbers } from '../../app/web/console/format.js';
import { comparableSets, rankDifferences, ranksOfAll } from '../../app/web/console/ranking.js';
import { address, parseAddress } from '../../app/web/console/router.js';
import { sheetAddress } from '../../app/web/console/sheet_links.js';
import { containing } from '../../app/web/console/views/all_initiatives.js';
import { takenInputs } from '../../app/web/console/views/score_card.js';

const initiative = (key, overall) => ({
  initiative_key: key,
  scores: Object.fromEntries(Object.entries(overall).map(([framework, value]) => [framework, value === null ? null : { overall: value }])),
});
const byKey = (ranked) => Object.fromEntries(ranked.map(({ initiative: { initiative_key: key }, ranks, spread }) => [key, { ...ranks, spread }]));

test('ranks count among those that all chosen frameworks score, equal scores share one', () => {
  const all = [
    initiative('A', { RICE: 10, WSJF: 1 }), initiative('B', { RICE: 30, WSJF: 2 }), initiative('C', { RICE: 10, WSJF: 3 }),
    initiative('D', { RICE: 50 }),
  ];
  assert.deepEqual(byKey(rankDifferences(all, ['RICE', 'WSJF'])),
    { A: { RICE: 2, WSJF: 3, spread: 1 }, B: { RICE: 1, WSJF: 2, spread: 1 }, C: { RICE: 2, WSJF: 1, spread: 1 } });
});

test('a framework that scores one initiative does not differ from the others by that', () => {
  const ranked = rankDifferences([
    initiative('A', { RICE: 1, MATH_MODEL: 9 }), initiative('B', { RICE: 2 }), initiative('C', { RICE: 3 }), initiative('D', { RICE: 4 }),
  ], ['RICE', 'MATH_MODEL']);
  assert.deepEqual(byKey(ranked), { A: { RICE: 1, MATH_MODEL: 1, spread: 0 } });
});

test('those that differ most come first, what is not scored is left out', () => {
  const all = [
    initiative('A', { RICE: 1, WSJF: 1 }), initiative('B', { RICE: 2, WSJF: 3 }), initiative('C', { RICE: 3, WSJF: 2 }),
    initiative('D', { RICE: 4, WSJF: 0, MATH_MODEL: 1 }), initiative('E', { RICE: null, WSJF: null }), initiative('F', {}),
  ];
  const ranked = rankDifferences(all, ['RICE', 'WSJF']);
  assert.deepEqual(ranked.map(({ initiative: { initiative_key: key } }) => key), ['D', 'B', 'A', 'C']);
  assert.equal(ranked[0].spread, 3);
  assert.deepEqual(comparableSets(all), [['RICE', 'WSJF'], ['RICE', 'MATH_MODEL'], ['WSJF', 'MATH_MODEL'], ['RICE', 'WSJF', 'MATH_MODEL']]);
  assert.deepEqual(comparableSets(all.slice(4)), []);
});

test('ten thousand initiatives are ranked while nobody notices', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => initiative(`INIT-${index}`, { RICE: index, WSJF: (index * 7919) % 10_007 }));
  const begun = performance.now();
  assert.equal(rankDifferences(many, ['RICE', 'WSJF']).length, 10_000);
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

test('ranks of all count every initiative that a framework scores', () => {
  const [a, b, c] = [initiative('A', { RICE: 1 }), initiative('B', { RICE: 5, WSJF: 2 }), initiative('C', {})];
  const ranks = ranksOfAll([a, b, c]);
  assert.deepEqual([ranks.get('RICE').get(b), ranks.get('RICE').get(a), ranks.get('RICE').size], [1, 2, 2]);
  assert.deepEqual([ranks.get('WSJF').get(b), ranks.get('WSJF').has(c), ranks.get('MATH_MODEL').size], [1, false, 0]);
});

test('logarithmic axes have round values that cover everything, and equal factors lie equally far apart', () => {
  for (const [low, high] of [[1, 20], [0.004, 9000], [3, 3], [1, 1], [250, 15_833.3], [1e-9, 1e12], [5, 10]]) {
    const marks = logarithmicTicks(low, high);
    assert.ok(marks[0] <= low && marks.at(-1) >= high, `${low} to ${high}: ${marks}`);
    assert.ok(marks.length >= 2 && marks.length <= 9, `${low} to ${high}: ${marks}`);
    assert.ok(marks.every((mark, index) => index === 0 || mark > marks[index - 1]), `${marks}`);
    assert.ok(marks.every((mark) => /^[125]e/.test(mark.toExponential())), `${marks}`);
  }
  const place = logarithmic([1, 1000], [0, 300]);
  assert.deepEqual([1, 10, 100, 1000].map((value) => Math.round(place(value))), [0, 100, 200, 300]);
  assert.deepEqual(extent([3, -1, 7]), [-1, 7]);
});

test('what a logarithmic axis cannot show is left out there only', () => {
  const points = [{ value: 3, effort: 1 }, { value: 0, effort: 1 }, { value: -2, effort: 1 }, { value: 2, effort: 0 }];
  assert.deepEqual(drawable(points, true), [points[0]]);
  assert.deepEqual(drawable(points, false), points);
});

const counts = (given) => ({ queued: 0, running: 0, success: 0, failed: 0, cancelled: 0, ...given });

test('runs over time fall into the period in which they were asked for, older ones into none', () => {
  const now = Date.parse('2026-01-02T03:04:05Z');
  const list = buckets([
    { from: '2026-01-01T02:00:00.000Z', counts: counts({ success: 99 }) },
    { from: '2026-01-01T04:00:00.000Z', counts: counts({ success: 1 }) },
    { from: '2026-01-02T03:00:00.000Z', counts: counts({ success: 2, failed: 1, cancelled: 1, queued: 1, running: 1 }) },
  ], PERIODS.day, now);
  assert.equal(list.length, 24);
  assert.deepEqual([list[0].from, list.at(-1).until], ['2026-01-01T04:00:00Z', '2026-01-02T04:00:00Z'].map((time) => Date.parse(time)));
  assert.deepEqual(totalOf(list), { success: 3, failed: 1, other: 3 });
  assert.deepEqual([list[0].success, list.at(-1).success, list.at(-1).failed, list.at(-1).other], [1, 2, 1, 3]);
  for (const period of Object.values(PERIODS)) {
    const minute = [{ from: '2026-01-02T03:04:00.000Z', counts: counts({ failed: 1 }) }];
    assert.equal(buckets(minute, period, now).at(-1).failed, 1, period.label);
  }
});

const FRAME = { left: 56, right: 624, top: 28, bottom: 376 };
const circlesAt = (places) => places.map(([cx, cy], index) => ({ cx, cy, text: `Initiative of rank ${index + 1}`, wide: 128 }));
const farFrom = (box, { cx, cy }) =>
  Math.hypot(cx - Math.min(box.right, Math.max(box.left, cx)), cy - Math.min(box.bottom, Math.max(box.top, cy)));

test('a title stands nearest to its own circle, or a line from it leads there', () => {
  const near = circlesAt([[200, 200], [350, 200], [344, 180], [420, 205], [460, 300], [468, 312], [200, 202]]);
  const titles = titlePlaces(near, { most: 14, frame: FRAME });
  assert.deepEqual(titles.map(({ circle }) => circle), near);
  assert.ok(titles.some(({ line }) => line));
  for (const { circle, line, box } of titles) {
    const others = near.filter(({ cx, cy }) => Math.hypot(cx - circle.cx, cy - circle.cy) > RADIUS);
    if (line) {
      assert.ok(Math.abs(Math.hypot(line[0].x - circle.cx, line[0].y - circle.cy) - RADIUS) < 1e-9, circle.text);
      assert.ok(line.every(({ x, y }) => others.every(({ cx, cy }) => Math.hypot(cx - x, cy - y) > RADIUS)), circle.text);
    } else {
      assert.ok(others.every((other) => farFrom(box, other) > farFrom(box, circle)), circle.text);
    }
  }
});

test('where there is no room for all titles, the best have theirs, and the chosen one', () => {
  const crowd = circlesAt(Array.from({ length: 100 }, (_, index) => [240 + (index % 10) * 22, 100 + Math.floor(index / 10) * 22]));
  const ranks = (options) => titlePlaces(crowd, { most: 40, frame: FRAME, ...options }).map(({ circle }) => crowd.indexOf(circle));
  const shown = ranks({});
  assert.ok(shown.length > 1 && shown.length < 40, `${shown}`);
  assert.deepEqual(shown, [...shown].sort((a, b) => a - b));
  assert.equal(shown[0], 0);
  assert.equal(ranks({ chosen: crowd[99] })[0], 99);
  const [amidst] = titlePlaces(crowd, { chosen: crowd[55], most: 40, frame: FRAME });
  assert.equal(crowd.indexOf(amidst.circle), 55, 'the one that is asked for has its title even where that covers others');
  assert.ok(amidst.box.left >= FRAME.left && amidst.box.right <= FRAME.right + 8, 'and it is not cut off');
  assert.ok(amidst.line, 'a line joins it to its own');
  const pile = circlesAt([[300, 200], [300, 206], [300, 212], [300, 218], [300, 224], [300, 230], [560, 100]]);
  const ofPile = titlePlaces(pile, { most: 7, frame: FRAME }).map(({ circle }) => pile.indexOf(circle));
  assert.ok(ofPile.length < 7 && ofPile.at(-1) === 6, `what stands alone has its title after others lack room: ${ofPile}`);
});

test('throughput and failure rate are said of what there is, and no number twice', () => {
  assert.deepEqual([24, 240, 12, 0].map((runs) => throughput(runs, PERIODS.day)), ['1 an hour', '10 an hour', '', '']);
  assert.deepEqual([12, 0].map((runs) => throughput(runs, PERIODS.hour)), ['', '']);
  assert.deepEqual([7, 168, 0].map((runs) => throughput(runs, PERIODS.week)), ['1 a day', '1 an hour', '']);
  assert.equal(failureRate({ success: 3, failed: 1, other: 9 }), 0.25);
  assert.equal(failureRate({ success: 0, failed: 0, other: 9 }), undefined);
  assert.deepEqual([0, 0.001, 0.255, 1].map(percent), ['0 %', 'under 1 %', '26 %', '100 %']);
});

test('reasons that differ in a value only are one, with the runs and rows that they cost', () => {
  const run = (id, error, ...failures) => ({
    run_id: id, error: error ? { message: error } : null, failures: failures.map(([message, count]) => ({ message, count })),
  });
  const runs = [
    run('c', null, ["RICE: Reach: 'abc' is not a number", 2], ["RICE: Reach: '12 000' is not a number", 1], ['no RICE score yet, run Score first', 1]),
    run('b', "There is no tab 'X'."), run('a', null, ["RICE: Reach: 'x' is not a number", 1]), { run_id: 'd', error: null, failures: null },
  ];
  const groups = groupFailures(runs).map(({ reason, runs: hit, rows }) => [reason, hit.map(({ run_id: id }) => id).join(''), rows]);
  assert.deepEqual(groups, [
    ["RICE: Reach: '…' is not a number", 'ca', 4], ['no RICE score yet, run Score first', 'c', 1], ["There is no tab 'X'.", 'b', 0],
  ]);
  assert.equal(kindOf('INIT-000009 in row 7: 1,200.5'), kindOf('INIT-12 in row 8: 3'));
  assert.notEqual(kindOf('Effort missing'), kindOf('Reach missing'));
  assert.deepEqual(reasonsOf(runs[3]), []);
});

test('CSV keeps what is special in it, and nothing in it becomes a formula', () => {
  const columns = [{ label: 'Title', value: (row) => row.title }, { label: 'a "b"', value: (row) => row.score }];
  assert.equal(csvText(columns, [
    { title: 'plain', score: 1.5 }, { title: 'a, "b"\nc', score: null }, { title: '=1+1', score: -3 }, { title: '-x', score: false },
    { title: '@a', score: undefined }, { title: '+4', score: 0 },
  ]), 'Title,"a ""b"""\r\nplain,1.5\r\n"a, ""b""\nc",\r\n\'=1+1,-3\r\n\'-x,false\r\n\'@a,\r\n\'+4,0\r\n');
});

test('a row is linked in Google once its tab is known there, in the demo in the workspace', () => {
  const tabs = [{ spreadsheet_id: 'a/b', tab: 'Backlog', sheet_id: 0 }, { spreadsheet_id: 'a/b', tab: 'Params', sheet_id: null }];
  const at = (place, workspace = false) => sheetAddress({ spreadsheet_id: 'a/b', ...place }, { tabs, workspace });
  assert.equal(at({ tab: 'backlog', row: 7 }), 'https://docs.google.com/spreadsheets/d/a%2Fb/edit#gid=0&range=7:7');
  assert.equal(at({ tab: 'Backlog' }), 'https://docs.google.com/spreadsheets/d/a%2Fb/edit#gid=0');
  for (const unknown of [{}, { tab: 'Params', row: 7 }, { tab: 'Other', row: 7 }]) {
    assert.equal(at(unknown), 'https://docs.google.com/spreadsheets/d/a%2Fb/edit');
  }
  assert.equal(at({ tab: 'My Backlog', row: 7 }, true), '/workspace#a%2Fb&tab=My%20Backlog&row=7');
  assert.equal(at({ tab: 'Backlog' }, true), '/workspace#a%2Fb&tab=Backlog');
  assert.equal(at({}, true), '/workspace#a%2Fb');
});

test('a calculation shows its numbers as the figures beside it, and leaves names alone', () => {
  const shown = {
    '190000 × 2 × 0.5 ÷ 12 = 15833.333333333334': '190,000 × 2 × 0.5 ÷ 12 = 15,833.333',
    'q1_2027 = 16000 × 0.00042 + x2 = (-6.72); y = 1e-07 ÷ 3e+06': 'q1_2027 = 16,000 × 0.00042 + x2 = (-6.72); y = 0.0000001 ÷ 3,000,000',
    'Effort missing': 'Effort missing',
  };
  for (const [text, readable] of Object.entries(shown)) assert.equal(withNumbers(text), readable);
});

test('a small number is not shown as 0', () => {
  assert.deepEqual([0, 0.00042, -0.0123456, 0.12345, 1234.5678].map(number), ['0', '0.00042', '-0.0123', '0.123', '1,234.568']);
  assert.equal(cellText(0.0004), '0.0004');
});

test('each input of a score stands once, under the header of the sheet', () => {
  const fields = new Map([['rice_reach', { header: 'RICE: Reach', note: 'n' }], ['rice_impact', { header: 'RICE: Impact', note: 'm' }]]);
  const score = { inputs: { rice_reach: 500, rice_impact: 5 }, components: { rice_reach: 500, rice_impact: 3, rice_value_score: 1500 } };
  assert.deepEqual(takenInputs(score, fields), [['RICE: Reach', '500', 'n'], ['RICE: Impact', '5, counts as 3', 'm']]);
});

test('a search asks for every word, wherever it stands', () => {
  const one = { initiative_key: 'INIT-000004', title: 'Loyalty points', requesting_team: 'CRM', product_org: null, status: 'new' };
  assert.deepEqual(['', 'points crm', '000004 NEW', 'points sales'].map((search) => containing(search)(one)), [true, true, true, false]);
});

test('addresses keep what stands in them', () => {
  const parameters = { status: 'failed', user: 'a+b@example.com', cursor: '' };
  const parsed = parseAddress(address('runs', 'a/b c', parameters));
  assert.deepEqual(parsed, { name: 'runs', argument: 'a/b c', parameters: { status: 'failed', user: 'a+b@example.com' } });
  assert.equal(parseAddress('').name, '');
});

test('times and cells are shown as people write them', () => {
  assert.match(localTime('2026-01-02T03:04:05Z'), /^2026-01-0\d \d\d:\d\d:05 (UTC|GMT[+-][\d:]+|[A-Z]{3,4})$/);
  assert.deepEqual([plural(1, 'initiative'), plural(0, 'initiative'), plural(2000, 'initiative')], ['1 initiative', '0 initiatives', '2,000 initiatives']);
  assert.deepEqual([cut('short', 5), cut('longer', 5), cut('ab cd', 4)], ['short', 'long…', 'ab…']);
  assert.deepEqual([4, 2500, 200_000].map(duration), ['4 ms', '2.5 s', '3 min 20 s']);
  assert.deepEqual([null, '', 0, false, true, 1234.5, '=A1'].map(cellText), ['–', '–', '0', 'no', 'yes', '1,234.5', '=A1']);
});
