// No test waits for ever: each wait has an end, and says then what it waited for.

import { setTimeout as pause } from 'node:timers/promises';

export const WAIT_MS = 60_000; // a machine that compiles at the same time is slow
const POLL_MS = 20;

/** What `promise` resolves with; rejects when that takes longer, `what` being what was waited for. */
export async function inTime(what, promise, milliseconds = WAIT_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come about in ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => {}); // where it was too late, how it ends is no error of another test
  }
}

/** Resolves when `condition()` does with true. `seen()` says for a failure what was there instead. */
export async function until(what, condition, seen = () => '') {
  const end = Date.now() + WAIT_MS;
  while (!(await condition())) {
    if (Date.now() >= end) throw new Error(`${what} did not come about in ${WAIT_MS / 1000} s\n${await seen()}`);
    await pause(POLL_MS);
  }
}

/** What of Playwright has no end of its own: the browser's answers to these may never come. */
const ENDLESS = {
  keyboard: ['press', 'type', 'down', 'up'],
  mouse: ['move', 'down', 'up', 'click', 'dblclick'],
  touchscreen: ['tap'],
};

/** Gives every wait of this page of Playwright's an end. */
export function boundWaits(page) {
  page.setDefaultTimeout(WAIT_MS);
  bound(page, 'evaluate', 'the page');
  for (const [device, names] of Object.entries(ENDLESS)) for (const name of names) bound(page[device], name, device);
}

function bound(owner, name, who) {
  const endless = owner[name].bind(owner);
  owner[name] = (...details) => inTime(`the answer of ${who} to ${name} ${described(details)}`, endless(...details));
}

const LONGEST_DETAIL = 200;
const described = (details) => details.map((detail) => String(detail)).join(', ').slice(0, LONGEST_DETAIL);
