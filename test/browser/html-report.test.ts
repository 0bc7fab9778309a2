import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payload, renamed, worded } from '../support/hostile.ts';
import { crowd, pageFor, pageOf, teams } from '../support/html-report.ts';
import { runText } from '../support/migration.ts';
import { executable, startBrowser, type Session } from './browser.ts';
import { contrastFailures, openAll, overflow, shownIngresses, structureFaults } from './measure.ts';

const schemes = ['light', 'dark'] as const;

describe.skipIf(executable === undefined)('the HTML report in a browser', () => {
  let session: Session;
  let text: string;
  beforeAll(async () => {
    session = await startBrowser();
    text = await pageFor(teams);
  });
  afterAll(async () => await session.close());

  it('loads nothing and gives the console nothing to say', async () => {
    const { page, complaints, requests } = await session.open(text);
    await page.evaluate(openAll);
    await page.getByLabel('Host contains').fill('shop');
    await page.getByLabel('Host contains').press('Enter');
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([]);
  });

  it.each(schemes)('keeps the contrast of WCAG AA in the %s scheme', async (colorScheme) => {
    const { page } = await session.open(text, { colorScheme });
    await page.evaluate(openAll);
    const { measured, failures } = await page.evaluate<{ measured: number; failures: string[] }>(contrastFailures);
    expect(failures).toEqual([]);
    expect(measured).toBeGreaterThan(150);
  });

  it('really has two schemes', async () => {
    const grounds = await Promise.all(
      schemes.map(async (colorScheme) => {
        const { page } = await session.open(text, { colorScheme });
        return await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      }),
    );
    expect(new Set(grounds).size).toBe(2);
  });

  it.each([320, 360, 768, 1200])('needs no horizontal scrolling at %i px', async (width) => {
    const { page } = await session.open(text, { viewport: { width, height: 800 } });
    await page.evaluate(openAll);
    expect(await page.evaluate(overflow)).toEqual([0, []]);
  });

  it('has landmarks, ordered headings, names for every control and links that lead somewhere', async () => {
    const { page } = await session.open(text);
    expect(await page.evaluate(structureFaults)).toEqual([]);
  });

  it.each(schemes)('has nothing that axe-core finds wrong in the %s scheme', async (colorScheme) => {
    const { page } = await session.open(text, { colorScheme });
    await page.evaluate(openAll);
    await page.evaluate(axe.source);
    const found = await page.evaluate<readonly { readonly id: string; readonly nodes: readonly string[] }[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)) })))',
    );
    expect(found).toEqual([]);
    expect(await page.evaluate<number>('axe.run().then(({ passes }) => passes.length)')).toBeGreaterThan(20);
  });

  it('filters by namespace, host, risk and owner label, and says how many are left', async () => {
    const { page } = await session.open(text);
    const shown = async (): Promise<readonly string[]> => await page.evaluate<string[]>(shownIngresses);
    const status = page.getByRole('status');
    expect(await shown()).toEqual(['docs/docs', 'monitoring/grafana', 'shop/cart', 'shop/storefront']);
    await page.getByLabel('Namespace').selectOption({ label: 'shop (2)' });
    expect(await shown()).toEqual(['shop/cart', 'shop/storefront']);
    expect(await status.textContent()).toBe('2 of 4 Ingresses shown');
    await page.getByLabel('Owner label').selectOption({ label: 'team = web (2)' });
    expect(await shown()).toEqual(['shop/storefront']);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await status.textContent()).toBe('4 Ingresses');
    await page.getByLabel('At risk').selectOption('security');
    expect(await shown()).toEqual(['monitoring/grafana', 'shop/cart']);
    await page.getByLabel('Host contains').fill('CART.');
    expect(await shown()).toEqual(['shop/cart']);
    await page.getByLabel('Host contains').fill('nowhere');
    expect(await shown()).toEqual([]);
    expect(await page.getByText('No Ingress passes the filters.').isVisible()).toBe(true);
  });

  it('narrows the decisions with the same filters', async () => {
    const { page } = await session.open(text);
    const codes = async (): Promise<readonly string[]> => await page.locator('section:has(#first) .decision h3:visible').allTextContents();
    expect(await codes()).toEqual(['basic-auth/lost', 'rate-limit/lost']);
    await page.getByLabel('Namespace').selectOption({ label: 'shop (2)' });
    expect(await codes()).toEqual(['rate-limit/lost']);
    await page.getByLabel('Namespace').selectOption({ label: 'docs (1)' });
    expect(await codes()).toEqual([]);
    expect(await page.locator('#first').isVisible()).toBe(false);
  });

  it('can be used by keyboard alone', async () => {
    const { page } = await session.open(text);
    const focused = async (): Promise<string> => await page.evaluate<string>('document.activeElement.textContent');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the findings');
    expect(await page.evaluate<number>('document.activeElement.getBoundingClientRect().left')).toBeGreaterThanOrEqual(0);
    await page.locator('article[data-i="0"] summary').focus();
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.locator('#i0').isVisible()).toBe(true);
  });

  it('opens an Ingress that a decision links to', async () => {
    const { page } = await session.open(text);
    await page.locator('.decision .places a').first().click();
    expect(await page.locator('article[data-i] .body:visible').count()).toBe(1);
  });

  it('can be read without the script', async () => {
    const { page } = await session.open(text, { javaScriptEnabled: false });
    expect(await page.getByRole('search').isVisible()).toBe(false);
    await page.locator('article[data-i="1"] summary').click();
    expect(await page.locator('#i1 .ba').isVisible()).toBe(true);
    expect(await page.locator('#i1').textContent()).toContain('closed: forwards nothing');
  });

  it.each([true, false])('prints what is folded, without what cannot be used on paper (script: %s)', async (javaScriptEnabled) => {
    const { page } = await session.open(text, { javaScriptEnabled });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator(':is(nav, #filters, .fold-all):visible').count()).toBe(0);
    expect((await page.locator('#i1').boundingBox())?.height).toBeGreaterThan(100);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });

  it('shows hostile names as text', async () => {
    const { report } = await runText(worded);
    const { page, complaints } = await session.open(pageOf(renamed(report, payload)));
    await page.evaluate(openAll);
    expect(await page.evaluate("[typeof hacked, document.images.length, document.querySelectorAll('[onerror],[onload]').length]")).toEqual(['undefined', 0, 0]);
    expect(await page.getByText('onerror="hacked=1"').count()).toBeGreaterThan(5);
    expect(await page.evaluate(structureFaults)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('stays within 360 px with hostile names', async () => {
    const { report } = await runText(worded);
    const { page } = await session.open(pageOf(renamed(report, payload.repeat(3))), { viewport: { width: 360, height: 800 } });
    await page.evaluate(openAll);
    expect(await page.evaluate(overflow)).toEqual([0, []]);
  });

  it('runs no script but its own, even if markup slipped in', async () => {
    const { page, complaints } = await session.open(text.replace('</main>', '<img src=x onerror="hacked=1"><script>hacked=1</script></main>'));
    expect(await page.evaluate('typeof hacked')).toBe('undefined');
    expect(complaints.length).toBeGreaterThan(1);
  });

  it('filters a thousand Ingresses', async () => {
    const big = await pageFor(crowd(1000));
    expect(big.length).toBeLessThan(4_000_000);
    const { page, complaints } = await session.open(big);
    await page.evaluate(`(() => {
      const field = document.getElementById('f-ns');
      field.value = '3';
      field.dispatchEvent(new Event('change'));
    })()`);
    expect(await page.getByRole('status').textContent()).toBe('25 of 1,000 Ingresses shown');
    expect(complaints).toEqual([]);
  });
});
