import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { prepare } from './prepare.ts';
import { workersOf } from './workers.ts';

/** Where nginx is told what need not be in its configuration. */
const statusPort = 10_246;

/** The controller and its nginx, in the chroot and a process namespace of their own: when the first dies, all do. */
export class Controller {
  private readonly log: string;
  private readonly root: string;
  private readonly child: ChildProcess;
  private start = 0;
  private sink: Server | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(state: string, apiPort: number, flags: readonly string[]) {
    const root = prepare(state, apiPort);
    this.root = root;
    this.log = join(state, 'run/controller.log');
    const output = openSync(this.log, 'w');
    const command = ['--fork', '--pid', '--kill-child', `--mount-proc=${root}/proc`, 'chroot', root, '/oracle/start.sh', ...flags];
    this.child = spawn('unshare', command, { stdio: ['ignore', output, output] });
    closeSync(output);
    this.timer = setInterval(() => this.openSink(), 200);
  }

  /** What was said before now is about something else. */
  mark(): void {
    this.start = statSync(this.log).size;
    for (const file of ['refused', 'complaint']) rmSync(join(this.root, 'tmp/nginx', file), { force: true });
  }

  private said(): string {
    return readFileSync(this.log).subarray(this.start).toString('utf8');
  }

  /** Whether the log has said so since. */
  hasSaid(words: string): boolean {
    return this.said().includes(words);
  }

  /** Whether the last configuration that nginx refused since holds this text. */
  refuses(text: string): boolean {
    const file = join(this.root, 'tmp/nginx/refused');
    return existsSync(file) && readFileSync(file, 'utf8').includes(text);
  }

  /** Last words of nginx about a configuration it did not take. */
  complaint(): string {
    const file = join(this.root, 'tmp/nginx/complaint');
    if (!existsSync(file)) return `not served in time: ${this.said().slice(-300)}`;
    const text = readFileSync(file, 'utf8');
    return /\[emerg\].*/.exec(text)?.[0] ?? text;
  }

  /** The configuration that nginx was last told to load. */
  configuration(): string {
    return readFileSync(join(this.root, 'etc/nginx/nginx.conf'), 'utf8');
  }

  /** How many workers take connections. */
  workers(): number {
    return workersOf(this.root);
  }

  /** Lets nginx forget the certificates of these names. */
  async forget(names: readonly string[]): Promise<void> {
    const body = JSON.stringify({ certificates: {}, servers: Object.fromEntries(names.map((name) => [name, '-1'])) });
    const { status } = await fetch(`http://127.0.0.1:${statusPort}/configuration/servers`, { method: 'POST', body });
    if (status !== 201) throw new Error(`nginx does not forget certificates: ${status}`);
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
    const probe = connect(statusPort, '127.0.0.1');
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
