import { describe, expect, it } from 'vitest';
import { raw, read } from '../../support/one-ingress.ts';

describe('timeouts', () => {
  it('holds only what was set', () => {
    const { intents, ledger } = read({ 'proxy-read-timeout': '300', 'proxy-connect-timeout': '10' });
    expect(intents).toEqual([{ kind: 'timeouts', readSeconds: 300, connectSeconds: 10 }]);
    expect(ledger).toEqual(['proxy-connect-timeout: translated', 'proxy-read-timeout: translated']);
  });

  it.each([
    ['60s', 'timeouts/unit'],
    ['5m', 'timeouts/unit'],
    ['abc', 'timeouts/ignored-value'],
    [' 60', 'timeouts/ignored-value'],
    ['', 'timeouts/ignored-value'],
    ['-1', 'timeouts/negative'],
  ])('leaves the default in force for %j', (value, code) => {
    expect(read({ 'proxy-read-timeout': value })).toEqual({ intents: [], ledger: [`proxy-read-timeout: inert ${code}`] });
  });

  it('never turns no time into no limit', () => {
    expect(read({ 'proxy-read-timeout': '0' })).toEqual({ intents: [], ledger: ['proxy-read-timeout: approximated timeouts/zero'] });
  });

  it('adds what the ConfigMap changed', () => {
    const settings = { ...raw({ 'proxy-read-timeout': '120' }), proxyReadTimeoutSeconds: 120 };
    expect(read({ 'proxy-send-timeout': '30' }, { settings }).intents).toEqual([{ kind: 'timeouts', readSeconds: 120, sendSeconds: 30 }]);
    expect(read({}, { settings }).intents).toEqual([{ kind: 'timeouts', readSeconds: 120 }]);
  });
});
