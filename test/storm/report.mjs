// The table at a storm's end, and for each violation a file that tells who typed what when and what the service did around it.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { textOf } from './oracle/workbooks.mjs';

const CALLS_AROUND = 60;
const MOST_ORIGINS = 8;

function sum(counts) {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

/** The figures of a storm, as lines `name value`. */
export function tableOf(storm, seed) {
  const { people, clicks, proxy, google, service, sums, found, tolerated } = storm;
  const lost = [...storm.lost.values()];
  const entitled = lost.filter((each) => each.entitled).length;
  const statuses = clicks.runs.map(({ run }) => run?.status ?? 'lost');
  const count = (status) => statuses.filter((each) => each === status).length;
  return [
    ['seed', seed],
    ['kills of the service', service.kills], ['kills of Google', google.kills],
    ['faults', `${sum(proxy.counts)}: ${[...proxy.counts].sort().map(([name, times]) => `${name} ${times}`).join(', ')}`],
    ['calls', `${proxy.reads} reads, ${proxy.writes} writes`],
    ['runs', `${clicks.runs.length}: ${count('success')} success, ${count('failed')} failed; ${clicks.repeated} asked again`],
    ['acts of people', `${sum(people.counts)}: ${[...people.counts].sort().map(([name, times]) => `${name} ${times}`).join(', ')}`],
    ['rows sorted, inserted, deleted, copied', people.rowsMoved],
    ['quiet moments', `${sums.quiet}, ${sums.strong} of them with everything saved and scored`],
    ['cells judged', sums.cells], ['scores judged', sums.scores], ['identities judged', sums.identities],
    ['typings lost between look and write', `${lost.length}: ${entitled} under a value of their own row, ${lost.length - entitled} under one astray`],
    ['undecidable cells, named', tolerated.size],
    ['violations', found.size],
  ].map(([name, value]) => `${name.padEnd(42)} ${value}`).join('\n');
}

export function kindsOf(found) {
  const kinds = new Map();
  for (const { kind } of found.values()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return [...kinds].sort((one, other) => other[1] - one[1]).map(([kind, times]) => `${String(times).padStart(5)}  ${kind}`).join('\n');
}

/** Writes a file for each violation, or for each cell that could not be decided; answers a line for each. */
export function writeTraces(storm, folder, seed, which = 'found') {
  mkdirSync(folder, { recursive: true });
  return [...storm[which].values()].map((violation, index) => {
    const file = path.join(folder, `${seed}-${which === 'found' ? '' : `${which}-`}${String(index + 1).padStart(3, '0')}.txt`);
    writeFileSync(file, traceOf(storm, violation, seed));
    const { kind, tab, tag, header, key, shown, message } = violation;
    const place = [tab && `${tab}/${tag ?? ''}`, key, header, shown !== undefined && `shows ${JSON.stringify(shown)}`, message];
    return `${kind}: ${place.filter(Boolean).join(', ')}\n    ${file}`;
  });
}

function traceOf({ journal, clicks }, violation, seed) {
  const { kind, tab, tag, header, key, typing, over, origin, ...more } = violation;
  const row = tab && journal.histories[tab].get(tag);
  const lines = [`seed ${seed}`, kind, JSON.stringify({ tab, tag, header, key, ...more }, null, 1)];
  if (typing) lines.push('', `typed: ${JSON.stringify(typing)}`);
  if (over) lines.push(`overwritten: ${JSON.stringify(over)}`);
  if (origin?.length && textOf(violation.shown) !== '') lines.push(`the value shown was typed at: ${JSON.stringify(origin.slice(0, MOST_ORIGINS))}`);
  if (row) {
    lines.push('', `row born ${JSON.stringify(row.born)}${row.copyOf ? ` as a copy of ${row.copyOf}` : ''}`);
    const events = Object.entries(row.cells).flatMap(([name, all]) => all.map((event) => ({ name, ...event })));
    for (const { seq, name, actor, look, value } of events.sort((one, other) => one.seq - other.seq)) {
      lines.push(`${name === header ? '*' : ' '} ${seq} ${actor}${look === undefined ? '' : ` (last look ${look})`} ${name}: ${textOf(value) || 'blank'}`);
    }
  }
  if (key) lines.push('', 'all rows of the key:', ...rowsOfKey(journal, key, header));
  const moments = [typing?.seq, over?.seq, violation.seq, ...((row?.cells[header] ?? []).slice(-4).map(({ seq }) => seq))].filter((seq) => seq !== undefined);
  moments.push(journal.seq); // how it was settled
  if (!row && key) moments.push(...seqsOfKey(journal, key));
  lines.push('', 'runs that touched it:', ...runsAround(clicks.runs, key, moments));
  lines.push('', 'calls and acts around it:', ...callsAround(journal.calls, moments));
  return `${lines.join('\n')}\n`;
}

function rowsOfKey({ histories }, key, header) {
  return Object.entries(histories).flatMap(([tab, rows]) => [...rows].flatMap(([tag, { born, died, copyOf, cells }]) => {
    const keys = Object.entries(cells).filter(([name]) => /^initiative.key$/i.test(name)).flatMap(([, events]) => events);
    if (!keys.some(({ value }) => value !== '' && String(key).includes(value))) return [];
    const told = [...keys, ...(cells[header] ?? [])].sort((one, other) => one.seq - other.seq);
    const life = `${tab}/${tag} born ${born.seq} ${born.actor}${copyOf ? ` from ${copyOf}` : ''}${died ? ` died ${died.seq}` : ''}`;
    return [`${life}: ${told.map(({ seq, actor, value }) => `${seq} ${actor} ${textOf(value) || 'blank'}`).join('; ')}`];
  }));
}

/** When cells of keys came to show this one, or ceased to. */
function seqsOfKey({ histories }, key) {
  return Object.values(histories).flatMap((rows) => [...rows.values()]).flatMap(({ cells }) =>
    Object.entries(cells).filter(([name]) => /^initiative.key$/i.test(name)).flatMap(([, events]) =>
      events.filter(({ value }, i) => value === key || events[i - 1]?.value === key)))
    .map(({ seq }) => seq).slice(0, 4);
}

function runsAround(runs, key, moments) {
  return runs.filter(({ submitted, ended, keys }) => (!keys || keys.includes(key)) && moments.some((seq) => submitted <= seq && seq <= (ended ?? Infinity)))
    .map(({ runId, action, tab, keys, submitted, ended, run }) => {
      const rows = (run?.result?.raw?.rows ?? []).filter((row) => row.initiative_key === key);
      const asked = `${submitted}..${ended} ${runId} ${action} ${tab ?? ''} ${keys ? `${keys.length} keys` : 'all'}`;
      const outcome = [rows, run?.error, run?.result?.raw?.warnings].filter(Boolean).map((each) => JSON.stringify(each));
      return `${asked}: ${run?.status} attempt ${run?.attempt} ${outcome.join(' ')}`;
    });
}

function callsAround(calls, moments) {
  const near = ({ seq }) => moments.some((moment) => Math.abs(seq - moment) <= CALLS_AROUND);
  return calls.filter(near).map((call) => JSON.stringify(call));
}
