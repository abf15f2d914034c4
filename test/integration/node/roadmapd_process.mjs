// Starts the executable under test and stops it again. ROADMAPD_BIN names it; build/release/roadmapd otherwise.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
export const executable = process.env.ROADMAPD_BIN ?? path.join(repository, 'build/release/roadmapd');

// Variables ROADMAPD_… configure the service; a test's service has only those that the test gives it.
export const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('ROADMAPD_')));

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 20_000;
const KEPT_OUTPUT_CHARS = 20_000;

/** A folder for one test, removed with `remove()`. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'roadmapd-test-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One running `roadmapd`. `url` is what its first line on standard output says. */
export class RoadmapdProcess {
  /** Resolves when the process listens; rejects with what it said when it ends or stays silent instead. */
  static async start(args, env = {}) {
    const child = spawn(executable, args, {
      env: { ...environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new RoadmapdProcess(child, args);
    await started.#untilListening();
    return started;
  }

  constructor(child, args) {
    this.child = child;
    this.args = args;
    this.output = '';
    this.url = undefined;
    this.exited = once(child, 'exit').catch((error) => [null, String(error)]);
    child.stderr.setEncoding('utf8').on('data', (text) => {
      this.output = (this.output + text).slice(-KEPT_OUTPUT_CHARS);
    });
  }

  async #untilListening() {
    const lines = createInterface({ input: this.child.stdout });
    let timer;
    const firstLine = once(lines, 'line').then(([line]) => line);
    const ended = this.exited.then(([code, signal]) => {
      throw new Error(`roadmapd ${this.args.join(' ')} ended (${code ?? signal}) before it listened:\n${this.output}`);
    });
    const silence = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`roadmapd ${this.args[0]} did not listen:\n${this.output}`)), START_TIMEOUT_MS);
    });
    try {
      const line = await Promise.race([firstLine, ended, silence]);
      const match = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line);
      assert.ok(match, `first line of output: ${line}`);
      this.url = match[1];
    } catch (error) {
      this.child.kill('SIGKILL');
      throw error;
    } finally {
      clearTimeout(timer);
      ended.catch(() => {});
    }
  }

  get running() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** SIGTERM; resolves with the exit code, rejects when the process does not end in time. */
  async stop() {
    if (this.running) this.child.kill('SIGTERM');
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        this.child.kill('SIGKILL');
        reject(new Error(`roadmapd ${this.args[0]} did not stop:\n${this.output}`));
      }, STOP_TIMEOUT_MS);
    });
    try {
      const [code] = await Promise.race([this.exited, late]);
      return code;
    } finally {
      clearTimeout(timer);
    }
  }

  /** SIGKILL; resolves when the process is gone. */
  async kill() {
    if (this.running) this.child.kill('SIGKILL');
    await this.exited;
  }
}
