// From values to places on a drawing.

const PHONE = '(width <= 40rem)';

/** Drawings shrink with the window, their letters with them: on a phone they are drawn narrower instead. */
export function chartWidth(wide, narrow = 320) {
  return matchMedia(PHONE).matches ? narrow : wide;
}

/** Calls `draw` when chartWidth says otherwise, until `signal` aborts: the window is wider now, or the phone was turned. */
export function whenWidthChanges(signal, draw) {
  matchMedia(PHONE).addEventListener('change', () => draw(), { signal });
}

const STEPS = [1, 2, 2.5, 5, 10];

/** About `count` round values that cover `low` to `high`. */
export function ticks(low, high, count = 5) {
  const raw = (high - low) / count || Math.abs(high) / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = STEPS.find((one) => one * power >= raw) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Values 1, 2 and 5 times a power of ten that cover `low` to `high`, both above 0; powers alone where those are many. */
export function logarithmicTicks(low, high, most = 7) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const all = powers.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
  const begin = all.findLastIndex((value) => value <= low);
  const end = all.findIndex((value) => value >= high);
  const covering = all.slice(Math.max(0, begin), end + 1);
  if (covering.length > 1 && covering.length <= most) return covering;
  const apart = Math.ceil(powers.length / most);
  const few = powers.filter((_, index) => index % apart === 0 || index === powers.length - 1);
  return (few.length > 1 ? few : [first, first + 1]).map((power) => Number(`1e${power}`));
}

/** A function that maps `from` linearly onto `to`. */
export function linear([low, high], [start, end]) {
  const width = high - low || 1;
  return (value) => start + ((value - low) / width) * (end - start);
}

/** A function that maps `from`, both above 0, onto `to` so that equal factors lie equally far apart. */
export function logarithmic([low, high], to) {
  const place = linear([Math.log10(low), Math.log10(high)], to);
  return (value) => place(Math.log10(value));
}

export function extent(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}
