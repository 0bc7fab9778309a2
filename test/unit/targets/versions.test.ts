import { describe, expect, it } from 'vitest';
import type { Feature, Profile } from '../../../src/targets/profile.ts';
import { standard } from '../../../src/targets/standard/target.ts';
import { parseGatewayApiVersion } from '../../../src/targets/versions.ts';

function profile(gatewayApiVersion: string, channel = 'standard'): Profile {
  const made = standard.profile({ gatewayApiVersion, channel });
  if ('error' in made) throw new Error(made.error);
  return made;
}

describe('parseGatewayApiVersion', () => {
  it.each([
    ['1.6', [1, 6, 0]],
    ['v1.6.1', [1, 6, 1]],
    ['v1.2', [1, 2, 0]],
    ['1.7.0', [1, 7, 0]],
  ])('reads %s', (text, version) => {
    expect(parseGatewayApiVersion(text)).toEqual(version);
  });

  it.each(['1.1', '1.8', '2.0', '1', '', '1.6.x', 'latest'])('refuses %s with a sentence', (text) => {
    expect(parseGatewayApiVersion(text)).toHaveProperty('error');
  });
});

describe('profile', () => {
  /** First version by channel, read off the CRDs. */
  const table: readonly (readonly [feature: Feature, standard: string | undefined, experimental: string])[] = [
    ['timeouts', '1.2', '1.2'],
    ['rule-name', '1.4', '1.2'],
    ['backend-tls-policy', '1.4', '1.4'],
    ['cors', '1.5', '1.3'],
    ['redirect-303-307-308', '1.5', '1.5'],
    ['listener-set', '1.5', '1.5'],
    ['frontend-client-certificate', '1.5', '1.4'],
    ['tcp-route', '1.6', '1.2'],
    ['retry', '1.7', '1.2'],
    ['session-persistence', undefined, '1.2'],
    ['external-auth', undefined, '1.4'],
  ];

  it.each(table)('knows from when on there is %s', (feature, standardFrom, experimentalFrom) => {
    for (const minor of [2, 3, 4, 5, 6, 7]) {
      const version = `1.${minor}`;
      expect([version, profile(version).supports(feature)]).toEqual([version, standardFrom !== undefined && version >= standardFrom]);
      expect([version, profile(version, 'experimental').supports(feature)]).toEqual([version, version >= experimentalFrom]);
    }
  });

  it('says what is missing', () => {
    expect(profile('1.4').missing('cors')).toBe('needs Gateway API 1.5 or newer, or the experimental channel from 1.3 on');
    expect(profile('1.7').missing('external-auth')).toBe('needs the experimental channel of Gateway API 1.4 or newer');
  });

  it('refuses what it does not know', () => {
    expect(standard.profile({ channel: 'beta' })).toHaveProperty('error');
    expect(standard.profile({ version: '1.9' })).toHaveProperty('error');
  });
});
