import { describe, expect, it } from 'vitest';
import { rateLimit } from '../../../src/annotations/rate-limit.ts';
import { protections } from '../../support/protections.ts';

const rate = { kind: 'rate-limit', requestsPerSecond: 0, requestsPerMinute: 0, burstMultiplier: 5, rejectStatus: 503, exempt: [] };
const connections = { kind: 'connection-limit', connections: 3, rejectStatus: 503, exempt: [] };

describe('rate-limit', () => {
  it.each([
    ['per second', { 'limit-rps': '10' }, [{ ...rate, requestsPerSecond: 10 }]],
    ['per second and minute', { 'limit-rps': '10', 'limit-rpm': '60' }, [{ ...rate, requestsPerSecond: 10, requestsPerMinute: 60 }]],
    ['a burst', { 'limit-rpm': '60', 'limit-burst-multiplier': '2' }, [{ ...rate, requestsPerMinute: 60, burstMultiplier: 2 }]],
    ['exempt addresses', { 'limit-rps': '1', 'limit-whitelist': '10.0.0.1, 192.0.2.0/24' }, [{ ...rate, requestsPerSecond: 1, exempt: ['10.0.0.1/32', '192.0.2.0/24'] }]],
    ['connections', { 'limit-connections': '3' }, [connections]],
    ['both kinds', { 'limit-connections': '3', 'limit-rps': '5' }, [{ ...rate, requestsPerSecond: 5 }, connections]],
    ['bandwidth', { 'limit-rate': '100', 'limit-rate-after': '10', 'proxy-buffering': 'on' }, [{ kind: 'bandwidth-limit', kibPerSecond: 100, afterKib: 10 }]],
    ['one limit of two switched off', { 'limit-connections': '3', 'limit-rps': '0' }, [connections]],
  ])('reads %s', (_name, annotations, intents) => {
    expect(protections(rateLimit, annotations).intents).toEqual(intents);
  });

  it.each([
    ['text', { 'limit-rps': 'abc' }],
    ['a unit', { 'limit-connections': '10c' }],
    ['a space', { 'limit-rpm': ' 5' }],
    ['a bad exempt address', { 'limit-rps': '5', 'limit-allowlist': 'office' }],
  ])('never opens with %s', (_name, annotations) => {
    expect(protections(rateLimit, annotations).intents).toMatchObject([{ kind: 'refused' }]);
  });

  it.each([
    ['0', { 'limit-rps': '0' }, ['shop/limit-rps: inert rate-limit/off']],
    ['a negative number', { 'limit-connections': '-1' }, ['shop/limit-connections: inert rate-limit/off']],
    ['an empty text', { 'limit-rpm': '' }, ['shop/limit-rpm: inert rate-limit/off']],
    [
      'companions without a limit',
      { 'limit-burst-multiplier': '3', 'limit-allowlist': '10.0.0.0/8' },
      ['shop/limit-allowlist: inert rate-limit/companion-without-limit', 'shop/limit-burst-multiplier: inert rate-limit/companion-without-limit'],
    ],
    ['bandwidth without buffering', { 'limit-rate': '100' }, ['shop/limit-rate: inert rate-limit/companion-without-limit']],
    ['bandwidth after nothing', { 'limit-rate-after': '10' }, ['shop/limit-rate-after: inert rate-limit/companion-without-limit']],
  ])('limits nothing with %s', (_name, annotations, ledger) => {
    const read = protections(rateLimit, annotations);
    expect(read.intents).toEqual([]);
    expect(read.ledger).toEqual(ledger);
  });

  it.each([
    ['abc', 5, 'shop/limit-burst-multiplier: inert rate-limit/value-ignored'],
    ['0', 1, 'shop/limit-burst-multiplier: approximated rate-limit/burst-breaks-nginx'],
  ])('reads the burst multiplier %s as %i', (value, burstMultiplier, line) => {
    const { intents, ledger } = protections(rateLimit, { 'limit-rps': '2', 'limit-burst-multiplier': value });
    expect(intents).toEqual([{ ...rate, requestsPerSecond: 2, burstMultiplier }]);
    expect(ledger).toContain(line);
  });

  it('leaves out the second name of the exempt list', () => {
    const { intents, ledger } = protections(rateLimit, { 'limit-rps': '2', 'limit-allowlist': '10.0.0.0/8', 'limit-whitelist': '0.0.0.0/0' });
    expect(intents).toEqual([{ ...rate, requestsPerSecond: 2, exempt: ['10.0.0.0/8'] }]);
    expect(ledger).toContain('shop/limit-whitelist: inert rate-limit/other-name-wins');
  });

  it("refuses with the controller's status and takes its bandwidth", () => {
    const settings = { limitReqStatusCode: 429, raw: new Map([['limit-rate', '50'], ['proxy-buffering', 'on']]) };
    expect(protections(rateLimit, { 'limit-rps': '2' }, { settings }).intents).toEqual([
      { ...rate, requestsPerSecond: 2, rejectStatus: 429 },
      { kind: 'bandwidth-limit', kibPerSecond: 50, afterKib: 0 },
    ]);
  });

  it('warns when the address comes from elsewhere', () => {
    expect(protections(rateLimit, { 'limit-rps': '2' }, { settings: { useForwardedHeaders: true } }).codes).toEqual(['rate-limit/client-address-from-header']);
  });
});
