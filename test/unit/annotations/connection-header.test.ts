import { describe, expect, it } from 'vitest';
import { read } from '../../support/one-ingress.ts';

describe('connection-header', () => {
  it.each(['close', 'keep-alive'])('carries %j over', (value) => {
    expect(read({ 'connection-proxy-header': value }).intents).toEqual([{ kind: 'connection-header', value }]);
  });

  it('skips a blank value', () => {
    expect(read({ 'connection-proxy-header': ' ' })).toEqual({ intents: [], ledger: ['connection-proxy-header: inert connection-header/ignored-value'] });
  });
});
