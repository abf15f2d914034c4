// From values to places on a drawing.

/** Drawings shrink with the window, their letters with them: on a phone they are drawn narrower instead. */
export function chartWidth(wide, narrow = 320) {
  return matchMedia('(width <= 40rem)').matches ? narrow : wide;
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

/** A function that maps `from` linearly onto `to`. */
export function linear([low, high], [start, end]) {
  const width = high - low || 1;
  return (value) => start + ((value - low) / width) * (end - start);
}

export function extent(values) {
  return [Math.min(...values), Math.max(...values)];
}
