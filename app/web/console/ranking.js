// Ranks of initiatives in each framework. Pure.

import { FRAMEWORKS, scoreOf } from './frameworks.js';

/**
 * [{initiative, ranks: {RICE: 1, …}, spread}] of those that at least two frameworks score. Equal scores share a
 * rank. Only what both frameworks of a pair score is compared, so ranks count within the initiatives listed.
 * `spread` is how far the frameworks are apart, the largest first.
 */
export function rankDifferences(initiatives) {
  const compared = initiatives.filter((one) => FRAMEWORKS.filter(({ name }) => scoreOf(one, name)).length > 1);
  const ranks = new Map(compared.map((one) => [one, {}]));
  for (const { name } of FRAMEWORKS) {
    const scored = compared.filter((one) => scoreOf(one, name));
    for (const one of scored) {
      ranks.get(one)[name] = 1 + scored.filter((other) => scoreOf(other, name).overall > scoreOf(one, name).overall).length;
    }
  }
  return compared
    .map((initiative) => ({ initiative, ranks: ranks.get(initiative), spread: spreadOf(Object.values(ranks.get(initiative))) }))
    .sort((a, b) => b.spread - a.spread || a.initiative.initiative_key.localeCompare(b.initiative.initiative_key));
}

const spreadOf = (ranks) => Math.max(...ranks) - Math.min(...ranks);
