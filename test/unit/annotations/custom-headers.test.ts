import { describe, expect, it } from 'vitest';
import type { ConfigMap, Inventory } from '../../../src/model/inventory.ts';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { inventory } from '../../support/nginx-model.ts';
import { read } from '../../support/one-ingress.ts';

const origin = { source: { file: 'test.yaml', index: 0, locate: () => ({ file: 'test.yaml', line: 1, column: 1 }) }, path: [] };
const ref = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'web', name });

function withMap(data: Readonly<Record<string, string>>): Inventory {
  const map: ConfigMap = { ref: ref('headers'), data: new Map(Object.entries(data)), origin };
  return { ...inventory(), configMaps: { get: (key) => (key === 'web/headers' ? map : undefined), keys: () => [], isAbsent: () => false } };
}
const allowing = (...globalAllowedResponseHeaders: readonly string[]): Partial<ControllerSettings> => ({
  configMap: { ref: ref('controller'), origin },
  globalAllowedResponseHeaders,
});
const annotation = { 'custom-headers': 'web/headers' };

describe('custom-headers', () => {
  it('sets the entries of the ConfigMap, sorted', () => {
    const { intents, ledger } = read(annotation, { inventory: withMap({ 'X-Two': '2', 'X-One': '$1' }), settings: allowing('X-One', 'X-Two') });
    const set = [
      { name: 'X-One', value: '$1' },
      { name: 'X-Two', value: '2' },
    ];
    expect(intents).toEqual([{ kind: 'response-headers', set }]);
    expect(ledger).toEqual(['custom-headers: translated']);
  });

  it('says what it assumes when the list of allowed headers is unknown', () => {
    const { intents, ledger } = read(annotation, { inventory: withMap({ 'X-One': '1' }) });
    expect(intents).toHaveLength(1);
    expect(ledger).toEqual(['custom-headers: approximated custom-headers/allowed-list-unknown']);
  });

  it.each([
    ['a header that is not allowed', { 'X-Two': '2' }],
    ['a header name with a dot', { 'X.One': '1' }],
    ['an empty value', { 'X-One': '' }],
    ['another case than the list', { 'x-one': '1' }],
  ])('writes nothing for %s', (_name, data) => {
    expect(read(annotation, { inventory: withMap(data), settings: allowing('X-One') })).toEqual({ intents: [], ledger: ['custom-headers: inert custom-headers/refused'] });
  });

  it('asks for a ConfigMap that was not given', () => {
    expect(read(annotation).ledger).toEqual(['custom-headers: lost custom-headers/map-not-given']);
  });

  it('ignores what is no name', () => {
    expect(read({ 'custom-headers': 'web/headers;x' }).ledger).toEqual(['custom-headers: inert custom-headers/ignored-value']);
  });
});
