import { describe, expect, it } from 'vitest';
import { read } from '../../support/one-ingress.ts';

const on = { affinity: 'cookie' };
const defaults = {
  kind: 'affinity',
  cookieName: 'INGRESSCOOKIE',
  mode: 'balanced',
  path: '/',
  domain: undefined,
  maxAgeSeconds: undefined,
  expiresSeconds: undefined,
  sameSite: undefined,
  secure: false,
  changeOnFailure: false,
};
const regex = { match: { kind: 'regex', pattern: '/re(/|$)(.*)' } } as const;

describe('affinity', () => {
  it('has the defaults of the controller and the path of the Ingress', () => {
    expect(read(on, { path: '/shop' })).toEqual({ intents: [{ ...defaults, path: '/shop' }], ledger: ['affinity: translated'] });
  });

  it('carries every value over', () => {
    const { intents, ledger } = read({
      ...on,
      'affinity-mode': 'persistent',
      'session-cookie-name': 'route',
      'session-cookie-path': '/app',
      'session-cookie-domain': 'example.com',
      'session-cookie-max-age': '3600',
      'session-cookie-expires': '7200',
      'session-cookie-samesite': 'Lax',
      'session-cookie-secure': 'true',
      'session-cookie-change-on-failure': 'true',
    });
    const cookie = { cookieName: 'route', mode: 'persistent', path: '/app', domain: 'example.com', maxAgeSeconds: 3600, expiresSeconds: 7200 };
    expect(intents).toEqual([{ ...defaults, ...cookie, sameSite: 'Lax', secure: true, changeOnFailure: true }]);
    expect(ledger.every((line) => line.endsWith(': translated'))).toBe(true);
  });

  it.each([
    ['session-cookie-samesite', 'lax', 'ignored-value'],
    ['session-cookie-samesite', 'bogus', 'ignored-value'],
    ['session-cookie-max-age', 'x', 'ignored-value'],
    ['session-cookie-name', 'a b;c', 'ignored-value'],
    ['affinity-mode', 'Persistent', 'ignored-value'],
    ['session-cookie-secure', 'yes', 'ignored-value'],
    ['session-cookie-secure', 'false', 'default-value'],
    ['session-cookie-conditional-samesite-none', 'true', 'default-value'],
    ['affinity-canary-behavior', 'legacy', 'canary-behavior-on-main'],
  ])('gives %s: %j no part', (name, value, code) => {
    const { intents, ledger } = read({ ...on, [name]: value });
    expect(intents).toEqual([defaults]);
    expect(ledger).toContain(`${name}: inert affinity/${code}`);
  });

  it('keeps a Max-Age of 0 and a negative one', () => {
    expect(read({ ...on, 'session-cookie-max-age': '0' }).intents).toMatchObject([{ maxAgeSeconds: 0 }]);
    expect(read({ ...on, 'session-cookie-max-age': '-1' }).intents).toMatchObject([{ maxAgeSeconds: -1 }]);
  });

  it('says that SameSite=None reaches every browser', () => {
    const { ledger } = read({ ...on, 'session-cookie-samesite': 'None', 'session-cookie-conditional-samesite-none': 'true' });
    expect(ledger).toContain('session-cookie-conditional-samesite-none: lost affinity/conditional-samesite');
  });

  it('is not there on a regex path whose cookie never comes back', () => {
    const { intents, ledger } = read(on, { path: '/re(/|$)(.*)', location: regex });
    expect(intents).toEqual([]);
    expect(ledger).toEqual(['affinity: inert affinity/regex-cookie-path']);
    expect(read({ ...on, 'session-cookie-path': '/re' }, { path: '/re(/|$)(.*)', location: regex }).intents).toMatchObject([{ path: '/re' }]);
    expect(read(on, { path: '/re', location: { match: { kind: 'regex', pattern: '/re' } } }).intents).toMatchObject([{ path: '/re' }]);
  });

  it('is not set on the / that nginx adds', () => {
    expect(read(on, { location: { automatic: true } })).toEqual({ intents: [], ledger: ['affinity: inert'] });
  });

  it('takes no other type than cookie', () => {
    const { intents, ledger } = read({ affinity: 'ip', 'session-cookie-name': 'route' });
    expect(intents).toEqual([]);
    expect(ledger).toEqual(['affinity: inert affinity/ignored-value', 'session-cookie-name: inert affinity/not-enabled']);
  });
});
