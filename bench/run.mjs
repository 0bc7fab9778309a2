// Prints times and peak memory as ratios inside one run: single figures of a shared machine mean little.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, wide } from './generate.mjs';

const directory = mkdtempSync(join(tmpdir(), 'gwmigrate-bench-'));
const bin = new URL('../bin/gwmigrate.js', import.meta.url).pathname;
const runs = Number(process.env.BENCH_RUNS ?? 5);

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Wall seconds of one process. */
function once(args) {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Peak memory as the process itself sees it when it ends. */
function peakMib(args) {
  const hook = join(directory, 'peak.cjs');
  writeFileSync(hook, "process.on('exit', () => require('node:fs').writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));\n");
  const file = join(directory, 'peak');
  spawnSync(process.execPath, ['--require', hook, ...args], { stdio: 'ignore', env: { ...process.env, PEAK_FILE: file } });
  return Number(readFileSync(file, 'utf8')) / 1024;
}

const measure = (args, count = runs) => median(Array.from({ length: count }, () => once(args)));

const empty = measure(['-e', '0'], Math.max(runs, 9));
const rows = [];
const add = (name, seconds, memory, note) => {
  rows.push({ name, seconds: seconds.toFixed(3), 'ratio to node -e 0': (seconds / empty).toFixed(2), 'peak MiB': memory === undefined ? '' : memory.toFixed(0), note });
  return seconds;
};

add('node -e 0', empty);
const startup = measure([bin, '--version'], Math.max(runs, 9));
add('--version', startup, undefined, `${((startup - empty) * 1000).toFixed(0)} ms over node`);

const times = new Map();
for (const count of (process.env.BENCH_COUNTS ?? '1,100,1000,10000,50000').split(',').map(Number)) {
  const file = join(directory, `${count}.yaml`);
  writeFileSync(file, generate(count));
  const args = [bin, 'convert', file];
  const seconds = measure(args, count >= 10_000 ? Math.min(runs, 3) : runs);
  times.set(count, seconds);
  const note = count === 1 ? `${((seconds - empty) * 1000).toFixed(0)} ms over node` : `${(statSync(file).size / 1e6).toFixed(1)} MB, ${((seconds / count) * 1000).toFixed(2)} ms each`;
  add(`convert, ${count} Ingresses`, seconds, peakMib(args), note);
}
for (const hosts of [100, 500]) {
  const file = join(directory, `wide-${hosts}.yaml`);
  writeFileSync(file, wide(hosts));
  times.set(`wide ${hosts}`, add(`convert, one Ingress with ${hosts} hosts`, measure([bin, 'convert', file]), undefined, ''));
}
console.table(rows);
if (times.has(50_000)) console.log(`50,000 to 10,000 Ingresses: ${(times.get(50_000) / times.get(10_000)).toFixed(2)} times the time (5 is linear)`);
rmSync(directory, { recursive: true });
