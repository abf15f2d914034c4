// The oracle: from the cells before a job and its own memory, what the specification says must be there after it.

import { hasUnreadableKey, judgeBacklog } from './backlog_rules.mjs';
import { anything } from './expectation.mjs';
import { ACTIVE_SCORES, FRAMEWORKS, KEY } from './fields.mjs';
import { allRows, judgeActivate, judgeAdd, judgeSeed, judgeWriteScores, mayRefuseStrays, storeComputed } from './flow_rules.mjs';
import { rowsByKey } from './identity.mjs';
import { judgeIntake } from './intake_rules.mjs';
import { Job } from './job.mjs';
import { Ambiguous, Violated } from './memory.mjs';
import { takeCell } from './merge_rules.mjs';
import { judgeSaveModels, judgeSaveParams, parametersOf, readModel } from './model_rules.mjs';
import {
  appendModels,
  fail,
  judgeSave,
  judgeScore,
  judgeSwitch,
  refuse,
  saveCells,
  scoreRow,
  selectedKeys,
  selectedRows,
  trouble,
} from './selection_rules.mjs';
import { TAB_PLACES, tabsOf } from './world.mjs';

const FRAMEWORK = 'active_scoring_framework';

function intakeCounts(job, { created, skipped, duplicates }) {
  Object.assign(job.counts, { created, skipped_no_title: skipped, duplicates });
}

function syncBacklogs(job, publishes) {
  const { product_org: org } = job.request.options ?? {};
  const tabs = tabsOf('backlog').filter((id) => org === undefined || TAB_PLACES[id].org === org);
  for (const id of tabs)
    judgeBacklog(job, id, {
      publishes,
      addsStatusColumn: job.request.action !== 'flow1.backlog_sync' || !job.before.tab(id).has('run_status'),
    });
  const appended = job.appended?.length ?? 0;
  Object.assign(job.counts, { appended, updated_count: [appended + job.refreshed, appended + job.refreshed + job.maybeRefreshed] });
  // An initiative may have been chosen for on Scoring_Inputs only: those may be counted too.
  if (publishes) job.counts.not_active = [job.notActive, job.next.size];
}

/** Before anything else: "a key cell of the Backlog that shows an error fails the run, names the row and changes nothing". */
function refusesBacklogs(job) {
  if (!tabsOf('backlog').some((id) => hasUnreadableKey(job.before.tab(id)))) return;
  for (const id of tabsOf('backlog').filter((tab) => hasUnreadableKey(job.before.tab(tab)))) {
    for (const difference of job.sheets.compare(job.after).filter(({ tab }) => tab === id))
      job.report('cell', {
        ...difference,
        rule: 'a key cell of the Backlog that shows an error fails the run and changes nothing',
      });
    const row = job.before
      .tab(id)
      .rows()
      .find((candidate) => candidate.keyCell.e !== undefined || candidate.key === 'Loading...');
    const said = JSON.stringify(job.run);
    if (!said.includes(`row ${row.number}`))
      job.report('outcome', {
        tab: id,
        row: row.number,
        column: KEY,
        expected: 'the run names the row',
        actual: said.slice(0, 300),
        rule: 'a key cell of the Backlog that shows an error fails the run and names the row',
      });
  }
  throw new Ambiguous('what else a run does where one backlog has an unreadable key');
}

function saveBacklogEdits(job) {
  for (const id of tabsOf('backlog')) {
    const tab = job.before.tab(id);
    for (const [key, row] of allRows(job, tab)) {
      if (trouble(job, row, key)) throw new Ambiguous('full_sync over a backlog row that cannot be saved');
      for (const field of tab.fields('pm')) if (field !== FRAMEWORK) takeCell(job, row, key, field, { editsOnly: true });
    }
  }
}

const optionally = (job, act) => {
  job.sheets.isOptional = true;
  act();
  job.sheets.isOptional = false;
  job.outcomes.clear();
};

