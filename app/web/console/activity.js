// How many runs were asked for over time, and how many of them failed. Pure.

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What is drawn for a choice of the filter "Asked"; `per` is what GET /actions/runs/counts is asked for. */
export const PERIODS = {
  hour: { label: 'The last hour', per: 'minute', bucketMs: 5 * MINUTE_MS, count: 12 },
  day: { label: 'The last 24 hours', per: 'hour', bucketMs: HOUR_MS, count: 24 },
  week: { label: 'The last 7 days', per: 'hour', bucketMs: 6 * HOUR_MS, count: 28 },
};

export const periodMs = ({ bucketMs, count }) => bucketMs * count;

/** "20 an hour": the same number of runs in a unit that people think in; empty where that unit says the number once more. */
export function throughput(runs, period) {
  const hours = periodMs(period) / HOUR_MS;
  const [unit, units] = runs >= hours ? ['an hour', hours] : ['a day', hours / 24];
  const rate = runs / units;
  return rate === runs ? '' : `${rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10} ${unit}`;
}

/** [{from, until, success, failed, other}], oldest first, for `overTime` as the service told it. */
export function buckets(overTime, period, now) {
  const end = (Math.floor(now / period.bucketMs) + 1) * period.bucketMs;
  const begin = end - periodMs(period);
  const found = Array.from({ length: period.count }, (_, index) => ({
    from: begin + index * period.bucketMs, until: begin + (index + 1) * period.bucketMs, success: 0, failed: 0, other: 0,
  }));
  for (const { from, counts } of overTime) {
    const bucket = found[Math.floor((Date.parse(from) - begin) / period.bucketMs)];
    if (!bucket) continue;
    bucket.success += counts.success;
    bucket.failed += counts.failed;
    bucket.other += counts.queued + counts.running + counts.cancelled;
  }
  return found;
}

/** Of the runs that ended by themselves, the share that failed; undefined where none did. */
export function failureRate({ success, failed }) {
  return success + failed > 0 ? failed / (success + failed) : undefined;
}

export function totalOf(list) {
  const sum = (name) => list.reduce((total, one) => total + one[name], 0);
  return { success: sum('success'), failed: sum('failed'), other: sum('other') };
}
