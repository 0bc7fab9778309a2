import { describe, expect, it } from 'vitest';
import { satisfy } from '../../../src/annotations/satisfy.ts';
import { protections } from '../../support/protections.ts';

const list = { 'whitelist-source-range': '10.0.0.0/8' };
const basic = { 'auth-type': 'basic', 'auth-secret': 'staff' };
const external = { 'auth-url': 'https://auth.example.com/' };

describe('satisfy', () => {
  it.each([
    ['addresses and a password', { ...list, ...basic }],
    ['addresses and a service', { ...list, ...external }],
    ['a password and a service', { ...basic, ...external }],
  ])('loses the choice between %s, which is stricter', (_name, annotations) => {
    expect(protections(satisfy, { satisfy: 'any', ...annotations }).intents).toMatchObject([{ kind: 'satisfy-any' }]);
  });

  it.each([
    ['one check', { satisfy: 'any', ...list }, 'satisfy/too-few-checks'],
    ['a check that is void', { satisfy: 'any', ...list, 'auth-secret': 'staff' }, 'satisfy/too-few-checks'],
    ['all', { satisfy: 'all', ...list, ...basic }, 'satisfy/default'],
    ['another text', { satisfy: 'some', ...list, ...basic }, 'satisfy/value-ignored'],
    ['a line break', { satisfy: 'any\n', ...list, ...basic }, 'satisfy/value-ignored'],
  ])('changes nothing with %s', (_name, annotations, code) => {
    const { intents, codes } = protections(satisfy, annotations);
    expect(intents).toEqual([]);
    expect(codes).toContain(code);
  });

  it("counts the controller's checks", () => {
    const settings = { globalAuthUrl: 'https://auth.example.com/', allowListSourceRange: ['10.0.0.0/8'] };
    expect(protections(satisfy, { satisfy: 'any' }, { settings }).intents).toHaveLength(1);
  });
});
