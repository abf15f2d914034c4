// Objects that know what they are made of: whatever the menu code uses beyond that is refused by its name, so that
// a gap in the stand-ins shows as a sentence and not as `undefined`.

/** What Apps Script throws; `e instanceof Error` holds, `e.name` is 'Exception'. */
export function exception(message) {
  const error = new Error(message);
  error.name = 'Exception';
  return error;
}

// Names that engines and JSON look up by themselves.
const ASKED_BY_THE_ENGINE = new Set(['then', 'toJSON', 'constructor', 'valueOf', 'toString']);

/** `members` under the name `name`: reading another member throws, and so does writing any. */
export function strict(name, members) {
  return new Proxy(Object.freeze(members), {
    get(target, property) {
      if (Object.hasOwn(target, property)) return target[property];
      if (property === 'toString') return () => name;
      if (typeof property === 'symbol' || ASKED_BY_THE_ENGINE.has(property)) return undefined;
      throw new Error(`${name}.${property} is not part of the stand-ins`);
    },
    set(_target, property) {
      throw new Error(`${name}.${String(property)} cannot be set`);
    },
  });
}

/** Refuses members of `options` that are not among `known`. */
export function knownOptions(name, options, known) {
  for (const option of Object.keys(options)) {
    if (!known.includes(option)) throw new Error(`${name}: the option ${option} is not part of the stand-ins`);
  }
}

/** Refuses a call whose arguments have none of the shapes that the stand-ins take; Google's own words for it. */
export function wrongArguments(name, args) {
  const types = Array.from(args, (argument) => (argument === null ? 'null' : typeof argument)).join(',');
  return exception(`The parameters (${types}) don't match the method signature for ${name}.`);
}
