import { describe, expect, it } from 'vitest';
import { raw, read } from '../../support/one-ingress.ts';

describe('body-size', () => {
  it.each([
    ['8m', 8 * 1024 ** 2],
    ['600K', 600 * 1024],
    ['5G', 5 * 1024 ** 3],
    ['10', 10],
    ['0', 0],
    [' 8m ', 8 * 1024 ** 2],
  ])('reads %j as nginx does', (value, maxBytes) => {
    expect(read({ 'proxy-body-size': value })).toEqual({ intents: [{ kind: 'body-size', maxBytes }], ledger: ['proxy-body-size: translated'] });
  });

  it.each(['abc', '1.5m', '', '8 mb', '-1'])('ignores %j', (value) => {
    expect(read({ 'proxy-body-size': value })).toEqual({ intents: [], ledger: ['proxy-body-size: inert body-size/ignored-value'] });
  });

  it.each(['10b', '10 m'])('knows that %j is accepted and never written', (value) => {
    expect(read({ 'proxy-body-size': value }).intents).toEqual([{ kind: 'body-size', maxBytes: 1024 ** 2 }]);
  });

  it('falls back to the ConfigMap, with and without an annotation', () => {
    const settings = { ...raw({ 'proxy-body-size': '50m' }), proxyBodySize: '50m' };
    const intents = [{ kind: 'body-size', maxBytes: 50 * 1024 ** 2 }];
    expect(read({}, { settings }).intents).toEqual(intents);
    expect(read({ 'proxy-body-size': 'big' }, { settings }).intents).toEqual(intents);
  });

  it('reads the buffer with its own units', () => {
    expect(read({ 'client-body-buffer-size': '64k' }).intents).toEqual([{ kind: 'body-buffer', bytes: 65_536 }]);
    expect(read({ 'client-body-buffer-size': '1g' }).ledger).toEqual(['client-body-buffer-size: inert body-size/ignored-buffer']);
  });
});
