// Watches all workbooks for changes with one long poll, while the page can be seen, and who it is that answers.

import { readConfig, readRevisions } from './sheets_api.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 2_000; // a service that is back is not told of by anything else

/**
 * Calls `onChange(spreadsheetId, sheetIds)` for each workbook that changed after revision `since`, and
 * `onConnection(works)` when the server stops or begins to answer. Ends with `onRestart()` once a server answers whose
 * secret is not `secret`: each start of one makes its own, whereas the revisions of two may be alike.
 */
export async function watchRevisions({ since, secret, onChange, onRestart, onConnection }) {
  let known = since;
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    await whenVisible();
    const hidden = new AbortController();
    const stop = () => document.hidden && hidden.abort();
    document.addEventListener('visibilitychange', stop);
    try {
      // Answered at once, so that the end of an outage does not wait for a change.
      const server = await readConfig(hidden.signal);
      onConnection(true);
      if (server.secret !== secret) {
        onRestart();
        return;
      }
      pause = FIRST_PAUSE_MS;
      const { revision, changes } = await readRevisions(known, hidden.signal);
      for (const { spreadsheetId, sheetIds } of changes) onChange(spreadsheetId, sheetIds);
      known = revision;
    } catch {
      if (hidden.signal.aborted) continue;
      onConnection(false);
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    } finally {
      document.removeEventListener('visibilitychange', stop);
    }
  }
}

function whenVisible() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', function seen() {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', seen);
      resolve();
    });
  });
}
