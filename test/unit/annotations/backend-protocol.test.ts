import { describe, expect, it } from 'vitest';
import { read } from '../../support/one-ingress.ts';

describe('backend-protocol', () => {
  it.each(['HTTP', 'http', ' HTTP '])('%j is what every route does', (value) => {
    expect(read({ 'backend-protocol': value })).toEqual({ intents: [], ledger: ['backend-protocol: translated'] });
  });

  it.each(['HTTPS', 'https', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI'])('%j is an intent', (value) => {
    expect(read({ 'backend-protocol': value })).toEqual({ intents: [{ kind: 'backend-protocol', protocol: value.toUpperCase() }], ledger: ['backend-protocol: translated'] });
  });

  it.each(['grpc', 'Grpcs', 'fcgi'])('%j is done by halves in nginx', (value) => {
    expect(read({ 'backend-protocol': value }).ledger).toEqual(['backend-protocol: approximated backend-protocol/lower-case']);
  });

  it.each(['bogus', '', 'h2c'])('%j is plain HTTP', (value) => {
    expect(read({ 'backend-protocol': value })).toEqual({ intents: [], ledger: ['backend-protocol: inert backend-protocol/ignored-value'] });
  });
});
