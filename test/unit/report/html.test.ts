import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report, ReportContext } from '../../../src/report/define.ts';
import { escapeText, html, joined, name } from '../../../src/report/html/markup.ts';
import { ownersOf } from '../../../src/report/html/owners.ts';
import { numeral, shortened } from '../../../src/report/html/words.ts';
import { payload, renamed, worded } from '../../support/hostile.ts';
import { crowd, ingressText, pageFor, pageOf, teams } from '../../support/html-report.ts';
import { runText } from '../../support/migration.ts';

describe('markup', () => {
  it.each([
    ['<b>', '&lt;b&gt;'],
    [`"'&`, '&quot;&#39;&amp;'],
    ['a\u202eb', 'a\\u202eb'],
    ['\u0000\r', '\\u0000\\u000d'],
    ['\ud800', '\\ud800'],
    ['naïve 😀 עברית', 'naïve 😀 עברית'],
    ['tab\tline\n', 'tab\tline\n'],
  ])('escapes %j', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it('escapes what is put in, and markup only once', () => {
    expect(html`<i title="${'"'}">${name('<')}${[html`&amp;`, html`${'&'}`]}${undefined}${3}</i>`.markup).toBe('<i title="&quot;"><bdi>&lt;</bdi>&amp;&amp;3</i>');
    expect(joined([html`a`, html`b`], '<').markup).toBe('a&lt;b');
  });
});

it('numbers and cuts the same way on every machine', () => {
  expect([999, 1000, 1234567].map(numeral)).toEqual(['999', '1,000', '1,234,567']);
  expect([shortened('abcdef', 4), shortened('abcd', 4), shortened('😀😀😀', 2)]).toEqual(['abc…', 'abcd', '😀…']);
});

it('takes owners from the labels of the Ingress, then of its Namespace', () => {
  const labels = new Map([['team', 'web'], ['app', 'x'], ['example.com/Owner', 'me'], ['squad', '']]);
  expect(ownersOf(labels, new Map([['team', 'ops'], ['app.kubernetes.io/part-of', 'store']]))).toEqual(['team = web', 'app.kubernetes.io/part-of = store', 'example.com/Owner = me']);
});

const tally = (text: string): readonly number[] => ['<', '>', '"'].map((character) => text.split(character).length);
const linesWith = (text: string, part: string): number => text.split('\n').filter((line) => line.includes(part)).length;

describe('the page', () => {
  let report: Report;
  let page: string;
  beforeAll(async () => {
    ({ report } = await runText(teams));
    page = pageOf(report);
  });

  it('says the verdict, the decisions, every Ingress and the target', () => {
    expect(page).toContain('<h1 class="stop">Not ready to switch</h1>');
    expect(page).toContain('id="code-basic-auth-lost"');
    expect(linesWith(page, '<article data-i=')).toBe(4);
    expect(page).toContain('closed: forwards nothing');
    expect(page).toContain('Asked for by the annotations in this input');
    expect(page).toContain('role="img"');
  });

  it.each<[string, Partial<ReportContext>, string]>([
    ['', { failed: false, failOn: 'security' }, 'Nothing to migrate'],
    [ingressText({ name: 'a', namespace: 'b', host: 'a.example.com' }), { failed: false, failOn: 'security' }, 'Ready after a check'],
    [teams, { failed: false, failOn: 'never' }, 'Decisions are open'],
  ])('has a verdict for every outcome', async (manifest, context, title) => {
    expect(pageOf((await runText(manifest)).report, context)).toContain(`>${title}</h1>`);
  });

  it('never sounds as if accepted losses were none', async () => {
    const { report: accepted, failed } = await runText(teams, '--accept=basic-auth/lost', '--accept=rate-limit/lost');
    const text = pageOf(accepted, { failed });
    expect(text).toContain('No open finding takes a protection away; 2 findings were accepted by name.');
    expect(text).toContain('accepted: <bdi>basic-auth/lost</bdi>');
  });

  it('allows exactly its own style and script', () => {
    for (const [tag, directive] of [['style', 'style-src'], ['script', 'script-src']] as const) {
      const [, text = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page) ?? [];
      expect(page).toContain(`${directive} 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
    expect(page).not.toMatch(/https?:\/\/|\sstyle="|\son[a-z]+="|<link(?! rel="icon")/);
  });

  it('explains a code once, however many Ingresses it concerns', async () => {
    const many = await pageFor(crowd(30));
    expect(linesWith(many, 'The Gateway API has no field that limits requests.')).toBe(1);
  });

  it('holds no more markup with hostile names than with plain ones', async () => {
    const plain = (await runText(worded)).report;
    const hostile = renamed(plain, payload);
    expect(tally(pageOf(hostile))).toEqual(tally(pageOf(renamed(plain, 'x'.repeat(payload.length)))));
    expect(pageOf(hostile)).toContain('&lt;/script&gt;');
  });

  it('keeps snippets and credentials of URLs to itself', async () => {
    const secret = ingressText({ name: 'a', namespace: 'b', host: 'a.example.com', annotations: { 'configuration-snippet': 'proxy_set_header X "hush";', 'auth-url': 'https://me:hush@auth.example.com/check' } });
    const text = await pageFor(secret);
    expect(text).toContain('auth-url');
    expect(text.split('id="ingresses"')[1]).not.toContain('hush');
  });

  it('draws many hosts by namespace', async () => {
    const many = await pageFor(crowd(100));
    expect(many).toContain('by namespace, as they are too many to draw');
    expect(many.split('<svg')[1]?.split('</svg>')[0]?.length).toBeLessThan(30_000);
  });

  it('is the same for the same report, and small', () => {
    expect(pageOf(report)).toBe(page);
    expect(page.length).toBeLessThan(80_000);
  });
});
