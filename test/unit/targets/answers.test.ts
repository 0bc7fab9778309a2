import { describe, expect, it } from 'vitest';
import { codes as backendCodes } from '../../../src/nginx/backend-codes.ts';
import { raise } from '../../../src/diagnostics/finding.ts';
import type { LoweredRule } from '../../../src/targets/lowered.ts';
import { envoyGateway } from '../../../src/targets/envoy-gateway/target.ts';
import { lower, type HostSpec } from './fake.ts';

const onEnvoy = (host: HostSpec): readonly LoweredRule[] => lower([host], { target: envoyGateway }).rules;

/** Of each rule: its first match, then what it answers, where it forwards, or that it is closed. */
function shown(rules: readonly LoweredRule[]): readonly string[] {
  return rules.map(({ matches: [match], listeners, backendRefs, extensions, filters, closedBy }) => {
    const redirect = filters.find(({ type }) => type === 'RequestRedirect');
    const answer = extensions.map(({ spec }) => JSON.stringify(spec['directResponse'])).join();
    const what = redirect !== undefined ? 'redirect' : closedBy.length > 0 ? 'closed' : backendRefs.length > 0 ? 'forward' : answer;
    return [listeners, match?.method, match?.path.value, what].filter((part) => part !== undefined).join(' ');
  });
}

const https = { kind: 'https-redirect', from: [], status: 308, preserveTrailingSlash: false } as const;
const forbidden = { kind: 'fixed-response', from: [], status: 403, body: '', contentType: '' } as const;
const denial = raise(backendCodes, 'backend/no-port', {}, { ingress: 'shop/web', service: 'web' });

describe('what nginx answers by itself, where the target can answer', () => {
  it('is answered with its status and text', () => {
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [forbidden] }] }))).toEqual(['http / {"statusCode":403}']);
    const text = { ...forbidden, status: 200, body: 'ok', contentType: 'text/plain' } as const;
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [text] }] }))).toEqual(['http / {"statusCode":200,"contentType":"text/plain","body":{"type":"Inline","inline":"ok"}}']);
  });

  it('comes before the redirect to HTTPS, as in nginx', () => {
    const rules = onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [https, forbidden] }, { path: '/b', intents: [https] }] });
    expect(shown(rules)).toEqual(['http / {"statusCode":403}', 'http /b redirect']);
  });

  it('leaves a denied location refused, over plain HTTP too', () => {
    const denied = { status: 503, finding: denial } as const;
    const redirect = { kind: 'redirect', from: [], status: 301, location: 'https://b.example.com/' } as const;
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/', denied, intents: [https, redirect] }] }))).toEqual(['http / {"statusCode":503}']);
  });

  it('is the 404 of a default backend, and never the guess that a Service is missing', () => {
    const none = { kind: 'none', status: 404, reason: 'default backend' } as const;
    const unknown = { kind: 'none', status: 503, reason: 'no port', finding: denial } as const;
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/a', backend: none }, { path: '/b', backend: unknown }] }))).toEqual(['http /a {"statusCode":404}', 'http /b closed']);
  });

  it('refuses methods', () => {
    const guard = { kind: 'method-guard', from: [], allowed: undefined, refused: ['TRACE'], status: 405 } as const;
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [guard] }] }))).toEqual(['http TRACE / {"statusCode":405}', 'http / forward']);
  });

  it('keeps the headers that go with it', () => {
    const headers = { kind: 'response-headers', from: [], set: [{ name: 'A', value: 'b' }] } as const;
    const [rule] = onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [headers, forbidden] }] });
    expect(rule?.filters.map(({ type }) => type)).toEqual(['ResponseHeaderModifier', 'ExtensionRef']);
  });

  it('is closed when something else closes the rule, or the answer cannot be said', () => {
    const snippet = { kind: 'snippet', from: [], context: 'location', directive: 'access_by_lua', line: 1, protective: true } as const;
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [forbidden, snippet] }] }))).toEqual(['http / closed']);
    const long = { ...forbidden, status: 200, body: 'x'.repeat(4097), contentType: 'text/plain' } as const;
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [long] }] }))).toEqual(['http / closed']);
  });

  it('is a Location where the core redirect has no field for it', () => {
    const redirect = { kind: 'redirect', from: [], status: 301, location: 'https://b.example.com/?a=100%' } as const;
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [redirect] }] }))).toEqual([
      'http / {"statusCode":301,"header":{"set":[{"name":"Location","value":"https://b.example.com/?a=100%%"}]}}',
    ]);
    expect(shown(onEnvoy({ host: 'a.example.com', paths: [{ path: '/', intents: [{ ...redirect, follows: 'path' }] }] }))).toEqual(['http / closed']);
  });
});
