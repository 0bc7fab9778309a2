import { describe, expect, it } from 'vitest';
import { read } from '../../support/one-ingress.ts';

const target = 'http://mirror.web.svc.cluster.local$request_uri';

describe('mirror', () => {
  it('takes the host of the URL', () => {
    expect(read({ 'mirror-target': target })).toEqual({
      intents: [{ kind: 'mirror', target, host: 'mirror.web.svc.cluster.local', body: true }],
      ledger: ['mirror-target: translated'],
    });
  });

  it('lets the companions change it', () => {
    const { intents } = read({ 'mirror-target': target, 'mirror-host': 'test.example.com', 'mirror-request-body': 'off' });
    expect(intents).toEqual([{ kind: 'mirror', target, host: 'test.example.com', body: false }]);
  });

  it.each(['mirror.web.svc', 'http://mirror/%2f', '$scheme://mirror'])('does not repeat requests to the own backend as nginx does for %j', (value) => {
    const { intents, ledger } = read({ 'mirror-target': value, 'mirror-request-body': 'off' });
    expect(intents).toEqual([]);
    expect(ledger).toEqual(['mirror-request-body: approximated mirror/duplicates-to-own-backend', 'mirror-target: approximated mirror/duplicates-to-own-backend']);
  });

  it('needs a target', () => {
    expect(read({ 'mirror-host': 'test.example.com', 'mirror-target': '' }).ledger).toEqual(['mirror-host: inert mirror/no-target', 'mirror-target: inert mirror/no-target']);
  });

  it('ignores a bad companion', () => {
    const { intents, ledger } = read({ 'mirror-target': target, 'mirror-request-body': 'no' });
    expect(intents).toMatchObject([{ body: true }]);
    expect(ledger).toContain('mirror-request-body: inert mirror/ignored-value');
  });
});
