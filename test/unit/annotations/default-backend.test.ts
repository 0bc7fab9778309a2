import { describe, expect, it } from 'vitest';
import type { Location } from '../../../src/nginx/configuration.ts';
import { collect, type Collected } from '../../support/collected.ts';
import { configuration, ingress, inventory, location, server } from '../../support/nginx-model.ts';

function read(annotations: Readonly<Record<string, string>>, more: Partial<Location> = {}, ports: readonly number[] = [8080, 9090]): Collected & { readonly intents: unknown } {
  const shop = ingress('shop', annotations);
  const result = collect(configuration([server('shop.example.com', [location(shop, '/', more)])]), inventory({ sorry: ports }));
  return { ...result, intents: result.locations['shop.example.com /'] };
}

const fallback = (name: string, port: number | undefined): unknown => ({ kind: 'fallback-backend', service: { namespace: 'web', name, port } });

describe('default-backend', () => {
  it('names the first port of a Service in the input, and none of another', () => {
    expect(read({ 'default-backend': 'sorry' }).intents).toEqual([fallback('sorry', 8080)]);
    expect(read({ 'default-backend': 'elsewhere' }).intents).toEqual([fallback('elsewhere', undefined)]);
  });

  it('answers for a Service that cannot be used', () => {
    const broken = { backend: { kind: 'none', status: 503, reason: 'no such Service' } } as const;
    expect(read({ 'default-backend': 'sorry' }, broken).intents).toEqual([fallback('sorry', 8080)]);
  });

  it.each<[string, Partial<Location>, readonly number[], string]>([
    ['', {}, [80], 'default-backend/empty'],
    ['sorry', {}, [], 'default-backend/no-ports'],
    ['shop', {}, [80], 'default-backend/own-service'],
    ['sorry', { backend: { kind: 'none', status: 404, reason: '' } }, [80], 'default-backend/no-service'],
  ])('"%s" has no effect', (value, more, ports, code) => {
    const { intents, ledger } = read({ 'default-backend': value }, more, ports);
    expect(intents).toEqual([]);
    expect(ledger).toEqual([`shop/default-backend: inert ${code}`]);
  });

  it('also answers errors where custom-http-errors is set', () => {
    const { intents } = read({ 'default-backend': 'sorry', 'custom-http-errors': '404' }, { backend: { kind: 'none', status: 404, reason: '' } });
    expect(intents).toContainEqual(fallback('sorry', 8080));
  });
});
