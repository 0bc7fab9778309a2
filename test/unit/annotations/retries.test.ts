import { describe, expect, it } from 'vitest';
import { raw, read } from '../../support/one-ingress.ts';

const defaults = { kind: 'retries', conditions: ['error', 'timeout'], tries: 3, timeoutSeconds: 0 };

describe('retries', () => {
  it('fills what is not set from the settings', () => {
    expect(read({ 'proxy-next-upstream-tries': '2' }).intents).toEqual([{ ...defaults, tries: 2 }]);
    expect(read({ 'proxy-next-upstream-timeout': '10' }).intents).toEqual([{ ...defaults, timeoutSeconds: 10 }]);
  });

  it.each([
    ['error http_502', ['error', 'http_502']],
    ['non_idempotent error', ['error', 'non_idempotent']],
    ['error off', ['off']],
    ['error error', ['error']],
  ])('reads the conditions %j', (value, conditions) => {
    expect(read({ 'proxy-next-upstream': value }).intents).toEqual([{ ...defaults, conditions }]);
  });

  it.each([
    ['proxy-next-upstream', 'error http_418', 'ignored-value'],
    ['proxy-next-upstream', '', 'ignored-value'],
    ['proxy-next-upstream-tries', '3x', 'ignored-value'],
    ['proxy-next-upstream-timeout', '-1', 'negative'],
  ])('leaves the default in force for %s: %j', (name, value, code) => {
    expect(read({ [name]: value })).toEqual({ intents: [], ledger: [`${name}: inert retries/${code}`] });
  });

  it('keeps 0 tries, which are unlimited', () => {
    expect(read({ 'proxy-next-upstream-tries': '0' }).intents).toEqual([{ ...defaults, tries: 0 }]);
  });

  it('is said of every location when the ConfigMap changes it', () => {
    expect(read({}, { settings: raw({ 'retry-non-idempotent': 'true' }) }).intents).toEqual([{ ...defaults, conditions: ['error', 'timeout', 'non_idempotent'] }]);
    expect(read({}).intents).toEqual([]);
  });
});
