import { describe, expect, it } from 'vitest';
import { compareOutcomes } from '../../../src/verify/compare/aspects.ts';
import { compareLocations } from '../../../src/verify/compare/locations.ts';
import type { Guard, Limit, ProbeOutcome, Upstream, WeightedBackend } from '../../../src/verify/outcome.ts';
import { request } from './gateway-objects.ts';

type Forwarded = Extract<ProbeOutcome, { kind: 'forwarded' }>;
const compare = (before: ProbeOutcome, after: ProbeOutcome): readonly string[] => compareOutcomes(request('http://a.test/x'), before, after);
const none = new Map<string, string>();
const web: WeightedBackend = { namespace: 'shop', name: 'web', port: 80, share: 1 };
const to = (...backends: readonly Partial<WeightedBackend>[]): Forwarded => ({
  kind: 'forwarded', backends: backends.map((one) => ({ ...web, ...one })), target: '/x', host: 'a.test', requestHeaders: none, responseHeaders: none, guards: [], limits: [],
});
const guarded = (...guards: readonly (readonly [Guard['kind'], string])[]): Forwarded => ({ ...to({}), guards: guards.map(([kind, detail]) => ({ kind, detail })) });
const limited = (...limits: readonly Limit[]): Forwarded => ({ ...to({}), limits });
const answered = (status: number, headers: Readonly<Record<string, string>> = {}): ProbeOutcome => ({ kind: 'answered', status, responseHeaders: new Map(Object.entries(headers)) });
const redirected = (location: string): ProbeOutcome => ({ kind: 'redirected', status: 301, location });
const auth = (url: string): Forwarded => guarded(['external-auth', url]);
const any = 'any of address-list allow 10.0.0.0/8, basic-auth shop/users';

describe('backends that differ', () => {
  const h2: Upstream = { protocol: 'http/2', tls: 'none' };
  it.each<[string, Forwarded, Forwarded, readonly string[]]>([
    ['one twice, with half each', to({ share: 0.5 }, { share: 0.5 }), to({}), []],
    ['one twice, beside another', to({ share: 0.25 }, { share: 0.25 }, { name: 'api', share: 0.5 }), to({ share: 0.5 }, { name: 'api', share: 0.5 }), []],
    ['one more', to({}), to({}, { name: 'api', share: 0 }), ['backend']],
    ['one of two', to({ share: 0.5 }, { name: 'api', share: 0.5 }), to({ share: 0.5 }, { name: 'other', share: 0.5 }), ['backend']],
    ['another port', to({}), to({ port: 81 }), ['backend']],
    ['another namespace', to({}), to({ namespace: 'other' }), ['backend']],
    ['shares of some', to({ share: 0.2 }, { name: 'b', share: 0.3 }, { name: 'c', share: 0.5 }), to({ share: 0.3 }, { name: 'b', share: 0.2 }, { name: 'c', share: 0.5 }), ['weights']],
    ['shares that chance cannot tell apart', to({ share: 0.5 }, { name: 'b', share: 0.5 }), to({ share: 0.504 }, { name: 'b', share: 0.496 }), []],
    ['the protocol of the same port', to({ upstream: h2, share: 0.5 }, { port: 81, share: 0.5 }), to({ share: 0.5 }, { port: 81, upstream: h2, share: 0.5 }), ['upstream-protocol']],
    ['the protocol in the same namespace', to({ namespace: 'other', share: 0.5 }, { upstream: h2, share: 0.5 }), to({ namespace: 'other', share: 0.5 }, { upstream: h2, share: 0.5 }), []],
  ])('%s', (_, before, after, expected) => {
    expect(compare(before, after)).toEqual(expected);
  });
});

