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
    ['http2', { 'use-http2': ' 0 ' }],
    ['request-buffering', { 'proxy-request-buffering': ' off ' }],
    ['underscore-headers-dropped', { 'enable-underscores-in-headers': ' T ' }],
    ['trailing-slash-cut-on-https-redirect', { 'force-ssl-redirect': 'true', 'preserve-trailing-slash': 'true' }],
  ] as const)('lacks %s with %j', (name, data) => {
    const left = under(data);
    expect(left.has(name)).toBe(false);
    expect(left.size).toBe(12);
  });

  it('gives no certificate of its own to every host where a flag names one', () => {
    const names = implicitBehaviour({ ...defaultSettings, defaultSslCertificate: { namespace: 'shop', name: 'tls' } }).map(({ name }) => name);
    expect(names).toEqual(implicitBehaviour(defaultSettings).map(({ name }) => name).filter((name) => name !== 'default-certificate-on-every-host'));
  });

  it.each([
    ['hsts', { 'hsts-max-age': '60', 'hsts-preload': 'true', 'hsts-include-subdomains': 'false' }, { value: 'max-age=60; preload', setting: 'hsts-max-age' }],
    ['body-size-1m', { 'proxy-body-size': '8m' }, { value: '8m', setting: 'proxy-body-size' }],
    ['idle-timeouts-60s', { 'proxy-send-timeout': '90' }, { value: '60 s and 90 s', setting: 'proxy-send-timeout' }],
    ['three-tries', { 'proxy-next-upstream-tries': '0' }, { value: 'any number of', setting: 'proxy-next-upstream-tries' }],
    ['three-tries', { 'proxy-next-upstream-tries': '2' }, { value: '2', setting: 'proxy-next-upstream-tries' }],
    ['three-tries', { 'proxy-next-upstream': 'http_502' }, { value: 'three', setting: 'proxy-next-upstream' }],
    ['connect-timeout-5s', {}, { value: '5 s', setting: undefined }],
    ['connect-timeout-5s', { 'proxy-connect-timeout': '9' }, { value: '9 s', setting: 'proxy-connect-timeout' }],
    ['idle-timeouts-60s', { 'proxy-read-timeout': '60' }, { value: '60 s', setting: 'proxy-read-timeout' }],
    ['hsts', { hsts: 'true' }, { value: 'max-age=31536000; includeSubDomains', setting: 'hsts' }],
    ['hsts', { 'hsts-include-subdomains': 'true' }, { value: 'max-age=31536000; includeSubDomains', setting: 'hsts-include-subdomains' }],
    ['hsts', { 'hsts-preload': 'true' }, { value: 'max-age=31536000; includeSubDomains; preload', setting: 'hsts-preload' }],
    ['underscore-headers-dropped', { 'enable-underscores-in-headers': 'false' }, { value: '', setting: 'enable-underscores-in-headers' }],
    ['forwarded-headers-replaced', { 'use-forwarded-headers': 'no' }, { value: '', setting: 'use-forwarded-headers' }],
    ['server-header-removed', { 'server-tokens': 'false' }, { value: '', setting: 'server-tokens' }],
    ['trailing-slash-cut-on-https-redirect', { 'ssl-redirect': 'false', 'force-ssl-redirect': 'true' }, { value: '', setting: 'ssl-redirect' }],
    ['trailing-slash-cut-on-https-redirect', { 'force-ssl-redirect': 'true' }, { value: '', setting: 'force-ssl-redirect' }],
    ['trailing-slash-cut-on-https-redirect', { 'preserve-trailing-slash': 'false' }, { value: '', setting: 'preserve-trailing-slash' }],
    ['request-buffering', { 'proxy-request-buffering': 'on' }, { value: '', setting: 'proxy-request-buffering' }],
    ['http2', { 'use-http2': 'no' }, { value: '', setting: 'use-http2' }],
    ['path-normalisation', {}, { value: '', setting: undefined }],
    ['default-certificate-on-every-host', {}, { value: '', setting: undefined }],
  ] as const)('does %s as %j says', (name, data, behaviour) => {
    expect(under(data).get(name)).toEqual(behaviour);
  });
});
