import { describe, expect, it } from 'vitest';
import { families } from '../../../src/annotations/registry.ts';
import { untranslatedDocs } from '../../../src/annotations/fallback-catalogue.ts';
import { untranslatedTable } from '../../../src/annotations/untranslated-table.ts';
import { annotationTable, isAnnotationName } from '../../../src/nginx/annotation-table.ts';
import { intentsOf, raw, read } from '../../support/one-ingress.ts';

/** The untranslated intents alone, as `annotation=value risk`. */
const losses = (annotations: Readonly<Record<string, string>>, more = {}): readonly string[] =>
  intentsOf(annotations, more).flatMap((intent) => (intent.kind === 'untranslated' ? [`${intent.annotation}=${intent.value} ${intent.risk}`] : []));

describe('untranslated', () => {
  it('holds, with the families, every name of ingress-nginx exactly once', () => {
    const names = [...families.flatMap((family) => family.keys), ...Object.keys(untranslatedTable)].sort();
    expect(names).toEqual(Object.keys(annotationTable).sort());
  });

  it.each([
    ['enable-modsecurity', 'true', 'security'],
    ['custom-http-errors', '404,503', 'availability'],
    ['proxy-buffer-size', '16k', 'availability'],
    ['load-balance', 'ewma', 'availability'],
    ['upstream-hash-by', '$request_uri', 'availability'],
    ['proxy-cookie-path', '/in/ /out/', 'availability'],
    ['proxy-buffering', 'on', 'none'],
    ['proxy-request-buffering', 'off', 'none'],
    ['enable-access-log', 'false', 'none'],
    ['enable-opentelemetry', 'true', 'none'],
  ])('%s: %j is a loss of risk %3$s', (name, value, risk) => {
    expect(losses({ [name]: value })).toEqual([`${name}=${value} ${risk}`]);
  });

  it.each([
    ['proxy-buffering', 'off'],
    ['proxy-buffer-size', '4K'],
    ['load-balance', ' round_robin '],
    ['enable-modsecurity', 'False'],
    ['enable-access-log', '1'],
    ['proxy-cookie-domain', 'off'],
  ])('%s: %j is the default', (name, value) => {
    expect(read({ [name]: value })).toEqual({ intents: [], ledger: [`${name}: inert untranslated/default-value`] });
  });

  it.each([
    ['proxy-buffering', 'maybe'],
    ['proxy-buffer-size', '16kb'],
    ['proxy-http-version', '2'],
    ['enable-access-log', 'off'],
    ['proxy-redirect-from', ''],
  ])('%s: %j is not accepted', (name, value) => {
    expect(read({ [name]: value }).ledger).toEqual([`${name}: inert untranslated/ignored-value`]);
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
    expect(read(annotations).ledger[0]).toMatch(/: inert untranslated\/no-effect$/);
  });

  it.each([
    [{ 'proxy-ssl-secret': 'web/backend', 'proxy-ssl-server-name': 'on' }, 'proxy-ssl-server-name=on availability'],
    [{ 'proxy-buffering': 'on', 'proxy-buffers-number': '8' }, 'proxy-buffers-number=8 none'],
    [{ 'enable-modsecurity': 'true', 'enable-owasp-core-rules': 'true' }, 'enable-owasp-core-rules=true security'],
    [{ 'proxy-redirect-from': 'http://internal/', 'proxy-redirect-to': '/' }, 'proxy-redirect-to=/ availability'],
    [{ 'backend-protocol': 'FCGI', 'fastcgi-index': 'index.php' }, 'fastcgi-index=index.php availability'],
  ])('%j is complete', (annotations, loss) => {
    expect(losses(annotations)).toContain(loss);
  });

  it('is a loss as well where the ConfigMap says the same, and none where the annotation takes the ConfigMap back', () => {
    const settings = raw({ 'proxy-buffer-size': '16k', 'enable-modsecurity': 'true' });
    expect(losses({ 'proxy-buffer-size': '16k' }, { settings })).toEqual(['proxy-buffer-size=16k availability']);
    expect(losses({ 'enable-modsecurity': 'true' }, { settings })).toEqual(['enable-modsecurity=true security']);
    expect(read({ 'proxy-buffer-size': '4k', 'enable-modsecurity': 'false' }, { settings })).toEqual({
      intents: [],
      ledger: ['enable-modsecurity: translated', 'proxy-buffer-size: translated'],
    });
  });

  it('protects nothing towards a backend without TLS', () => {
    const annotations = { 'proxy-ssl-secret': 'web/backend', 'proxy-ssl-verify': 'on' };
    expect(losses(annotations)).toEqual(['proxy-ssl-secret=web/backend none', 'proxy-ssl-verify=on none']);
    expect(losses({ ...annotations, 'backend-protocol': 'https' })).toEqual(['proxy-ssl-secret=web/backend security', 'proxy-ssl-verify=on security']);
  });

  it('yields to affinity where nginx does', () => {
    expect(losses({ affinity: 'cookie', 'upstream-hash-by': '$host', 'load-balance': 'ewma' })).toEqual([]);
  });

  it.each(['secure-backends', 'global-rate-limit', 'enable-influxdb'])('%s has been gone for long', (name) => {
    expect(read({ [name]: 'true' })).toEqual({ intents: [], ledger: [`${name}: inert untranslated/removed`] });
  });

  it('explains each name', () => {
    for (const name of Object.keys(untranslatedTable).filter(isAnnotationName)) {
      for (const sentence of Object.values(untranslatedDocs(name))) expect(sentence).toMatch(/^[A-Za-z].*\.$/);
    }
  });
});