function countSelection(job, keys, withoutKey, extra = {}) {
  const saved = [...job.outcomes.values()].filter(({ status }) => status === 'ok').length;
  Object.assign(job.counts, {
    selected_count: keys.length,
    saved_count: saved,
    failed_count: keys.length - saved,
    skipped_no_key: withoutKey,
    ...extra,
  });
}

/** A job on a selection, `judge(keys)`, with what all of them have in common. */
function onSelection(judge) {
  return (job) => {
    const { keys, withoutKey } = selectedKeys(job.request);
    const tab = job.before.tab(job.request.tabId);
    if (keys.length > 0) judge(job, tab, keys);
    countSelection(job, keys, withoutKey);
    if (job.summary && job.summary.skipped < withoutKey)
      job.report('counts', {
        column: 'summary',
        expected: `skipped includes ${withoutKey} without a key`,
        actual: JSON.stringify(job.summary),
        rule: 'summary.skipped includes skipped_no_key',
      });
  };
}

function scoreFromOtherTab(job, tab, keys) {
  const scoring = job.before.tab('scoring');
  const groups = rowsByKey(job.memory, scoring);
  const rows = tab.kind === 'models' ? selectedRows(job, tab, keys) : paramRows(job, tab, keys);
  for (const [key, row] of rows) {
    const group = groups.get(key);
    const reasons = [
      ...(tab.kind === 'models' ? [readModel(row, job.memory.models.get(key)).trouble] : []),
      group?.owner === undefined ? /not on/ : trouble(job, group.owner, key),
    ].filter(Boolean);
    if (reasons.length > 0) {
      fail(
        job,
        key,
        row,
        new RegExp(reasons.map(({ source }) => source).join('|')),
        'a bad row on the tab that the PM stands on, or on Scoring_Inputs, fails the initiative',
      );
    } else {
      scoreRow(job, group.owner, key, row);
    }
  }
  // "Gets a row when it is saved or scored on Scoring_Inputs": whether a score from another tab is meant too is open.
  const listed = new Set(
    job.after
      .tab('models')
      .rows()
      .map((row) => row.key),
  );
  job.modelled = (job.modelled ?? []).filter((key) => listed.has(key));
  appendModels(job);
}

function* paramRows(job, tab, keys) {
  for (const key of keys) {
    const rows = tab.rows().filter((row) => row.key === key);
    if (rows.length === 0) job.outcome(key, 'failed', { message: /not on (this|tab)|unknown key/ });
    else if (!job.memory.initiatives.has(key)) throw new Ambiguous('a score of an unknown key from Params');
    else if (parametersOf(tab, key).some(({ trouble: reason }) => reason))
      throw new Ambiguous('a score from Params over a bad row');
    else {
      for (const row of rows)
        for (const field of ['run_status', 'updated_at', 'updated_source'])
          job.sheets.want(row, field, anything, 'every selected row says how it went');
      yield [key, rows[0]];
    }
  }
}

