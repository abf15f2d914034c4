// Ranks of initiatives in each framework. Pure.

import { FRAMEWORKS, scoreOf } from './frameworks.js';

const PAIRS = FRAMEWORKS.flatMap(({ name }, index) => FRAMEWORKS.slice(index + 1).map((other) => [name, other.name]));

/** Each initiative's rank in a framework, 1 for the best; equal scores share a rank. */
function ranksIn(initiatives, framework) {
  const scored = initiatives.filter((one) => scoreOf(one, framework));
  const best = scored.map((one) => scoreOf(one, framework).overall).sort((a, b) => b - a);
  const rankOf = new Map();
  best.forEach((overall, index) => { if (!rankOf.has(overall)) rankOf.set(overall, index + 1); });
  return new Map(scored.map((one) => [one, rankOf.get(scoreOf(one, framework).overall)]));
}

/** By framework, a map of each initiative that it scores to its rank. */
export function ranksOfAll(initiatives) {
  return new Map(FRAMEWORKS.map(({ name }) => [name, ranksIn(initiatives, name)]));
}

/**
 * [{initiative, ranks: {RICE: 1, …}, spread}] of those that at least two frameworks score, the largest spread first.
 * `ranks` count among all that the framework scores. `spread` is how many places two frameworks put it apart, counted
 * among what both of them score: a framework that scores few would differ from the others by that alone.
 */
export function rankDifferences(initiatives) {
  const ranks = ranksOfAll(initiatives);
  const compared = initiatives.filter((one) => FRAMEWORKS.filter(({ name }) => ranks.get(name).has(one)).length > 1);
  const spreads = new Map(compared.map((one) => [one, 0]));
  for (const [first, second] of PAIRS) {
    const common = compared.filter((one) => ranks.get(first).has(one) && ranks.get(second).has(one));
    const [inFirst, inSecond] = [ranksIn(common, first), ranksIn(common, second)];
    for (const one of common) spreads.set(one, Math.max(spreads.get(one), Math.abs(inFirst.get(one) - inSecond.get(one))));
  }
  return compared
    .map((initiative) => ({ initiative, ranks: ranksOf(initiative, ranks), spread: spreads.get(initiative) }))
    .sort((a, b) => b.spread - a.spread || a.initiative.initiative_key.localeCompare(b.initiative.initiative_key));
}

function ranksOf(initiative, ranks) {
  return Object.fromEntries([...ranks].filter(([, of]) => of.has(initiative)).map(([name, of]) => [name, of.get(initiative)]));
}
