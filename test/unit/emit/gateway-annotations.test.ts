import { describe, expect, it } from 'vitest';
import { emit, httpListener, httpsListener, ingress, ofKind, plan, rule } from './builders.ts';

const issuer = 'cert-manager.io/cluster-issuer';
const target = 'external-dns.alpha.kubernetes.io/target';

/** One host per entry, each with its own Ingress; the annotations stand on the Ingress and on its HTTPS listener. */
function run(hosts: readonly { annotations: Record<string, string>; secret?: string; namespace?: string }[]): { annotations: unknown; told: readonly string[] } {
  const parts = hosts.map(({ annotations, secret = 'web/tls', namespace = 'web' }, index) => {
    const host = `h${index}.com`;
    const plain = ingress(namespace, `i${index}`, { annotations });
    const tls = [{ hosts: [host], secretName: secret.slice(secret.indexOf('/') + 1), origin: { source: plain.source, path: [] } }];
    return {
      rule: rule({ hostnames: [host], namespace, listeners: 'both', ingresses: [{ ...plain, tls }] }),
      listener: httpsListener(host, { secret, annotations, namespaces: [namespace] }),
    };
  });
  const { value, findings } = emit(plan(parts.map((part) => part.rule), [httpListener(), ...parts.map((part) => part.listener)]));
  return {
    annotations: ofKind(value, 'Gateway')[0]?.metadata.annotations,
    told: findings.filter(({ annotation }) => annotation !== undefined).map(({ code, object, annotation, also }) => [code, object?.name, annotation, ...(also ?? [])].join(' ')),
  };
}

describe('annotations of the Gateway', () => {
  it('are written when all of its hosts ask for the same', () => {
    expect(run([{ annotations: { [issuer]: 'le', [target]: '1.2.3.4' } }, { annotations: { [issuer]: 'le', [target]: '1.2.3.4' } }])).toEqual({
      annotations: { [issuer]: 'le', [target]: '1.2.3.4' },
      told: [],
    });
  });

  it('are left out, with a finding for each who asked, when the values differ', () => {
    expect(run([{ annotations: { [issuer]: 'le' } }, { annotations: { [issuer]: 'staging' } }])).toEqual({
      annotations: undefined,
      told: [`gateway/annotation-conflict i0 ${issuer}`, `gateway/annotation-conflict i1 ${issuer}`],
    });
  });

  it('are left out when a host did not ask: cert-manager would overwrite its Secret', () => {
    expect(run([{ annotations: { [issuer]: 'le', [target]: '1.2.3.4' } }, { annotations: {} }])).toEqual({
      annotations: undefined,
      told: [`gateway/annotation-conflict i0 ${issuer}`, `gateway/annotation-conflict i0 ${target}`],
    });
  });

  it('cannot reach Secrets of other namespaces, and one finding tells it for all keys', () => {
    const annotations = { [issuer]: 'le', 'cert-manager.io/duration': '24h' };
    expect(run([{ annotations, secret: 'one/tls', namespace: 'one' }, { annotations: {}, secret: 'two/tls', namespace: 'two' }])).toEqual({
      annotations: undefined,
      told: [`gateway/certificate-elsewhere i0 ${issuer} cert-manager.io/duration`],
    });
  });
});
