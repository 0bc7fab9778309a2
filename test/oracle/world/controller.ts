import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, cpSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

const here = import.meta.dirname;

/** Puts the controller, its templates and the stand-ins for missing Lua libraries into the chroot. */
function prepare(state: string, apiPort: number): string {
  const root = join(state, 'root');
  const source = join(state, 'controller');
  for (const name of ['lua', 'template']) {
    rmSync(join(root, 'etc/nginx', name), { recursive: true, force: true });
    cpSync(join(source, 'etc/nginx', name), join(root, 'etc/nginx', name), { recursive: true });
  }
  cpSync(join(source, 'etc/nginx/nginx.conf'), join(root, 'etc/nginx/nginx.conf'));
  for (const path of ['etc/ingress-controller/auth', 'tmp/nginx', 'oracle']) rmSync(join(root, path), { recursive: true, force: true });
  const folders = ['oracle', 'usr/local/share/lua/5.1', 'etc/ingress-controller/ssl', 'etc/ingress-controller/auth', 'etc/ingress-controller/telemetry', 'sys/fs/cgroup', 'tmp/nginx', 'var/log/nginx', 'etc/nginx/geoip'];
  for (const path of folders) mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, 'etc/resolv.conf'), 'nameserver 127.0.0.1\n');
  cpSync(join(here, '../controller/lua'), join(root, 'usr/local/share/lua/5.1'), { recursive: true });
  cpSync(join(source, 'nginx-ingress-controller'), join(root, 'oracle/nginx-ingress-controller'));
  for (const script of ['nginx.sh', 'start.sh']) {
    cpSync(join(here, '../controller', script), join(root, 'oracle', script));
    chmodSync(join(root, 'oracle', script), 0o755);
  }
  const cluster = { name: 'o', cluster: { server: `http://127.0.0.1:${apiPort}` } };
  const config = { apiVersion: 'v1', kind: 'Config', clusters: [cluster], contexts: [{ name: 'o', context: { cluster: 'o', user: 'o' } }], users: [{ name: 'o', user: {} }], 'current-context': 'o' };
  writeFileSync(join(root, 'oracle/kubeconfig'), JSON.stringify(config));
  return root;
}

/** The controller and its nginx, in the chroot and a process namespace of their own: when the first dies, all do. */
export class Controller {
  private readonly log: string;
  private readonly child: ChildProcess;
  private start = 0;
  private sink: Server | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(state: string, apiPort: number, flags: readonly string[]) {
    const root = prepare(state, apiPort);
    this.log = join(state, 'run/controller.log');
    const output = openSync(this.log, 'w');
    const command = ['--fork', '--pid', '--kill-child', `--mount-proc=${root}/proc`, 'chroot', root, '/oracle/start.sh', ...flags];
    this.child = spawn('unshare', command, { stdio: ['ignore', output, output] });
    closeSync(output);
    this.timer = setInterval(() => this.openSink(), 200);
  }

  /** Complaints before now are about something else. */
  mark(): void {
    this.start = statSync(this.log).size;
  }

  /** Whether nginx has refused a configuration since. */
  refused(): boolean {
    return readFileSync(this.log).subarray(this.start).includes('[emerg]');
  }

  /** Last words of nginx about a configuration it did not take. */
  complaint(): string {
    const text = readFileSync(this.log).subarray(this.start).toString('utf8');
    return text.match(/\[emerg\].*/g)?.at(-1) ?? text.slice(-300);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.sink?.close();
    const gone = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGKILL');
    await gone;
  }

  /** The controller sends the part for TCP services to a port of the stream block, which is left out here, and waits for it. */
  private openSink(): void {
    if (this.sink !== undefined) return;
    const probe = connect(10_246, '127.0.0.1');
    probe.on('error', () => probe.destroy());
    probe.on('connect', () => {
      probe.destroy();
      if (this.sink !== undefined) return;
      this.sink = createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.resume();
      });
      this.sink.on('error', () => (this.sink = undefined));
      this.sink.listen(10_247, '127.0.0.1');
    });
  }
}
