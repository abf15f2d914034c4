// A whole sequence from a seed.

import { SeededRandom } from '../storm/seeded_random.mjs';
import { drawJobStep } from './jobs.mjs';
import { drawEarlierRows, drawHeaders, drawPersonStep, drawTraits } from './people.mjs';

const FIRST_WISHES = 4;
const JOB_SHARE = 0.35;

/** {headers, steps, traits}; `served` names the actions that the service has, `without` traits to leave out. */
export function drawSequence(seed, length, served, without) {
  const random = new SeededRandom(seed);
  const traits = drawTraits(random, without);
  const headers = drawHeaders(random, traits);
  const steps = [];
  const plain = new Set();
  while (steps.length < FIRST_WISHES) {
    const step = drawPersonStep(random, plain);
    if (step.do === 'wish') steps.push(steps.length === 0 && traits.has('hot') ? { ...step, tab: 'east' } : step);
  }
  if (traits.has('earlier')) steps.push(...drawEarlierRows(random));
  steps.push({ run: 'pm.backlog_sync' });
  while (steps.length < length)
    steps.push(random.chance(JOB_SHARE) ? drawJobStep(random, traits, served) : drawPersonStep(random, traits));
  return { headers, steps, traits };
}
