import { exception, strict } from './strict.mjs';

const MAX_SLEEP_MS = 300_000;

export function makeUtilities(host) {
  return strict('Utilities', {
    getUuid: () => host.uuid(),
    sleep(milliseconds) {
      if (!(milliseconds >= 0 && milliseconds <= MAX_SLEEP_MS)) throw exception(`Invalid argument: ${milliseconds}`);
      host.sleep(milliseconds);
    },
  });
}
