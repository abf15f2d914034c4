// Ranks of initiatives in each framework. Pure.

import { FRAMEWORKS, scoreOf } from './frameworks.js';

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

/** The sets of frameworks, two or all three, that score at least one initiative together; what most share comes first. */
export function comparableSets(initiatives) {
  const [a, b, c] = FRAMEWORKS.map(({ name }) => name);
  return [[a, b], [a, c], [b, c], [a, b, c]]
    .map((names) => ({ names, count: scoredByAll(initiatives, names).length }))
    .filter(({ count }) => count > 0)
    .sort((first, second) => second.count - first.count)
    .map(({ names }) => names);
}

/**
 * [{initiative, ranks: {RICE: 1, …}, spread}] of those that all of the frameworks `names` score, the largest spread first.
 * Ranks count among these alone: a framework that scores few would differ from the others by that already. `spread` is
 * how many places the ranks lie apart.
 */
export function rankDifferences(initiatives, names) {
  const common = scoredByAll(initiatives, names);
  const ranks = names.map((name) => [name, ranksIn(common, name)]);
  return common
    .map((initiative) => {
      const own = Object.fromEntries(ranks.map(([name, of]) => [name, of.get(initiative)]));
      return { initiative, ranks: own, spread: Math.max(...Object.values(own)) - Math.min(...Object.values(own)) };
    })
    .sort((a, b) => b.spread - a.spread || a.initiative.initiative_key.localeCompare(b.initiative.initiative_key));
}

function scoredByAll(initiatives, names) {
  return initiatives.filter((one) => names.every((name) => scoreOf(one, name)));
}
