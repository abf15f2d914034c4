// Debian's nginx in front of a service, configured from a copy of /etc/nginx by what the operator guide has one type.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { temporaryFolder } from '../integration/node/roadmapd_process.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const START_TIMEOUT_MS = 10_000;
const NAME = 'localhost';

const execute = (...command) => execFileSync(command[0], command.slice(1), { stdio: 'pipe', cwd: repository });

/** What the guide has one type as root, without what only a real machine has: packages, a certificate, systemd. */
function guideCommands() {
  const guide = readFileSync(path.join(repository, 'docs/operator-guide.md'), 'utf8');
  const [, block] = /^With nginx[^]*?^```\n([^]*?)^```/m.exec(guide);
  return block.split('\n').filter((line) => line !== '' && !/^(apt-get|certbot|systemctl|curl|rm) /.test(line));
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const connects = (port) => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => resolve(false));
});

export class Nginx {
  #folder = temporaryFolder();
  #child;

  static get absentBecause() {
    if (!existsSync('/usr/sbin/nginx')) return 'nginx is not installed (scripts/setup check)';
    return process.getuid() === 0 ? '' : 'nginx needs root here';
  }

  /** nginx listens and speaks to the service at `serviceUrl`. */
  static async start(serviceUrl) {
    const nginx = new Nginx();
    try {
      await nginx.#start(serviceUrl);
    } catch (error) {
      await nginx.stop();
      throw error;
    }
    return nginx;
  }

  async #start(serviceUrl) {
    const etc = path.join(this.#folder.path, 'nginx');
    const [plain, secure] = [await freePort(), await freePort()];
    this.url = `https://${NAME}:${secure}`;
    this.plainUrl = `http://${NAME}:${plain}`;
    this.certificate = path.join(this.#folder.path, 'fullchain.pem');
    const key = path.join(this.#folder.path, 'privkey.pem');
    execute('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${NAME}`,
      '-addext', `subjectAltName=DNS:${NAME}`, '-keyout', key, '-out', this.certificate);
    cpSync('/etc/nginx', etc, { recursive: true, verbatimSymlinks: true });
    for (const folder of ['modules-enabled', 'sites-enabled']) {
      execute('rm', '-rf', path.join(etc, folder));
      mkdirSync(path.join(etc, folder));
    }
    for (const command of guideCommands()) execute('bash', '-ec', command.replaceAll('/etc/nginx', etc).replaceAll('YOUR.NAME', NAME));

    const site = path.join(etc, 'sites-available/roadmapd');
    this.#edit(site, [
      [/^ *listen \[::\].*\n/gm, ''], // a container may have no IPv6
      [/listen 80;/g, `listen 127.0.0.1:${plain};`], [/listen 443 /g, `listen ${secure} `],
      [/http:\/\/127\.0\.0\.1:8000/g, serviceUrl],
      [/\/etc\/letsencrypt\/live\/[^/]+\/fullchain\.pem/g, this.certificate], [/\/etc\/letsencrypt\/live\/[^/]+\/privkey\.pem/g, key],
    ]);
    // More than the machine allows is refused to whoever may not raise that.
    const most = Number(/^Max open files +\d+ +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))[1]);
    this.#edit(path.join(etc, 'modules-enabled/90-roadmapd.conf'), [[/\d{4,}/, (wanted) => Math.min(Number(wanted), most)]]);
    this.#edit(path.join(etc, 'nginx.conf'), [
      [/\/etc\/nginx/g, etc], [/\/run\/nginx\.pid/g, path.join(this.#folder.path, 'nginx.pid')], [/\/var\/log\/nginx/g, this.#folder.path],
    ]);
    this.#child = spawn('/usr/sbin/nginx', ['-e', this.#log, '-c', path.join(etc, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'ignore' });
    for (const until = Date.now() + START_TIMEOUT_MS; !(await connects(secure));) {
      if (this.#child.exitCode !== null || Date.now() > until) throw new Error(`nginx does not listen:\n${readFileSync(this.#log, 'utf8')}`);
      await pause(50);
    }
  }

  /** Replaces in a file what each pattern finds; one that finds nothing is an error: what it speaks of is gone. */
  #edit(file, replacements) {
    let text = readFileSync(file, 'utf8');
    for (const [pattern, by] of replacements) {
      const after = text.replace(pattern, by);
      if (text.search(pattern) < 0) throw new Error(`${file}: nothing like ${pattern}`);
      text = after;
    }
    writeFileSync(file, text);
  }

  get #log() { return path.join(this.#folder.path, 'error.log'); }

  /** Lines of nginx's log that tell of a shortage: connections, descriptors. */
  shortages() {
    return readFileSync(this.#log, 'utf8').split('\n').filter((line) => /not enough|Too many open files|\[(alert|crit|emerg)\]/.test(line));
  }

  async stop() {
    if (this.#child && this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await ended;
    }
    this.#folder.remove();
  }
}
