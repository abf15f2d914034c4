/** Random numbers that a seed repeats (mulberry32). */
export class SeededRandom {
  #state;
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to 1, 1 excluded. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick(items) {
    return items[this.between(0, items.length - 1)];
  }

  /** Up to `count` different items, in random order. */
  sample(items, count) {
    const left = [...items];
    const taken = [];
    while (left.length > 0 && taken.length < count) taken.push(left.splice(this.between(0, left.length - 1), 1)[0]);
    return taken;
  }

  chance(probability) {
    return this.next() < probability;
  }
}
