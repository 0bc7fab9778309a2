import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/define.ts';
import { fingerprintsOf } from '../../../src/report/fingerprint.ts';
import { loadReporter, reportFormats } from '../../../src/report/registry.ts';
import { growth, inProportion } from '../../support/growth.ts';
import { liveMarkup, readMarkdown } from '../../support/markdown.ts';
import { run, runText } from '../../support/migration.ts';
import { context, hostileReport, largeReport } from '../../support/report.ts';
import { sarifErrors } from '../../support/sarif-schema.ts';
import { parseXml } from '../../support/xml.ts';

async function render(format: string, report: Report): Promise<string> {
  const reporter = await loadReporter(format);
  if (reporter === undefined) throw new Error(`no format ${format}`);
  return reporter.report(report, context);
}

/** HTML has tests of its own, in a browser. */
const formats = reportFormats.filter((format) => format !== 'html');

describe.each(formats)('%s', (format) => {
  it('is the same bytes for the same report', async () => {
    expect(await render(format, hostileReport())).toBe(await render(format, hostileReport()));
  });

  it('ends with one line break and shows no terminal sequence of the input', async () => {
    const text = await render(format, hostileReport());
    expect(text).toMatch(/[^\n]\n$/u);
    expect(text).not.toContain('\u001B');
  });

  it('takes time in proportion to the findings', async () => {
    const reporter = await loadReporter(format);
    const reports = new Map([300, 4800].map((count) => [count, largeReport(count)]));
    expect(await growth((count) => reporter?.report(reports.get(count) ?? largeReport(count), context), 300)).toBeLessThan(inProportion);
  });
});

const scenario = 'fixtures/scenarios/readme/input.yaml';
const text = readFileSync(scenario, 'utf8');

describe('the report of a real run', () => {
  it('is valid in every format', async () => {
    const { report } = await run([scenario]);
    expect(report.findings.length).toBeGreaterThan(3);
    expect(sarifErrors(JSON.parse(await render('sarif', report)))).toEqual([]);
    expect(parseXml(await render('junit', report)).children[0]?.children.length).toBeGreaterThanOrEqual(report.sources.length);
    expect(readMarkdown(await render('markdown', report)).flatMap(liveMarkup)).toEqual([]);
    expect((await render('github', report)).match(/^::(?:error|warning|notice) /gmu)?.length).toBeGreaterThan(1);
    expect(JSON.parse(await render('gitlab', report))).toHaveLength(report.findings.length);
  });

  const printsOf = async (input: string): Promise<readonly string[]> => {
    const { report } = await runText(input);
    return [...fingerprintsOf(report.findings.map(({ finding }) => finding)).values()].sort();
  };

  it.each([
    ['moved lines', `# Owner: shop\n\n${text}`],
    ['documents in another order', text.split(/^---$/mu).reverse().join('\n---\n')],
    ['other indentation of comments', text.replaceAll(/^(\s*)(\w+:)$/gmu, '$1$2 # moved')],
  ])('has the fingerprints of before after %s', async (_what, changed) => {
    expect(changed).not.toBe(text);
    expect(await printsOf(changed)).toEqual(await printsOf(text));
  });

  it('has the same fingerprints under another file name', async () => {
    const { report } = await run([scenario]);
    expect([...fingerprintsOf(report.findings.map(({ finding }) => finding)).values()].sort()).toEqual(await printsOf(text));
  });
});
