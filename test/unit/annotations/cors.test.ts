import { describe, expect, it } from 'vitest';
import { defaultHeaders, defaultMethods } from '../../../src/annotations/cors-values.ts';
import { read } from '../../support/one-ingress.ts';
import { growth, inProportion } from '../../support/growth.ts';

const defaults = { kind: 'cors', origins: ['*'], methods: defaultMethods, headers: defaultHeaders, exposeHeaders: [], credentials: false, maxAgeSeconds: 1_728_000 };
const on = { 'enable-cors': 'true' };
const origin = (value: string) => read({ ...on, 'cors-allow-origin': value });

describe('cors', () => {
  it('has the defaults of the controller, without the credentials that browsers refuse beside *', () => {
    expect(read(on)).toEqual({ intents: [defaults], ledger: ['enable-cors: translated cors/credentials-with-wildcard'] });
  });

  it('carries every value over', () => {
    const { intents, ledger } = read({
      ...on,
      'cors-allow-origin': 'https://App.example.com, https://*.example.com:8443',
      'cors-allow-methods': 'GET, PUT',
      'cors-allow-headers': 'X-One,X-Two',
      'cors-expose-headers': 'X-Total',
      'cors-allow-credentials': 'true',
      'cors-max-age': '600',
    });
    const origins = ['https://app.example.com', 'https://*.example.com:8443'];
    expect(intents).toEqual([
      { kind: 'cors', origins, methods: ['GET', 'PUT'], headers: ['X-One', 'X-Two'], exposeHeaders: ['X-Total'], credentials: true, maxAgeSeconds: 600 },
    ]);
    expect(ledger.every((line) => line.endsWith(': translated'))).toBe(true);
  });

  it.each(['https://a.test;x', 'https://*', '"*"', '', ' ', 'https://a.test/', '$(ORIGIN)', 'HTTPS://a.test'])('allows every origin for the unusable %j', (value) => {
    const { intents, ledger } = origin(value);
    expect(intents).toEqual([defaults]);
    expect(ledger[0]).toBe('cors-allow-origin: inert cors/invalid-origin-allows-any');
  });

  it.each(['a.test', '*.a.test', 'https://a b'])('is off, as in nginx, for the origin %j', (value) => {
    const { intents, ledger } = origin(value);
    expect(intents).toEqual([]);
    expect(ledger).toEqual(['cors-allow-origin: inert cors/no-usable-origin', 'enable-cors: inert cors/no-usable-origin']);
  });

  it('leaves out what the controller skips', () => {
    const { intents, ledger } = origin('https://a.test,b.test, null');
    expect(intents).toMatchObject([{ origins: ['https://a.test'], credentials: true }]);
    expect(ledger[0]).toBe('cors-allow-origin: lost cors/null-origin cors/skipped-origin');
  });

  it.each([
    ['cors-allow-methods', 'GET;PUT', 'cors/ignored-value'],
    ['cors-allow-methods', 'GET,  PUT', 'cors/ignored-value'],
    ['cors-allow-headers', '*', 'cors/wildcard-headers'],
    ['cors-allow-headers', 'X-One;X-Two', 'cors/ignored-value'],
    ['cors-expose-headers', 'X One!', 'cors/ignored-value'],
    ['cors-allow-credentials', 'yes', 'cors/ignored-value'],
    ['cors-max-age', '10m', 'cors/ignored-value'],
  ])('takes the default for %s: %j', (name, value, code) => {
    const { intents, ledger } = read({ ...on, [name]: value });
    expect(intents).toEqual([defaults]);
    expect(ledger[0]).toContain(`${name}: inert ${code}`);
  });

  it('drops methods that no browser sends', () => {
    const { intents, ledger } = read({ ...on, 'cors-allow-methods': 'get,PUT' });
    expect(intents).toMatchObject([{ methods: ['PUT'] }]);
    expect(ledger[0]).toBe('cors-allow-methods: translated cors/unusable-method');
  });

  it.each([{}, { 'enable-cors': 'false' }, { 'enable-cors': 'yes' }])('does nothing without enable-cors (%j)', (enable) => {
    const { intents, ledger } = read({ ...enable, 'cors-allow-origin': '*' });
    expect(intents).toEqual([]);
    expect(ledger.every((line) => line.endsWith(': inert cors/not-enabled'))).toBe(true);
  });

  it('reads hostile lists in linear time', async () => {
    const hostile = (length: number): unknown => {
      const text = `${'A'.repeat(length)}!`;
      return read({ ...on, 'cors-allow-origin': text, 'cors-allow-methods': text, 'cors-expose-headers': text });
    };
    expect(await growth(hostile, 20_000)).toBeLessThan(inProportion);
  });
});
