// Where the frameworks place an initiative: a line of its own, the best rank left, a mark a framework.

import { el } from '../dom.js';
import { cellText, plural } from '../format.js';
import { extent, linear } from './scale.js';

const FAR = 5; // places apart that are worth talking about

/**
 * {element, mark(key)} of a drawing; `mark` shows which initiative is chosen. `ranked` are [{initiative, ranks: {RICE: 1,
 * …}, spread}]; `last` is the worst rank there can be. Calls `choose` with a key.
 */
export function rankStrips(ranked, last, { frameworks, choose }) {
  const strips = el('ol', { class: 'strips' }, ranked.map((one) => strip(one, last, frameworks, choose)));
  return {
    element: el('div', {},
      el('p', { class: 'strip-legend' }, frameworks.map(({ label, kind }) => el('span', {}, mark(kind, label[0]), ` ${label}`)),
        el('span', { class: 'ends' }, `left: rank 1, right: rank ${last}`)), strips),
    mark: (key) => {
      for (const button of strips.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.key === key));
    },
  };
}

function mark(kind, letter) {
  return el('span', { class: `mark ${kind}`, 'aria-hidden': 'true' }, letter);
}

function strip({ initiative, ranks, spread }, last, frameworks, choose) {
  const place = linear([1, Math.max(2, last)], [0, 1]);
  const [from, to] = extent(frameworks.map(({ name }) => place(ranks[name])));
  const line = el('span', { class: 'line' });
  line.style.setProperty('--from', from);
  line.style.setProperty('--to', to);
  const marks = frameworks.map(({ name, label, kind }, index) => {
    const shown = mark(kind, label[0]);
    const at = place(ranks[name]);
    const together = frameworks.slice(0, index).filter((other) => ranks[other.name] === ranks[name]).length;
    shown.style.setProperty('--at', at);
    shown.style.setProperty('--beside', at > 0.5 ? -together : together); // equal ranks do not hide each other
    return shown;
  });
  return el('li', { class: spread >= FAR ? 'far' : '' },
    el('button', {
      type: 'button', class: 'strip', 'aria-pressed': 'false', 'data-key': initiative.initiative_key,
      click: () => choose(initiative.initiative_key),
    },
    el('span', { class: 'strip-title' }, cellText(initiative.title ?? initiative.initiative_key)),
    el('span', { class: 'strip-line', 'aria-hidden': 'true' }, line, marks),
    el('span', { class: 'sub' }, frameworks.map(({ name, label }) => `${label} #${ranks[name]}`).join(' · '),
      spread > 0 ? ` · ${plural(spread, 'place')} apart` : ' · the same rank')));
}
