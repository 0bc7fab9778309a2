import { describe, expect, it } from 'vitest';
import { implicitBehaviour } from '../../../src/nginx/defaults.ts';
import { defaultSettings, readSettings } from '../../../src/nginx/settings-read.ts';
import { configMap } from './given.ts';

const under = (data: Readonly<Record<string, string>>) => {
  const { value } = readSettings(configMap('ingress-nginx-controller', data), {});
  return new Map(implicitBehaviour(value).map(({ name, ...rest }) => [name, rest]));
};

describe('what the controller does unasked', () => {
  it('is all of it without a ConfigMap, and nobody set any of it', () => {
    const all = implicitBehaviour(defaultSettings);
    expect(all).toHaveLength(13);
    expect(all.filter(({ setting }) => setting !== undefined)).toEqual([]);
  });

  it.each([
    ['hsts', { hsts: 'false' }],
    ['body-size-1m', { 'proxy-body-size': '0' }],
    ['three-tries', { 'proxy-next-upstream': 'off' }],
    ['three-tries', { 'proxy-next-upstream-tries': '1' }],
    ['underscore-headers-dropped', { 'enable-underscores-in-headers': 'true' }],
    ['forwarded-headers-replaced', { 'use-forwarded-headers': 'true' }],
    ['server-header-removed', { 'server-tokens': 'true' }],
    ['trailing-slash-cut-on-https-redirect', { 'preserve-trailing-slash': 'true' }],
    ['request-buffering', { 'proxy-request-buffering': 'off' }],
    ['http2', { 'use-http2': 'false' }],
  ] as const)('lacks %s with %j', (name, data) => {
    const left = under(data);
    expect(left.has(name)).toBe(false);
    expect(left.size).toBe(12);
  });

  it.each([
    ['hsts', { 'hsts-max-age': '60', 'hsts-preload': 'true', 'hsts-include-subdomains': 'false' }, { value: 'max-age=60; preload', setting: 'hsts-max-age' }],
    ['body-size-1m', { 'proxy-body-size': '8m' }, { value: '8m', setting: 'proxy-body-size' }],
    ['idle-timeouts-60s', { 'proxy-send-timeout': '90' }, { value: '60 s and 90 s', setting: 'proxy-send-timeout' }],
    ['three-tries', { 'proxy-next-upstream-tries': '0' }, { value: 'any number of', setting: 'proxy-next-upstream-tries' }],
    ['connect-timeout-5s', {}, { value: '5 s', setting: undefined }],
  ] as const)('does %s as %j says', (name, data, behaviour) => {
    expect(under(data).get(name)).toEqual(behaviour);
  });
});
