// Converts a folder of real manifests (GWMIGRATE_CORPUS) with the built package, file by file and for every target, and holds the results to the laws.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from '../../dist/index.js';
import { createFigures, printFigures } from './figures.mjs';

const folder = process.env.GWMIGRATE_CORPUS ?? '../shared/corpus';
const files = readdirSync(folder).filter((name) => /\.ya?ml$/u.test(name)).sort();
const targets = ['standard', 'envoy-gateway'];
const failures = [];
const add = (total, counts) => Object.entries(counts).forEach(([key, count]) => (total[key] = (total[key] ?? 0) + count));

function statuses(report) {
  const counts = { ingresses: report.sources.length, converted: 0, partial: 0, refused: 0, skipped: 0 };
  for (const { status } of report.sources) counts[status] += 1;
  return counts;
}

function outcomes(report) {
  const counts = { translated: 0, approximated: 0, lost: 0, inert: 0, unknown: 0 };
  for (const { outcome } of report.annotations) counts[outcome] += 1;
  return counts;
}

/** What went wrong with one file, as sentences. */
function broken({ migration, report, internal }) {
  const wrong = [];
  if (internal) wrong.push(`invalid output: ${migration.findings.filter(({ code }) => code.startsWith('internal/')).map(({ args }) => JSON.stringify(args)).slice(0, 3).join(' ')}`);
  const { ingresses, left } = migration.configuration;
  const owed = [...ingresses, ...left.filter(({ status }) => status === 'refused').map(({ ingress }) => ingress)].reduce((sum, ingress) => sum + ingress.annotations.size, 0);
  if (owed !== migration.ledger.length) wrong.push(`the ledger is open: ${owed} annotations, ${migration.ledger.length} entries`);
  if (migration.findings.some(({ code }) => code === 'annotation/unaccounted')) wrong.push('an annotation is unaccounted for');
  for (const { status, reason, ref } of report.sources) if ((status === 'refused' || status === 'skipped') && !reason) wrong.push(`${ref.namespace}/${ref.name} is ${status} without a reason`);
  for (const { status, ref } of report.sources) if (status === 'refused' && !report.findings.some(({ finding }) => finding.object?.namespace === ref.namespace && finding.object.name === ref.name)) wrong.push(`${ref.namespace}/${ref.name} is refused without a finding`);
  for (const entry of migration.ledger) if (entry.outcome !== 'translated' && entry.findings.length === 0) wrong.push(`${entry.key} is ${entry.outcome} without a finding`);
  const unexplained = report.verified.divergences.filter(({ explainedBy }) => explainedBy.length === 0);
  for (const { request, aspects } of unexplained.slice(0, 3)) wrong.push(`nothing explains ${aspects.join(', ')} of ${request.method} ${request.scheme}://${request.host}${request.target}, one of ${unexplained.length}`);
  for (const rule of migration.lowered.rules) if (rule.closedBy.length > 0 && rule.backendRefs.length + rule.filters.length > 0) wrong.push(`${rule.id} is closed and forwards`);
  return wrong;
}

/** Each manifest is converted with its neighbours, as a repository would be, and alone, so that equal names in one folder hide nothing. */
const documentsOf = (text) => text.split(/^---(?=\s|$)/mu).filter((document) => /^\s*kind:\s*Ingress\b/mu.test(document));

/** Requests that are compared for each input; all that there are, for most. */
const verify = { requests: Number(process.env.GWMIGRATE_CORPUS_REQUESTS ?? 600) };
const compared = { requests: 0, equal: 0, explained: 0, unexplained: 0 };

function countRequests({ requests, equal, divergences }) {
  const unexplained = divergences.filter(({ explainedBy }) => explainedBy.length === 0).length;
  add(compared, { requests, equal, explained: divergences.length - unexplained, unexplained });
}

async function convertInto({ rows, total, codes, figures }, target, name, sources, options) {
  try {
    const result = await convert(sources, { target, verify, ...options });
    failures.push(...broken(result).map((sentence) => `${target} ${name}: ${sentence}`));
    countRequests(result.report.verified);
    const counts = { ...statuses(result.report), ...outcomes(result.report), objects: result.objects.length };
    rows[name] ??= {};
    add(rows[name], counts);
    add(total, counts);
    figures?.note(result);
    for (const { finding } of result.report.findings) codes[finding.code] = (codes[finding.code] ?? 0) + 1;
  } catch (error) {
    failures.push(`${target} ${name}: ${error.stack}`);
  }
}

function print(title, rows, total, codes) {
  console.log(`\n${title}`);
  console.table({ ...rows, TOTAL: total });
  console.log('Most frequent findings:');
  for (const [code, count] of Object.entries(codes).sort(([, a], [, b]) => b - a).slice(0, 15)) console.log(`  ${String(count).padStart(5)}  ${code}`);
}

let conversions = 0;
for (const target of targets) {
  const together = { rows: {}, total: {}, codes: {} };
  const alone = { rows: {}, total: {}, codes: {}, figures: createFigures() };
  for (const file of files) {
    const name = file.replace(/\.ya?ml$/u, '');
    const text = readFileSync(join(folder, file), 'utf8');
    await convertInto(together, target, name, [{ kind: 'text', file, text }], {});
    conversions += 1;
    for (const document of documentsOf(text)) {
      await convertInto(alone, target, name, [{ kind: 'text', file, text: document }], { allClasses: true });
      conversions += 1;
    }
  }
  print(`${target}: each repository as one input`, together.rows, together.total, together.codes);
  print(`${target}: each document alone, whatever its class`, alone.rows, alone.total, alone.codes);
  printFigures(target, alone.figures);
}

for (const failure of failures) console.error(failure);
console.log(`\nCompared ${compared.requests} requests: ${compared.equal} equal, ${compared.explained} explained, ${compared.unexplained} unexplained`);
const failed = new Set(failures.map((text) => text.split(':')[0])).size;
console.log(`\n${conversions - failed} passed, ${failed} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
