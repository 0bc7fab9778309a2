import { parse as parseJunit } from 'junit2json';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parse, type DefaultTreeAdapterTypes, type ParserError } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/define.ts';
import { junit } from '../../../src/report/junit.ts';
import { markdown } from '../../../src/report/markdown.ts';
import { visible } from '../../../src/report/visible.ts';
import { payload, renamed, worded } from '../../support/hostile.ts';
import { pageFor, pageOf, teams } from '../../support/html-report.ts';
import { run, runText } from '../../support/migration.ts';
import { context, hostile, hostileReport } from '../../support/report.ts';
import { parseXml } from '../../support/xml.ts';

const scenario = 'fixtures/scenarios/readme/input.yaml';
const reports: readonly (readonly [string, () => Promise<Report>])[] = [
  ['a real run', async () => (await run([scenario])).report],
  ['hostile names', async () => await Promise.resolve(hostileReport())],
];

/** Element names and attributes, as an HTML parser by the standard sees them. */
function elementsOf(html: string): { readonly names: ReadonlySet<string>; readonly attributes: ReadonlySet<string>; readonly text: string } {
  const names = new Set<string>();
  const attributes = new Set<string>();
  let text = '';
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('value' in node) text += node.value;
    if ('tagName' in node) {
      names.add(node.tagName);
      for (const { name } of node.attrs) attributes.add(`${node.tagName} ${name}`);
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return { names, attributes, text };
}

describe('JUnit, read by junit2json', () => {
  it.each(reports)('has the cases that were written for %s, an Ingress each', async (_name, reportOf) => {
    const report = await reportOf();
    const written = junit.report(report, context);
    const suites = await parseJunit(written);
    const cases = (suites !== undefined && suites !== null && 'testsuite' in suites ? (suites.testsuite ?? []) : []).flatMap((suite) => suite.testcase ?? []);
    expect(cases.length).toBeGreaterThanOrEqual(report.sources.length);
    // The reader joins white space, and takes an empty name for a number.
    const namesOf = (names: readonly unknown[]): readonly string[] => names.map((name) => String(name).replace(/\s+/gu, ' ').trim().replace(/^NaN$/u, ''));
    expect(namesOf(cases.map(({ name }) => name))).toEqual(namesOf(parseXml(written).children[0]?.children.map(({ attributes }) => attributes['name']) ?? []));
    expect(cases.filter(({ failure }) => failure !== undefined).length).toBe(suites?.failures);
  });
});

describe('Markdown, rendered as GitHub does', () => {
  it.each(reports)('holds nothing but headings, text, lists, tables and code for %s', async (_name, reportOf) => {
    const html = micromark(markdown.report(await reportOf(), context), 'utf8', { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
    const { names, attributes } = elementsOf(html);
    const allowed = ['html', 'head', 'body', 'h1', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'strong', 'code', 'pre', 'br', 'hr', 'details', 'summary', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
    expect([...names].filter((name) => !allowed.includes(name))).toEqual([]);
    expect([...attributes].filter((name) => !/^(?:td|th) align$|^details open$/u.test(name))).toEqual([]);
  });

  it.each(hostile.filter((text) => text.trim() !== '').map((text) => [text]))('shows the name %j to the reader', (name) => {
    const report = hostileReport();
    const html = micromark(markdown.report(report, context), 'utf8', { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
    const squeezed = (text: string): string => text.replace(/\s+/gu, ' ').trim();
    expect(squeezed(elementsOf(html).text)).toContain(squeezed(visible(name)));
  });
});

describe('the HTML page, read by parse5', () => {
  it.each<readonly [string, () => Promise<string>]>([
    ['plain names', async () => await pageFor(teams)],
    ['hostile names', async () => pageOf(renamed((await runText(worded)).report, payload))],
  ])('has no parse error with %s', async (_name, page) => {
    const errors: ParserError[] = [];
    parse(await page(), { onParseError: (error) => void errors.push(error), sourceCodeLocationInfo: true });
    expect(errors.map(({ code, startLine, startCol }) => `${code} ${startLine}:${startCol}`)).toEqual([]);
  });
});
