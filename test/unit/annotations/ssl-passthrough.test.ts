import { describe, expect, it } from 'vitest';
import { sslPassthrough } from '../../../src/annotations/ssl-passthrough.ts';
import { collect } from '../../support/collected.ts';
import { configuration, ingress, location, server, settings } from '../../support/nginx-model.ts';
import { protections } from '../../support/protections.ts';

const on = { 'ssl-passthrough': 'true' };
const enabled = { settings: { sslPassthrough: true } };

describe('ssl-passthrough', () => {
  it('hands TLS of the host through', () => {
    expect(protections(sslPassthrough, on, enabled)).toMatchObject({ host: [{ kind: 'tls-passthrough', assumed: false }], intents: [], codes: [] });
  });

  it('assumes the flag when it is not known, and says so', () => {
    expect(protections(sslPassthrough, on)).toMatchObject({ host: [{ kind: 'tls-passthrough', assumed: true }], codes: ['ssl-passthrough/flag-assumed'] });
  });

  it.each([
    ['the flag is off', on, { settings: { sslPassthrough: false } }, 'ssl-passthrough/not-enabled'],
    ['it is false', { 'ssl-passthrough': 'false' }, enabled, 'ssl-passthrough/off'],
    ['it is empty', { 'ssl-passthrough': '' }, enabled, 'ssl-passthrough/off'],
    ['the host is a wildcard', on, { ...enabled, host: '*.example.com' }, 'ssl-passthrough/host-not-exact'],
    ['there is no host', on, { ...enabled, host: '_' }, 'ssl-passthrough/host-not-exact'],
    ['nothing serves /', on, { ...enabled, path: '/api' }, 'ssl-passthrough/no-root-backend'],
  ])('does nothing when %s', (_name, annotations, more, code) => {
    expect(protections(sslPassthrough, annotations, more)).toMatchObject({ host: [], intents: [], ledger: [`shop/ssl-passthrough: inert ${code}`] });
  });

  it('never opens with a value that drops the Ingress', () => {
    expect(protections(sslPassthrough, { 'ssl-passthrough': 'yes' }, enabled).intents).toMatchObject([{ kind: 'refused' }]);
  });

  it('is switched on by any Ingress of the host, and says what becomes of other paths', () => {
    const [one, two] = [ingress('one', {}), ingress('two', on)];
    const host = server('shop.example.com', [location(one, '/'), location(two, '/api')]);
    const { servers, codes } = collect(configuration([host], { settings: { ...settings, sslPassthrough: true } }), undefined, [sslPassthrough]);
    expect(servers).toEqual({ 'shop.example.com': [{ kind: 'tls-passthrough', assumed: false }] });
    expect(codes).toEqual(['ssl-passthrough/other-paths']);
  });
});
