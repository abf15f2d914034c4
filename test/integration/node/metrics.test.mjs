// What Prometheus and Grafana rely on: every metric of the dashboard exists, with the labels that it groups by.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { RoadmapdProcess } from './roadmapd_process.mjs';

const SECRET = 'metrics-test-0123456789abcdef';
const HEADERS = { 'X-ROADMAP-AI-SECRET': SECRET, 'Content-Type': 'application/json' };
const dashboard = JSON.parse(readFileSync(new URL('../../../deploy/grafana-dashboard.json', import.meta.url), 'utf8'));

let demo;
let exposition;

before(async () => {
  demo = await RoadmapdProcess.start(['demo', '--port', '0'], { ROADMAP_AI_SECRET: SECRET });
  const body = JSON.stringify({ action: 'pm.backlog_sync' });
  const { run_id } = await (await fetch(`${demo.url}/actions/run`, { method: 'POST', headers: HEADERS, body })).json();
  let run;
  do {
    run = await (await fetch(`${demo.url}/actions/run/${run_id}?wait=20`, { headers: HEADERS })).json();
  } while (!run.finished_at);
  assert.equal(run.status, 'success');
  exposition = await (await fetch(`${demo.url}/metrics`, { headers: HEADERS })).text();
});

after(() => demo?.stop());

/** The labels of each metric's samples. */
function labelsByMetric(text) {
  const labels = new Map();
  for (const [, name, inBraces = ''] of text.matchAll(/^([a-z_]+)(?:\{(.*?)\})? \S+$/gm)) {
    const names = [...inBraces.matchAll(/([a-z_]+)="/g)].map((match) => match[1]);
    labels.set(name, new Set([...(labels.get(name) ?? []), ...names]));
  }
  return labels;
}

const expressions = dashboard.panels.flatMap((panel) => panel.targets.map((target) => [panel.title, target.expr]));

test('every metric that the dashboard asks for is there', () => {
  const labels = labelsByMetric(exposition);
  const asked = expressions.flatMap(([title, expr]) => [...expr.matchAll(/roadmapd_[a-z_]+/g)].map((match) => [title, match[0]]));
  assert.ok(asked.length > 20);
  for (const [title, metric] of asked) assert.ok(labels.has(metric), `panel '${title}' asks for ${metric}`);
});

test('the dashboard groups by labels that the metrics have', () => {
  const labels = labelsByMetric(exposition);
  for (const [title, expr] of expressions) {
    const grouped = /sum by \((.*?)\)/.exec(expr)?.[1].split(', ') ?? [];
    const metric = /roadmapd_[a-z_]+/.exec(expr)[0];
    for (const label of grouped) assert.ok(labels.get(metric).has(label), `panel '${title}': ${metric} has no label ${label}`);
  }
});

test('the dashboard shows every metric that the service has', () => {
  const queries = expressions.map(([, expr]) => expr).join('\n');
  const families = [...exposition.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
  for (const family of families) assert.ok(queries.includes(family), `${family} is on no panel`);
});

test('labels hold no address, key or secret of a caller', () => {
  assert.ok(!exposition.includes(SECRET));
  assert.ok(!exposition.includes('INIT-'));
  assert.ok(!exposition.includes('@'));
});
