// `roadmapd demo` after its story has been told, and the workspace page in front of it.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';
import { inTime } from './bounded_waits.mjs';
import { WorkspaceBackend } from './workspace_backend.mjs';
import { launchBrowser, WorkspacePage } from './workspace_page.mjs';

export const BACKLOG = 'demo-central-backlog';
export const PRODUCT_OPS = 'demo-product-ops';
export const INTAKE_EMEA = 'demo-intake-emea';

/** The demo's last words, after which nobody but the test changes the workbooks. */
const STORY_IS_OVER = /until Ctrl-C/;

export class WorkspaceDemo {
  /**
   * WORKSPACE_URL names a demo that runs already; its workbooks are changed. `data` is a folder that keeps the workbooks over a
   * restart.
   */
  static async start({ data } = {}) {
    const running = process.env.WORKSPACE_URL;
    if (running && !data) return new WorkspaceDemo({ url: running, stop: async () => 0 }, await launchBrowser());
    const options = data ? ['--data', data] : [];
    const roadmapd = await RoadmapdProcess.start(['demo', '--port', '0', ...options]);
    const self = new WorkspaceDemo(roadmapd);
    self.options = options;
    try {
      await inTime('the end of the demo\'s story', self.#untilStoryIsOver());
      await self.#fetchFreshWishes();
      self.browser = await launchBrowser();
    } catch (error) {
      await roadmapd.kill();
      throw error;
    }
    return self;
  }

  constructor(roadmapd, browser) {
    this.roadmapd = roadmapd;
    this.browser = browser;
    this.url = roadmapd.url;
  }

  async #untilStoryIsOver() {
    const lines = createInterface({ input: this.roadmapd.child.stdout });
    for await (const line of lines) {
      if (STORY_IS_OVER.test(line)) return;
    }
    const [code, signal] = await once(this.roadmapd.child, 'exit');
    assert.fail(`the demo ended (${code ?? signal}) before its story was over:\n${this.roadmapd.output}`);
  }

  /** The demo ends with wishes that nobody has fetched; tests begin where nothing is new. */
  async #fetchFreshWishes() {
    const backend = new WorkspaceBackend(this.url);
    const run = await backend.run('pm.backlog_sync');
    assert.ok(run.result.raw.appended > 0, `the demo leaves fresh wishes: ${JSON.stringify(run.result)}`);
  }

  /** Ends the service and starts it again at the same address. */
  async restart() {
    assert.equal(await this.roadmapd.stop(), 0, `the demo ends cleanly:\n${this.roadmapd.output}`);
    this.roadmapd = await RoadmapdProcess.start(['demo', '--port', new URL(this.url).port, ...this.options]);
  }

  open(options) {
    return WorkspacePage.open(this.browser, this.url, options);
  }

  async stop() {
    await inTime('the end of the browser', this.browser.close());
    const code = await this.roadmapd.stop();
    assert.equal(code, 0, `the demo ends cleanly:\n${this.roadmapd.output}`);
  }
}
