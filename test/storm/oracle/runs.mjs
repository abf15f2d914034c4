// Judges runs: none that was acknowledged is lost, none was made twice, and at a quiet moment every job succeeds
// (actions.md, Ledger).

const FINAL = ['success', 'failed', 'cancelled'];

/** `ledger`: every run that the service lists; `requests`: how many different ones were asked for. */
export function judgeRuns({ runs, broken = [], quiet = [], ledger, requests }) {
  const violations = [...broken];
  for (const { runId, action, run } of runs) {
    if (run === undefined) violations.push({ kind: 'an acknowledged run is lost', message: `${runId} ${action}` });
    else if (!FINAL.includes(run.status)) violations.push({ kind: 'a run has not ended', message: `${runId} ${action} ${run.status}` });
    else if (run.error?.code === 'internal') violations.push({ kind: 'a run met a bug', message: `${runId} ${action} ${JSON.stringify(run.error)}` });
  }
  for (const { runId, action, run } of quiet) {
    if (run && run.status !== 'success') violations.push({ kind: 'a job failed although nothing disturbed it',
      message: `${runId} ${action}: ${JSON.stringify(run.error)}` });
  }
  if (ledger !== undefined && ledger.length > requests) violations.push({ kind: 'more runs than requests',
    message: `${ledger.length} > ${requests}` });
  return { violations };
}
