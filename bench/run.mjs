// Prints times and peak memory as ratios inside one run: single figures of a shared machine mean little, processor time less badly than wall time.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, long, losing, wide } from './generate.mjs';

const directory = mkdtempSync(join(tmpdir(), 'gwmigrate-bench-'));
const bin = new URL('../bin/gwmigrate.js', import.meta.url).pathname;
const runs = Number(process.env.BENCH_RUNS ?? 5);
const counts = (process.env.BENCH_COUNTS ?? '1,100,1000,10000,50000').split(',').map(Number);

const usageFile = join(directory, 'usage');
const hook = join(directory, 'usage.cjs');
writeFileSync(hook, "process.on('exit', () => require('node:fs').writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())));\n");

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Wall and processor seconds of one process and its peak memory, the last two as the process itself sees them when it ends. */
function once(args) {
  const start = process.hrtime.bigint();
  const { status, error } = spawnSync(process.execPath, ['--require', hook, ...args], { stdio: 'ignore', env: { ...process.env, USAGE_FILE: usageFile } });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  // 1 says that something is lost: a proper end.
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status ?? error?.message}`);
  const { userCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, 'utf8'));
  return { wall, user: userCPUTime / 1e6, peak: maxRSS / 1024 };
}

function measure(args, count = runs) {
  const all = Array.from({ length: count }, () => once(args));
  return { wall: median(all.map(({ wall }) => wall)), user: median(all.map(({ user }) => user)), peak: median(all.map(({ peak }) => peak)) };
}

const rows = [];
const results = new Map();
const add = (name, result, note = '') => {
  results.set(name, result);
  const { wall, user, peak } = result;
  rows.push({ name, 'wall s': wall.toFixed(3), 'user s': user.toFixed(3), 'wall / node -e 0': (wall / results.get('node -e 0').wall).toFixed(2), 'peak MiB': peak.toFixed(0), note });
};

const overNode = ({ wall }) => `${((wall - results.get('node -e 0').wall) * 1000).toFixed(0)} ms over node`;

/** Converts a generated stream. */
function convert(name, text, { count = runs, note, args = [] } = {}) {
  const file = join(directory, 'input.yaml');
  writeFileSync(file, text);
  const result = measure([bin, 'convert', file, ...args], count);
  add(name, result, note?.(result) ?? `${(statSync(file).size / 1e6).toFixed(1)} MB`);
}

/** How often the second costs what the first does, beside what linear growth gives. */
function growth(small, large, linear) {
  const a = results.get(small);
  const b = results.get(large);
  if (a === undefined || b === undefined) return;
  console.log(`${large} / ${small}: ${(b.user / a.user).toFixed(2)} times the user time, ${(b.wall / a.wall).toFixed(2)} times the wall time, ${(b.peak / a.peak).toFixed(2)} times the memory (input: ${linear})`);
}

try {
  add('node -e 0', measure(['-e', '0'], Math.max(runs, 9)));
  const version = measure([bin, '--version'], Math.max(runs, 9));
  add('--version', version, overNode(version));
  for (const count of counts) {
    convert(`${count} Ingresses`, generate(count), count === 1 ? { count: Math.max(runs, 9), note: overNode } : { count: count >= 10_000 ? Math.min(runs, 3) : runs });
  }
  for (const hosts of [500, 5000]) convert(`one Ingress, ${hosts} hosts`, wide(hosts));
  for (const paths of [500, 5000]) convert(`one host, ${paths} paths`, long(paths));
  const reports = ['--report', 'text', '--report', `json=${join(directory, 'report.json')}`];
  for (const count of [1000, 10_000]) convert(`${count} Ingresses with losses`, losing(count), { count: Math.min(runs, 3), args: reports });
  console.table(rows);
  growth('1000 Ingresses', '10000 Ingresses', 10);
  growth('10000 Ingresses', '50000 Ingresses', 5);
  growth('one Ingress, 500 hosts', 'one Ingress, 5000 hosts', 10);
  growth('one host, 500 paths', 'one host, 5000 paths', 10);
  growth('1000 Ingresses with losses', '10000 Ingresses with losses', 10);
} finally {
  rmSync(directory, { recursive: true });
}
