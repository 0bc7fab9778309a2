import { describe, expect, it } from 'vitest';
import { run, runText } from '../support/migration.ts';

const ingress = (name: string, created: string | undefined, annotation = ''): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
  annotations: { ${annotation} }
${created === undefined ? '' : `  creationTimestamp: "${created}"\n`}spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] }
`;

const pair = [ingress('a', undefined), ingress('b', undefined)].join('---\n');

async function winner(text: string, ...args: readonly string[]): Promise<{ readonly name: string | undefined; readonly codes: readonly string[] }> {
  const { migration } = await runText(text, ...args);
  const location = migration.configuration.servers.find(({ host }) => host === 'shop.example.com')?.locations[0];
  return { name: location?.ingress?.ref.name, codes: migration.findings.map(({ code }) => code).filter((code) => code.startsWith('order/')) };
}

describe('--assume-order', () => {
  it.each([
    ['nothing said', [], { name: 'b', codes: ['order/undecided'] }],
    ['all of one second', ['--assume-order', 'name'], { name: 'b', codes: ['order/assumed'] }],
    ['one is older', ['--assume-order', 'shop/a,shop/b'], { name: 'a', codes: ['order/assumed'] }],
    ['the other is older', ['--assume-order', 'shop/b', '--assume-order', 'shop/a'], { name: 'b', codes: ['order/assumed'] }],
    ['one of them is left out: it is younger, and that is no statement', ['--assume-order', 'shop/a'], { name: 'a', codes: ['order/undecided'] }],
  ] as const)('%s', async (_name, args, expected) => {
    expect(await winner(pair, ...args)).toEqual(expected);
  });

  it('never contradicts a creation time', async () => {
    const stated = [ingress('a', '2021-01-01T00:00:00Z'), ingress('b', '2020-01-01T00:00:00Z')].join('---\n');
    expect(await winner(stated, '--assume-order', 'shop/a,shop/b')).toEqual({ name: 'b', codes: [] });
    const half = [ingress('a', undefined), ingress('b', '2020-01-01T00:00:00Z')].join('---\n');
    expect(await winner(half, '--assume-order', 'shop/a,shop/b')).toEqual({ name: 'b', codes: ['order/assumed'] });
  });

  it('says nothing where the order decides nothing', async () => {
    const apart = pair.replace('shop.example.com', 'other.example.com');
    expect((await winner(apart, '--assume-order', 'name')).codes).toEqual([]);
  });

  it.each(['shop/missing', 'a', 'shop/a,', '', 'NAME'])('refuses %j', async (order) => {
    await expect(run(['-', '--assume-order', order], pair)).rejects.toThrow(/assume-order/u);
  });
});
