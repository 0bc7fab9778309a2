import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Adds the last run to what is known of each file and prints the score of all of it, whichever files the run was about. `--markdown FILE`: as a page.
 * A fault is noticed when a test fails or does not end; the score is the share of the noticed ones among all.
 */
const report = 'coverage/mutation/report.json';
const known = 'coverage/mutation/known.json';
const stages = ['nginx', 'plan', 'verify'];

const zero = { noticed: 0, survived: 0, untested: 0 };
const add = (a, b) => ({ noticed: a.noticed + b.noticed, survived: a.survived + b.survived, untested: a.untested + b.untested });
const sizeOf = ({ noticed, survived, untested }) => noticed + survived + untested;
const percent = (count) => (sizeOf(count) === 0 ? '-' : `${((100 * count.noticed) / sizeOf(count)).toFixed(1)} %`);

function countOf(mutants) {
  const of = (...statuses) => mutants.filter((mutant) => !mutant.static && statuses.includes(mutant.status)).length;
  return { noticed: of('Killed', 'Timeout'), survived: of('Survived'), untested: of('NoCoverage') };
}

/** The files that the configuration names, but for those that only declare types. */
const sources = stages
  .flatMap((stage) => readdirSync(`src/${stage}`, { recursive: true }).map((file) => `src/${stage}/${file}`))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('codes.ts') && /^(?:export )?(?:const|function|class)\b/mu.test(readFileSync(file, 'utf8')))
  .sort();

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
const { files = {}, config } = read(report);
const latest = Object.entries(files).map(([file, { mutants }]) => [file, countOf(mutants)]);
// A run about everything leaves nothing of earlier ones, and has asked about files in which it finds no place for a fault.
const whole = config?.mutate.some((pattern) => pattern.includes('**')) === true;
const results = { ...(whole ? Object.fromEntries(sources.map((file) => [file, zero])) : read(known)), ...Object.fromEntries(latest) };
if (latest.length > 0) writeFileSync(known, JSON.stringify(results));
const counts = new Map(sources.filter((file) => file in results).map((file) => [file, results[file]]));

const rowOf = (name, asked, count) => [name, asked, percent(count), count.noticed, count.survived, count.untested];
const rowsOf = (names) => names.reduce((total, name) => add(total, counts.get(name) ?? zero), zero);
const stageRows = [...stages.map((stage) => `src/${stage}/`), 'src/'].map((prefix) => {
  const all = sources.filter((file) => file.startsWith(prefix));
  const asked = all.filter((file) => counts.has(file));
  return rowOf(prefix === 'src/' ? 'total' : prefix.slice(0, -1), `${asked.length} of ${all.length} files`, rowsOf(asked));
});
const fileRows = [...counts].map(([file, count]) => rowOf(file, '', count));
const head = ['', 'asked', 'score', 'noticed', 'survived', 'untested'];

function plain(rows) {
  const widths = head.map((_title, column) => Math.max(...[head, ...rows].map((row) => String(row[column]).length)));
  return [head, ...rows].map((row) => row.map((cell, column) => (column < 2 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]))).join('  ').trimEnd()).join('\n');
}

const table = (titles, rows) => [titles, titles.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function page(day) {
  return `# Mutation scores

Measured on ${day} with \`npm run test:mutation\` (ADR 15), each fault judged by the unit tests of its own stage alone: later stages, fixtures and properties notice more.
Texts of findings (\`*codes.ts\`) get no faults, and faults in constants that are made when a file is loaded are left out (\`ignoreStatic\`): of a file that is a table nothing is left to ask. Files that
were not asked about are not in the figures, and tests that were added for survivors count once the file is asked again. Among the survivors are faults that change nothing (a check that only the compiler needs, a limit that is never met). Written by
\`node test/mutation/score.mjs --markdown docs/mutation-scores.md\`.

${table(head, stageRows)}

${table(['file', ...head.slice(2)], fileRows.map(([name, , ...cells]) => [name, ...cells]))}
`;
}

const at = process.argv.indexOf('--markdown');
if (at > 0) writeFileSync(process.argv[at + 1], page(new Date().toISOString().slice(0, 10)));
else console.log(`\nKnown so far (${known}):\n${plain([...fileRows, ...stageRows])}`);
