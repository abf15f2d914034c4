// The PM guide says what each text of a Status cell means, in the words that the code writes.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

import { firstCells, literals, text } from './pages.mjs';

const GUIDE = readdirSync(new URL('../../docs/pm-guide/', import.meta.url)).map((name) => `docs/pm-guide/${name}`);

// Where texts of a Status cell are made.
const MAKERS = [
  'core/actions/assistant_session.h',
  'core/fields/cell_value.cpp', 'core/scoring/calibration.cpp',
  'core/scoring/math_model.cpp', 'core/scoring/score.cpp', 'core/sync/initiative_save_plan.cpp', 'core/sync/model_save_plan.cpp',
  'core/sync/param_save_plan.cpp', 'core/sync/param_seed_plan.cpp', 'core/sync/row_report.cpp', 'core/sync/score_plan.cpp',
  'core/sync/suggestion_plan.cpp', 'core/sync/switch_plan.cpp', 'core/sync/pm_cells.cpp', 'core/sync/backlog_plan.cpp',
  'core/sync/initiative_scores.cpp', 'core/sync/save_plan.cpp', 'core/sync/keyed_rows.cpp', 'core/sync/tab_plan.cpp',
];
// More places of texts that the guide quotes: of a Status beside other sentences, of messages and alerts.
const FURTHER = [
  'core/actions/assistant_session.cpp', 'core/actions/flow4_suggest_mathmodels.cpp', 'core/actions/pm_score_selected.cpp', 'core/actions/pm_switch_framework.cpp',
  'core/actions/save_rows.cpp', 'core/actions/flow4_seed_params.cpp',
  'core/sync/score_job_plan.cpp', 'core/actions/job.h', 'core/sync/intake_plan.cpp', 'core/sync/sheet_table.cpp', 'core/fields/header_match.cpp',
  'core/formula/parser.cpp', 'core/formula/formula.cpp',
  'core/formula/program.cpp', 'core/formula/lexer.cpp', 'core/actions/job_tabs.cpp',
  'core/errors.h', 'core/sync/written_cell.cpp', 'core/worker/worker_pool.cpp', 'app/llm/chat_answer.cpp', 'app/llm/chat_client.cpp', 'core/formula/characters.cpp',
  'sheets_client/api_error.cpp', 'sheets_client/spreadsheet_directory.cpp',
];
// Sentences in these files that never reach a Status cell.
const ELSEWHERE = [
  'not a finite number', 'is not a finite number', // a sheet has no such number
  'write a formula into formula_text before approving it', // not said by any job
  'effort = {} (Effort Engineering Days)', // of an explanation
  'is not a date', // of whole numbers, which Google shows as dates
];

const isSentence = (literal) => /[a-z]{2,}[ ,:;].*[a-z]{2,}/i.test(literal.replace(/\{[^}]*\}/g, ''));
const fixedParts = (literal) => literal.split(/\{[^}]*\}/).map((part) => part.trim()).filter((part) => /[a-zA-Z]{2,}/.test(part));
const sentencesOf = (files) => files.flatMap((file) => literals(text(file))).filter(isSentence);

test('each text that the guide quotes as a Status is one that the code writes', () => {
  const parts = sentencesOf([...MAKERS, ...FURTHER]).map(fixedParts);
  const quoted = GUIDE.flatMap((file) => firstCells(text(file)).map((cell) => cell.replace(/^(OK · |FAILED: |SKIPPED: )/, '')))
    .filter((cell) => cell.includes(' ') && !/^(\w+ row|invalid: line) \d+: …$/.test(cell));
  assert.ok(quoted.length > 60);
  assert.deepEqual(quoted.filter((cell) => !parts.some((all) => all.every((part) => cell.includes(part)))), []);
});

test('the guide explains each text that a Status cell may show', () => {
  const guide = GUIDE.map(text).join('\n');
  const missing = sentencesOf(MAKERS)
    .filter((literal) => !ELSEWHERE.includes(literal.trim()))
    .filter((literal) => !fixedParts(literal).every((part) => guide.includes(part)));
  assert.deepEqual([...new Set(missing)], []);
});

test("the PM guide speaks a PM's words", () => {
  const wrong = GUIDE.flatMap((file) => [...text(file).matchAll(/\b(sync\w*|flows?|db|databases?|workers?|queues?)\b/gi)].map(([word]) => `${file}: ${word}`));
  assert.deepEqual(wrong, []);
});
