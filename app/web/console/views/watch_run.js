import { get } from '../api.js';
import { keepLooking } from '../live.js';
import { isFinal } from '../parts/badge.js';

const WAIT_SECONDS = 20; // the service answers earlier when something changes
const BETWEEN_MS = 150; // also when too many wait and it answers at once
const MAX_FAILURES = 5;

/**
 * Calls `changed` with the run after each change, and resolves with it when it has ended. Rejects after several
 * failures in a row; resolves with undefined when `signal` aborts first.
 */
export async function watchRun(runId, signal, changed) {
  let last;
  let failures = 0;
  let failure = null;
  const look = async () => {
    const wait = last === undefined ? 0 : WAIT_SECONDS;
    last = await get(`/actions/run/${encodeURIComponent(runId)}?wait=${wait}`, { signal });
    failures = 0;
    await changed(last);
    return !isFinal(last.status);
  };
  await keepLooking(signal, BETWEEN_MS, async () => {
    try {
      return await look();
    } catch (error) {
      failures += 1;
      if (failures < MAX_FAILURES && !signal.aborted) throw error;
      failure = error;
      return false;
    }
  }, () => {});
  if (failure && !signal.aborted) throw failure;
  return last;
}
