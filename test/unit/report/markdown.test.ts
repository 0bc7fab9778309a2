import { describe, expect, it } from 'vitest';
import { markdown } from '../../../src/report/markdown.ts';
import { cell, code, escapeText, sentence } from '../../../src/report/markdown-text.ts';
import { visible } from '../../../src/report/visible.ts';
import { liveMarkup, readMarkdown } from '../../support/markdown.ts';
import { at, context, entries, finding, hostile, hostileReport, largeReport, refOf, reportOf, source } from '../../support/report.ts';

const checkout = refOf('checkout');

describe('the Markdown report', () => {
  it('reads as a page', () => {
    const report = reportOf(
      [
        finding('gate/lost', { object: checkout }),
        finding('gate/lost', { object: refOf('admin'), args: { annotation: 'auth-url', host: 'admin.example.com' } }),
        { finding: finding('limit/lost', { object: checkout }), accepted: true },
        finding('default/body-size', { origin: undefined }),
        finding('name/kept', { object: checkout }),
      ],
      [source(refOf('admin'), { status: 'skipped', reason: 'of another class' }), source(checkout, { status: 'partial', produced: [{ ...checkout, kind: 'HTTPRoute' }] })],
    );
    expect(markdown.report(report, context)).toMatchInlineSnapshot(`
      "# FAIL: from ingress-nginx to the Gateway API

      2 errors, 0 warnings, 1 nginx default that differs (--fail-on security). Target: standard, Gateway API 1.4.0 (standard channel).

      | Count |  |  |
      | --- | --- | --- |
      | Ingresses | 2 | 0 converted, 1 partial, 0 refused, 1 skipped |
      | Annotations | 0 | 0 translated, 0 approximated, 0 lost, 0 inert, 0 unknown |
      | Findings | 5 | 2 errors, 1 warning, 1 note, 1 accepted |
      | Written | 2 | 2 HTTPRoute |

      ## Must be decided before the switch

      ### \`gate/lost\` × 2

      \`nginx.ingress.kubernetes.io/auth-url\` is lost on \`shop.example.com\`.

      **Why:** The target has no field for it.  
      **Do:** Accept it or use another target.

      - \`shop/checkout\` \`nginx.ingress.kubernetes.io/auth-url\` \`manifests/shop.yaml:7:5\`
      - \`shop/admin\` \`nginx.ingress.kubernetes.io/auth-url\` \`manifests/shop.yaml:7:5\` — auth-url is lost on \`admin.example.com\`.

      ## What nginx did unasked and the target does not do the same way

      - \`default/body-size\`: Bodies are as large as the gateway allows.

      Each is explained by \`gwmigrate explain default/NAME\`.

      ## For your information

      - \`name/kept\`: \`nginx.ingress.kubernetes.io/auth-url\` keeps its meaning.

      ## Accepted

      - \`limit/lost\` \`shop/checkout\` \`nginx.ingress.kubernetes.io/auth-url\` \`manifests/shop.yaml:7:5\`

      ## Ingresses

      | Ingress | Status | Errors | Warnings | Written as, or why not |
      | --- | --- | --- | --- | --- |
      | \`shop/checkout\` | partial | 1 | 0 | \`HTTPRoute shop/checkout\` |
      | \`shop/admin\` | skipped | 0 | 0 | of another class |
      "
    `);
  });

  it('says OK when there is nothing to do', () => {
    expect(markdown.report(reportOf([]), { ...context, failed: false })).toMatch(/^# OK: .*\n\nNothing to do\./u);
  });

  it('puts Ingresses that need somebody first', () => {
    const names = ['converted', 'refused', 'skipped', 'partial'] as const;
    const text = markdown.report(reportOf([], names.map((status) => source(refOf(status), { status }))), context);
    expect([...text.matchAll(/^\| `shop\/(\w+)`/gmu)].map(([, name]) => name)).toEqual(['refused', 'partial', 'converted', 'skipped']);
  });

  it('stays under the 1 MiB of a step summary', () => {
    const text = markdown.report(largeReport(10_000), context);
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toContain('And 9000 more.');
    expect(text).toContain('- and 9990 more');
  });
});

describe('names of the input', () => {
  const lines = readMarkdown(markdown.report(hostileReport(), context));

  it('are never markup', () => {
    expect(lines.filter((line) => liveMarkup(line).length > 0)).toEqual([]);
  });

  it('start no block of their own', () => {
    const starts = /^(?:$|# FAIL|## [A-Z]|### §|- (?:§|and)|\*\*(?:Why|Do):\*\* |\| .* \|$|\|(?: --- \|)+$|Each is|[1-9A-Z§])/u;
    expect(lines.filter(({ rest }) => !starts.test(rest))).toEqual([]);
  });

  it('break no table', () => {
    const rows = lines.filter(({ rest }) => rest.startsWith('|') && rest.endsWith('|') && rest.split('|').length > 5);
    expect(rows).toHaveLength(hostile.length + 2);
    for (const { rest, code: cells } of rows) {
      expect(rest.split('|')).toHaveLength(7);
      for (const text of cells) if (/[|\\]/u.test(text)) expect(rest).not.toContain('\\');
    }
  });

  it.each(hostile.filter((text) => text.trim() !== '').map((text) => [text]))('can still be read: %j', (text) => {
    for (const markup of [code(text), cell(text)]) expect(readMarkdown(markup)[0]).toEqual({ code: [visible(text)], rest: '§' });
  });

  it.each(hostile.map((text) => [text]))('are literal in a sentence: %j', (text) => {
    const [line] = readMarkdown(sentence('{annotation} is lost.', finding('gate/lost', { args: { annotation: text } })));
    expect(line && liveMarkup(line)).toEqual([]);
    expect(line?.rest).toMatch(/^(?:§|[^-+#\d\s]|\d+ ).*is lost\.$|^\(empty\) is lost\.$/u);
  });
});

describe('sentences', () => {
  it.each([
    ['The list is `.*` or *.', 'The list is `.*` or \\*.'],
    ['/_mirror-<uid> of $host', '/\\_mirror-\\<uid\\> of $host'],
    ['rules[].timeouts | a_b', 'rules\\[\\].timeouts \\| a\\_b'],
  ])('of the catalogue are literal, except for their code: %s', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it.each([
    ['checkout', 'checkout'],
    ['shop.example.com', '`shop.example.com`'],
    ['it has no field for it', 'it has no field for it'],
    ['see rules[].filters (v1)', 'see rules\\[\\].filters \\(v1\\)'],
    ['mail admin@example.com now', '`mail admin@example.com now`'],
  ])('take words as words and the rest as code: %s', (text, said) => {
    expect(sentence('{annotation}', finding('gate/lost', { args: { annotation: text } }))).toBe(said);
  });

  it('say at its place what differs from the first', () => {
    const other = finding('gate/lost', { object: checkout, origin: at('a.yaml'), args: { annotation: 'x', host: 'other.example.com' } });
    expect(markdown.report(reportOf([finding('gate/lost'), other]), context)).toContain('`a.yaml:1:1` — x is lost on `other.example.com`.');
    expect(entries['gate/lost'].what).toContain('{host}');
  });
});
