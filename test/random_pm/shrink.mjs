// Leaves out of a failing sequence what it fails without, until nothing more can be left out.

/** `fails(steps)` says whether the shorter sequence still fails in the same way; `mayGoOn()` ends the search early. */
export async function shrink(steps, fails, mayGoOn = () => true) {
  let kept = steps;
  for (let size = Math.ceil(kept.length / 2); size >= 1 && mayGoOn();) {
    let removed = false;
    for (let from = 0; from < kept.length && mayGoOn();) {
      const shorter = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (shorter.length > 0 && (await fails(shorter))) {
        kept = shorter;
        removed = true;
      } else {
        from += size;
      }
    }
    if (!removed || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return kept;
}