describe('conditions that differ', () => {
  it.each([
    ['http://auth.iam', 'http://auth.iam.svc/', true],
    ['http://auth.iam:80?a', 'http://auth.iam.svc.cluster.local./?a', true],
    ['http://auth.iam:8080/', 'http://auth.iam.svc:8080/', true],
    ['http://auth.iam:8080/', 'http://auth.iam/', false],
    ['http://auth.iam/a', 'http://auth.iam/b', false],
    ['http://auth.iam/', 'http://auth.other/', false],
    ['http://auth.iam/', 'https://auth.iam/', false],
    ['http://auth.iam.example/', 'http://auth.iam/', false],
    ['https://a.test/?http://auth.iam', 'https://a.test/?http://auth.iam:80/', false],
  ])('the service at %s and the one at %s are one: %s', (before, after, same) => {
    expect(compare(auth(before), auth(after))).toEqual(same ? [] : ['guard external-auth']);
  });

  it.each([
    ['allow 10.0.0.1/32,10.0.0.1', 'allow 10.0.0.1', true],
    ['allow ::1/128', 'allow ::1', true],
    ['allow ::/32', 'allow ::', false],
    ['allow 10.0.0.0/3', 'allow 10.0.0.0', false],
    ['allow 10.0.0.1', 'deny 10.0.0.1', false],
    ['allow 10.0.0.1,10.0.0.2', 'allow 10.0.0.1', false],
  ])('networks %s and %s are one: %s', (before, after, same) => {
    expect(compare(guarded(['address-list', before]), guarded(['address-list', after]))).toEqual(same ? [] : ['guard address-list']);
  });

  it.each<[string, Forwarded, Forwarded, readonly string[]]>([
    ['text of another kind is compared as it is', guarded(['unknown', 'b a']), guarded(['unknown', 'a b']), ['guard unknown']],
    ['in another order are the same', guarded(['rate-limit', '5r/s'], ['rate-limit', '1r/s']), guarded(['rate-limit', '1r/s'], ['rate-limit', '5r/s'], ['rate-limit', '1r/s']), []],
    ['two are not one that holds both texts', guarded(['rate-limit', '5'], ['rate-limit', '51']), guarded(['rate-limit', '551']), ['guard rate-limit']],
    ['all that were choices are asked for', guarded(['unknown', any], ['basic-auth', 'x']), guarded(['basic-auth', 'x'], ['address-list', 'allow 10.0.0.0/8']), ['guard-added address-list']],
    ['one of two choices is gone', guarded(['unknown', any], ['unknown', 'text of nobody']), guarded(['basic-auth', 'x']), ['guard-lost unknown', 'guard-added basic-auth']],
  ])('%s', (_, before, after, expected) => {
    expect(compare(before, after)).toEqual(expected);
  });
});

describe('limits that differ', () => {
  it.each<[string, Forwarded, Forwarded, readonly string[]]>([
    ['others than tries are compared as a whole', limited({ kind: 'body-size', value: '1 a', asked: false }), limited({ kind: 'body-size', value: '1 b', asked: true }), ['limit body-size']],
    ['each by its kind', limited({ kind: 'body-size', value: '1', asked: true }, { kind: 'read-timeout', value: '2s', asked: true }), limited({ kind: 'read-timeout', value: '2s', asked: true }, { kind: 'body-size', value: '1', asked: true }), []],
  ])('%s', (_, before, after, expected) => {
    expect(compare(before, after)).toEqual(expected);
  });
});

describe('answers that differ', () => {
  it.each<[string, ProbeOutcome, ProbeOutcome, readonly string[]]>([
    ['199 is no answer to a preflight', answered(199), answered(200), ['status']],
    ['300 is none either', answered(300), answered(204), ['status']],
    ['a preflight that is refused', answered(204), answered(403), ['refused']],
    ['a preflight that the backend answers', answered(204), to({}), ['preflight']],
    ['a preflight that the gateway answers', to({}), answered(204), ['preflight']],
    ['headers of a preflight', answered(204, { allow: 'A, B' }), answered(200, { allow: 'A,C' }), ['response-header allow']],
    ['headers of a refusal', answered(404, { allow: 'A' }), answered(404), []],
    ['a redirect of what was refused', answered(404), redirected('/'), ['status']],
    ['a redirect where nobody listens', redirected('/'), answered(0), ['no-listener']],
    ['an answer to what nobody heard', answered(0), answered(404), ['status']],
    ['what nobody heard before and after', answered(0), answered(0), []],
    ['399 is no refusal', answered(399), answered(0), ['no-listener']],
  ])('%s', (_, before, after, expected) => {
    expect(compare(before, after)).toEqual(expected);
  });
});

/** RFC 3986, sections 5.2 and 6.2: scheme and host in any case, an empty path is /, and what is relative is meant beside the path of the request. */
describe('addresses that clients are sent to', () => {
  const at = request('https://a.test/dir/x?a=/b');
  it.each<[string, string, readonly string[]]>([
    ['HTTPS://B.Test/Path?Q', 'https://b.test/Path?Q', []],
    ['https://b.test', 'https://b.test/', []],
    ['https://b.test?q/', 'https://b.test/?q/', []],
    ['https://b.test/Path', 'https://b.test/path', ['location path']],
    ['https://b.test:443/', 'https://b.test/', ['location port']],
    ['https://b.test/é', 'https://b.test/%C3%A9', []],
    ['https://b.test/a?q=/', 'https://b.test/a?q=', ['location slash']],
    ['https://b.test/a/?q', 'https://b.test/a?q', ['location slash']],
    ['https://b.test/a?q', 'https://b.test/a?r', ['location query']],
    ['/y', 'https://a.test/y', ['location relative']],
    ['y?q', 'https://a.test/dir/y?q', ['location relative']],
    ['y', '/dir/y', []],
    ['?q', '/dir/x?q', []],
    ['a$&b', '/dir/a$&b', []],
    ['/y', 'http://b.test/z', ['location scheme', 'location host', 'location relative', 'location path']],
    ['/to?http://b.test', '/to?http://B.test', ['location query']],
  ])('%s and %s differ in %j', (before, after, expected) => {
    expect(compareLocations(at, before, after)).toEqual(expected);
  });
});