const judges = {
  'flow0.intake_sync': (job) =>
    intakeCounts(job, judgeIntake(job, { allowsOverride: job.request.options?.allow_status_override === true })),
  'flow1.backlog_sync'(job) {
    refusesBacklogs(job);
    syncBacklogs(job, true);
  },
  'pm.backlog_sync'(job) {
    refusesBacklogs(job);
    judgeIntake(job);
    syncBacklogs(job, false);
  },
  'flow1.full_sync'(job) {
    refusesBacklogs(job);
    job.isEarlierPart = true;
    judgeIntake(job, { allowsOverride: job.request.options?.allow_status_override === true });
    saveBacklogEdits(job);
    job.isEarlierPart = false;
    syncBacklogs(job, true);
  },
  'pm.save_selected': onSelection((job, tab, keys) => {
    const judge = { backlog: judgeSave, scoring: judgeSave, models: judgeSaveModels, params: judgeSaveParams }[tab.kind];
    judge(job, tab, keys);
  }),
  'pm.switch_framework': onSelection(judgeSwitch),
  'pm.score_selected': onSelection((job, tab, keys) => {
    (tab.kind === 'scoring' ? judgeScore : scoreFromOtherTab)(job, tab, keys);
    job.counts.computed = [...job.computed.values()].filter((results) =>
      FRAMEWORKS.some((framework) => results[framework].score.value !== null),
    ).length;
  }),
  'pm.add_to_scoring': judgeAdd,
  'flow2.activate': judgeActivate,
  'flow3.sync_inputs'(job) {
    const tab = job.before.tab('scoring');
    optionally(job, () => {
      for (const [key, row] of allRows(job, tab)) {
        const reason = trouble(job, row, key);
        if (reason) refuse(job, row, reason);
        else {
          saveCells(job, row, key);
          for (const field of ['run_status', 'updated_at', 'updated_source', 'title', ...ACTIVE_SCORES])
            job.sheets.want(row, field, anything, 'flow3.sync_inputs');
        }
      }
      mayRefuseStrays(job, tab);
    });
  },
  'flow3.compute_all_frameworks'(job) {
    for (const [key, fields] of job.memory.initiatives) storeComputed(job, key, fields);
  },
  'flow3.write_scores': judgeWriteScores,
  'flow4.sync_mathmodels'(job) {
    const tab = job.before.tab('models');
    optionally(job, () => {
      judgeSaveModels(
        job,
        tab,
        allRows(job, tab).map(([key]) => key),
      );
      mayRefuseStrays(job, tab);
    });
  },
  'flow4.sync_params'(job) {
    const tab = job.before.tab('params');
    optionally(job, () =>
      judgeSaveParams(job, tab, [
        ...new Set(
          tab
            .rows()
            .map((row) => row.key)
            .filter((key) => key !== ''),
        ),
      ]),
    );
  },
  'flow4.suggest_mathmodels'(job) {
    for (const row of job.before.tab('models').rows())
      for (const field of ['run_status', 'updated_at', 'updated_source'])
        job.sheets.want(row, field, anything, 'Suggest formula without an assistant writes Status only');
  },
  'flow4.seed_params': judgeSeed,
};

export const ACTIONS = Object.keys(judges);

/**
 * Judges one run that is no dry run. `request` names the tab by `tabId`; memory is brought up to date. Answers {violations, sheets},
 * sheets being what was expected of them; throws Ambiguous where the specification leaves open what must be.
 */
export function judgeRun(memory, { request, before, after, stored, run, isTolerated = () => false }) {
  for (const id of ['scoring', ...tabsOf('backlog')]) memory.missAbsent(before.tab(id));
  const job = new Job({ memory, request, before, after, stored, run });
  if (run.status !== 'success') {
    if (request.action.includes('backlog_sync') || request.action.includes('full_sync')) refusesBacklogs(job);
    if (request.action === 'pm.switch_framework' && !before.tab(request.tabId).has(FRAMEWORK))
      throw new Ambiguous('Switch on a tab without a column to choose a framework in');
    job.report('outcome', {
      column: 'status',
      expected: 'success',
      actual: JSON.stringify(run.error),
      rule: 'a bad cell or row fails that row; the run succeeds',
    });
    return { violations: job.violations, sheets: job.sheets };
  }
  try {
    judges[request.action](job);
  } catch (error) {
    if (error instanceof Violated) return { violations: job.violations, sheets: job.sheets };
    throw error;
  }
  const violations = job.judge().filter((entry) => !isTolerated(entry));
  if (violations.length === 0) remember(memory, job);
  return { violations, sheets: job.sheets };
}

function remember(memory, job) {
  memory.initiatives = job.next;
  for (const [key, results] of job.computed)
    memory.scoresAt.set(key, {
      ...memory.scoresAt.get(key),
      ...Object.fromEntries(
        Object.entries(results).filter(([framework, { mayBeNone }]) => !mayBeNone || job.stored.get(key).scores?.[framework]),
      ),
    });
}
