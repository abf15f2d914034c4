// The three scoring frameworks, as the API names them.

export const FRAMEWORKS = [
  { name: 'RICE', label: 'RICE', kind: 'rice' },
  { name: 'WSJF', label: 'WSJF', kind: 'wsjf' },
  { name: 'MATH_MODEL', label: 'Math model', kind: 'math' },
];

/** An initiative's score in a framework; undefined when there is none. */
export function scoreOf(initiative, framework) {
  const score = initiative.scores?.[framework];
  return typeof score?.overall === 'number' ? score : undefined;
}
