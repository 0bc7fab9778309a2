import { describe, expect, it } from 'vitest';
import { compareAnswers } from '../../../src/probe/compare.ts';
import type { Answer } from '../../../src/probe/answer.ts';
import { knownCauses } from '../../../src/probe/known.ts';
import type { ProbeRequest } from '../../../src/verify/outcome.ts';

const request: ProbeRequest = { method: 'GET', scheme: 'https', host: 'a.test', target: '/', headers: new Map(), address: '' };
const known = (differs: readonly string[], aspects: readonly string[] | undefined): readonly string[] =>
  knownCauses(request, differs, {
    predicted: () => (aspects === undefined ? undefined : { aspects, explainedBy: [] }),
    explain: (_request, wanted) => wanted.map((aspect) => `because/${aspect.replaceAll(' ', '-')}`),
  });

describe('a known cause', () => {
  it.each([
    ['nothing was predicted', ['status'], undefined, []],
    ['another status follows from another backend', ['status'], ['backend'], ['because/backend']],
    ['a header of its own name', ['header x-frame-options'], ['response-header x-frame-options', 'path'], ['because/response-header-x-frame-options']],
    ['not a header of another name', ['header x-frame-options'], ['response-header server'], []],
    ['a location', ['location'], ['location host', 'backend'], ['because/location-host']],
    ['every part of a difference needs one', ['header x-a', 'location'], ['location host'], []],
    ['certificates are in no model', ['certificate'], undefined, ['because/certificate']],
    ['no listener', ['failure unreachable'], ['no-listener'], ['because/no-listener']],
    ['a reset follows from nothing', ['failure reset'], ['backend', 'refused'], []],
    ['a body from another path', ['body'], ['path'], ['because/path']],
    ['no body from a header', ['body'], ['response-header x-a'], []],
  ] as const)('%s', (_name, differs, aspects, codes) => {
    expect(known(differs, aspects)).toEqual(codes);
  });
});

describe('two answers', () => {
  const answer = (status: number, headers: Readonly<Record<string, string>> = {}, more: Partial<Extract<Answer, { kind: 'answered' }>> = {}): Answer => ({ kind: 'answered', status, headers: new Map(Object.entries(headers)), certificate: undefined, bodyHash: undefined, ...more });
  const failed: Answer = { kind: 'failed', failure: 'reset', detail: 'ECONNRESET' };
  it.each<[string, Answer, Answer, readonly string[] | undefined]>([
    ['alike', answer(200), answer(200), []],
    ['of other status, which says the rest', answer(200, { 'x-a': '1' }), answer(404), ['status']],
    ['to one place, written in two ways', answer(301, { location: 'https://A.test' }), answer(301, { location: 'https://a.test:443/' }), []],
    ['to two ports', answer(301, { location: 'https://a.test/' }), answer(301, { location: 'https://a.test:8443/' }), ['location']],
    ['to two schemes', answer(301, { location: 'https://a.test/' }), answer(301, { location: 'http://a.test/' }), ['location']],
    ['with lists written in two ways', answer(200, { 'x-a': 'a, b' }), answer(200, { 'x-a': 'a,b' }), []],
    ['with error pages of their own', answer(404, { 'content-type': 'text/html' }, { bodyHash: '1' }), answer(404, { 'content-type': 'text/plain' }, { bodyHash: '2' }), []],
    ['of certificates', answer(200, {}, { certificate: { names: ['a'], trust: 'trusted' } }), answer(200, {}, { certificate: { names: ['b'], trust: 'CERT_HAS_EXPIRED' } }), ['certificate', 'certificate-trust']],
    ['of which one failed', answer(200), failed, ['failure reset']],
    ['that both failed', failed, failed, undefined],
  ])('%s', (_name, before, after, differs) => {
    expect(compareAnswers(before, after)).toEqual(differs);
  });
});
