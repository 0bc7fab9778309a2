import { describe, expect, it } from 'vitest';
import { families } from '../../../src/annotations/registry.ts';
import { annotationTable } from '../../../src/nginx/annotation-table.ts';
import { read, raw } from '../../support/one-ingress.ts';

const kinds = (annotations: Readonly<Record<string, string>>, more = {}): readonly string[] => read(annotations, more).intents.map(({ kind }) => kind);

describe('annotations that give a directive its value', () => {
  it('leave no name of ingress-nginx without a family', () => {
    expect(families.flatMap((family) => family.keys).toSorted()).toEqual(Object.keys(annotationTable).toSorted());
  });

  it.each([
    ['enable-modsecurity', 'true', 'waf'],
    ['custom-http-errors', '404,503', 'error-pages'],
    ['proxy-buffer-size', '16k', 'response-header-size'],
    ['load-balance', 'ewma', 'load-balance'],
    ['upstream-hash-by', '$request_uri', 'upstream-hash'],
    ['proxy-cookie-path', '/in/ /out/', 'cookie-rewrite'],
    ['proxy-buffering', 'on', 'response-buffering'],
    ['proxy-request-buffering', 'off\n', 'request-buffering'],
    ['proxy-http-version', '1.0', 'backend-http-version'],
    ['use-port-in-redirects', 'true', 'redirect-port'],
    ['enable-access-log', 'false', 'access-log'],
    ['enable-opentelemetry', 'true', 'tracing'],
  ])('%s: %j is an intent %s', (name, value, kind) => {
    expect(kinds({ [name]: value })).toEqual([kind]);
  });

  it.each([
    ['proxy-buffering', 'off'],
    ['proxy-buffer-size', '4K'],
    ['load-balance', ' round_robin '],
    ['enable-modsecurity', 'False'],
    ['enable-access-log', '1'],
    ['proxy-cookie-domain', 'off'],
  ])('%s: %j is the default', (name, value) => {
    expect(read({ [name]: value })).toEqual({ intents: [], ledger: [`${name}: inert annotation/default-value`] });
  });

  it.each([
    ['proxy-buffering', 'maybe'],
    ['proxy-buffer-size', '16kb'],
    ['proxy-http-version', '2'],
    ['enable-access-log', 'off'],
    ['proxy-redirect-from', ''],
    ['proxy-cookie-domain', 'a$b c'],
    ['proxy-cookie-domain', 'example.com'],
    ['use-port-in-redirects', ' true'],
    ['proxy-buffers-number', '8 '],
    ['custom-http-errors', '404 503'],
    ['modsecurity-transaction-id', 'a:b'],
  ])('%s: %j is not accepted', (name, value) => {
    expect(read({ [name]: value }).ledger).toEqual([`${name}: inert annotation/ignored-value`]);
  });

  it.each([
    ['proxy-cookie-path', '/one-word/'],
    ['proxy-buffer-size', '16 k'],
    ['proxy-buffer-size', '16b'],
    ['proxy-buffers-number', '1'],
    ['proxy-busy-buffers-size', '64k'],
  ])('%s: %j breaks every reload of nginx', (name, value) => {
    expect(read({ [name]: value }).ledger).toEqual([`${name}: inert annotation/breaks-nginx`]);
  });

  it('holds busy buffers against the size and number of all', () => {
    const annotations = { 'proxy-buffering': 'on', 'proxy-buffer-size': '32k', 'proxy-busy-buffers-size': '64k' };
    expect(kinds(annotations)).toEqual(['response-buffering', 'response-header-size']);
  });

  it.each([
    [{ 'proxy-ssl-verify': 'on' }],
    [{ 'proxy-buffers-number': '8' }],
    [{ 'upstream-hash-by-subset': 'true' }],
    [{ 'disable-proxy-intercept-errors': 'true' }],
    [{ 'fastcgi-index': 'index.php' }],
    [{ 'enable-owasp-core-rules': 'true' }],
    [{ 'opentelemetry-operation-name': 'shop' }],
    [{ 'proxy-redirect-from': 'http://internal/' }],
    [{ 'proxy-redirect-to': '/' }],
    [{ 'http2-push-preload': 'true' }],
  ])('%j waits for another annotation', (annotations) => {
    expect(read(annotations).ledger[0]).toMatch(/: inert annotation\/no-effect$/);
  });

  it('is an intent as well where the ConfigMap says the same, and none where the annotation takes the ConfigMap back', () => {
    const settings = raw({ 'proxy-buffer-size': '16k', 'enable-modsecurity': 'true' });
    expect(kinds({ 'proxy-buffer-size': '16k' }, { settings })).toEqual(['response-header-size']);
    expect(read({ 'proxy-buffer-size': '4k', 'enable-modsecurity': 'false' }, { settings })).toEqual({
      intents: [],
      ledger: ['enable-modsecurity: translated', 'proxy-buffer-size: translated'],
    });
  });

  it('yields to affinity where nginx does', () => {
    expect(kinds({ affinity: 'cookie', 'upstream-hash-by': '$host', 'load-balance': 'ewma' })).toEqual(['affinity']);
  });

  it.each(['secure-backends', 'global-rate-limit', 'enable-influxdb'])('%s has been gone for long', (name) => {
    expect(read({ [name]: 'true' })).toEqual({ intents: [], ledger: [`${name}: inert removed/name`] });
  });

  it.each(families.flatMap(({ meanings }) => Object.entries(meanings ?? {})))('%s is explained: %s', (_name, meaning) => {
    expect(meaning).toMatch(/^[A-Za-z].*\.$/);
  });
});
