import { describe, expect, it } from 'vitest';
import { listAll, type Server } from '../../../../src/input/cluster/list.ts';
import { resources } from '../../../../src/input/cluster/resources.ts';
import { heap, watching } from '../../../support/held.ts';

const perPage = 500;
/** What an Ingress of a list carries and nobody needs: the status of the controller, and who wrote which field. */
const ballast = (index: number): string => `${String(index)} ${'ballast '.repeat(500)}`;

function page(number: number, pages: number): string {
  const items = Array.from({ length: perPage }, (_, offset) => {
    const name = `app-${String(number * perPage + offset)}`;
    return {
      metadata: { name, namespace: 'shop', managedFields: [{ manager: ballast(offset) }] },
      spec: { rules: [{ host: `${name}.example.com` }] },
      status: { loadBalancer: { ingress: [{ hostname: ballast(offset) }] } },
    };
  });
  return JSON.stringify({ metadata: { ...(number + 1 < pages ? { continue: String(number + 1) } : {}) }, items });
}

/** Answers page by page, parsed anew as an answer over HTTP is. */
const paging = (pages: number): Server => ({
  send: async ({ path }) => {
    const number = Number(new URL(path, 'http://server').searchParams.get('continue') ?? 0);
    const value: unknown = JSON.parse(page(number, pages));
    return await Promise.resolve({ ok: true, value, warnings: [] });
  },
});

/** Bytes that a list of so many pages leaves behind, and how many pages were ever held at once. */
async function cost(pages: number): Promise<{ readonly kept: number; readonly objects: number; readonly held: number }> {
  const before = heap();
  let held = 0;
  const { objects } = await listAll(watching(paging(pages), (count) => void (held = Math.max(held, count))), resources.ingresses);
  const kept = heap() - before;
  return { kept, objects: objects.length, held };
}

describe('a list in pages', () => {
  it('holds what is needed of them, and one page at a time however many there are', async () => {
    await cost(1);
    const few = await cost(4);
    const many = await cost(16);
    expect([few.objects, many.objects]).toEqual([4 * perPage, 16 * perPage]);
    // The last page may still be at hand while the next one is asked for.
    expect(Math.max(few.held, many.held)).toBeLessThanOrEqual(1);
    // An Ingress carries 8,000 bytes that nobody needs.
    expect((many.kept - few.kept) / (12 * perPage)).toBeLessThan(2000);
  });
});
