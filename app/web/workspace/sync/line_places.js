// Where the rows and columns of a tab have gone, by what they showed before and show now. The Sheets API tells of neither insertions
// nor deletions.

/**
 * {rows, columns, isSame}: for each row and column of `before` its place in `after`, undefined where it was deleted; `isSame` where
 * nothing but rows at the end came. Both are texts of all cells, row by row. Where a tab has as many of them as before, they stay
 * where they are, whatever they show.
 */
export function placesIn(before, after) {
  const columns = linePlaces(transposed(before), transposed(after));
  const kept = columns.flatMap((place, column) => (place === undefined ? [] : [{ place, column }]));
  // Rows are compared in the columns that both have.
  const rows = linePlaces(before.map((row) => kept.map(({ column }) => row[column])), after.map((row) => kept.map(({ place }) => row[place])));
  return { rows, columns, isSame: before[0].length === after[0].length && rows.every((place, row) => place === row) };
}

const transposed = (rows) => rows[0].map((_, column) => rows.map((row) => row[column]));

/**
 * Lines that show what no other does, or begin with it, tell their places, as far as they are in order. Between two such lines the
 * insertion or deletion is where it leaves most alike.
 */
export function linePlaces(before, after) {
  if (before.length === after.length) return before.map((_, index) => index);
  const places = before.map(() => undefined);
  let gap = { before: 0, after: 0 };
  for (const [line, place] of [...inOrder(knownPairs(before, after)), [before.length, after.length]]) {
    for (const [inGap, placeInGap] of pairsBetween(before.slice(gap.before, line), after.slice(gap.after, place))) {
      places[gap.before + inGap] = gap.after + placeInGap;
    }
    if (line < before.length) places[line] = place;
    gap = { before: line + 1, after: place + 1 };
  }
  return places;
}

const isBlank = (line) => line.every((text) => text === '');

/** [line, place] of those that are known by all that they show, or else by what they begin with. */
function knownPairs(before, after) {
  const [whole, first] = [(line) => (isBlank(line) ? '' : JSON.stringify(line)), ([text = '']) => text]
    .map((textOf) => [onlyOnes(before.map(textOf)), onlyOnes(after.map(textOf))])
    .map(([lines, places]) => new Map([...lines].map(([text, line]) => [line, places.get(text)])));
  return before.map((_, line) => [line, whole.get(line) ?? first.get(line)]).filter(([, place]) => place !== undefined);
}

/** The places of texts that stand once. */
function onlyOnes(texts) {
  const places = new Map();
  texts.forEach((text, place) => places.set(text, places.has(text) ? undefined : place));
  return new Map([...places].filter(([text, place]) => text !== '' && place !== undefined));
}

/** As many of these pairs, ordered by line, as there can be with places that increase. */
function inOrder(pairs) {
  const ends = []; // of the runs found so far, for each length the one that ends first
  for (const [line, place] of pairs) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle].place < place) low = middle + 1;
      else high = middle;
    }
    ends[low] = { line, place, before: ends[low - 1] };
  }
  const run = [];
  for (let end = ends.at(-1); end; end = end.before) run.unshift([end.line, end.place]);
  return run;
}

/** [line, place] of those that are in both. Lines with nothing in common are not the same one, where some came or went. */
function pairsBetween(before, after) {
  const count = Math.min(before.length, after.length);
  const fromEnd = (index) => [index + before.length - count, index + after.length - count];
  let score = 0;
  for (let index = 0; index < count; index += 1) score += likeness(before, after, fromEnd(index));
  let best = { split: 0, score };
  for (let split = 1; split <= count; split += 1) {
    score += likeness(before, after, [split - 1, split - 1]) - likeness(before, after, fromEnd(split - 1));
    if (score >= best.score) best = { split, score }; // one at the end moves none
  }
  const pairs = Array.from({ length: count }, (_, index) => (index < best.split ? [index, index] : fromEnd(index)));
  return before.length === after.length ? pairs : pairs.filter((pair) => isBlank(before[pair[0]]) || likeness(before, after, pair) > 0);
}

/** How much two lines have in common; the first cell, a key or a header, counts as much as all others. */
function likeness(before, after, [line, place]) {
  const [one, other] = [before[line], after[place]];
  if (isBlank(one) && isBlank(other)) return 1;
  const alike = (text, index) => text !== '' && text === other[index];
  return one.filter(alike).length + (alike(one[0], 0) ? one.length : 0);
}
