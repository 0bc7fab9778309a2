import { describe, expect, it } from 'vitest';
import type { GatewayObject } from '../../../src/model/gateway.ts';
import { objectIn, objectsIn, textIn } from '../../../src/model/json.ts';
import { runText } from '../../support/migration.ts';

const prefix = 'nginx.ingress.kubernetes.io';

function ingress(name: string, host: string | undefined, authority: string | undefined, more: { readonly namespace?: string; readonly tls?: boolean; readonly annotations?: Readonly<Record<string, string>> } = {}): string {
  const { namespace = 'shop', tls = true, annotations = {} } = more;
  const named = Object.fromEntries(Object.entries({ ...annotations, ...(authority === undefined ? {} : { 'auth-tls-secret': authority }) }).map(([key, value]) => [`${prefix}/${key}`, value]));
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations: named },
    spec: {
      ingressClassName: 'nginx',
      ...(tls && host !== undefined ? { tls: [{ hosts: [host], secretName: `${name}-tls` }] } : {}),
      rules: [{ ...(host === undefined ? {} : { host }), http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] } }],
    },
  });
}

const confirmed = '--accept=client-certificate/unconfirmed';
const flag = '--controller-args=--default-ssl-certificate=shop/default-tls';

/** Gateway -> the authority it asks for. */
function authorities(objects: readonly GatewayObject[]): Readonly<Record<string, string>> {
  const gateways = objects.filter(({ kind }) => kind === 'Gateway').map(({ metadata, spec }) => {
    const [ca] = objectsIn(objectIn(objectIn(objectIn(objectIn(spec, 'tls'), 'frontend'), 'default'), 'validation'), 'caCertificateRefs');
    return [metadata.name, ca === undefined ? 'none' : (textIn(ca, 'name') ?? '')] as const;
  });
  return Object.fromEntries(gateways);
}

/** Names of the Gateways that serve a route over HTTPS and forward. */
function servedBy(objects: readonly GatewayObject[], name: string): readonly string[] {
  const routes = objects.filter(({ kind, spec }) => kind === 'HTTPRoute' && objectsIn(spec, 'rules').some((rule) => objectsIn(rule, 'backendRefs').some((ref) => textIn(ref, 'name') === name)));
  const refs = routes.flatMap(({ spec }) => objectsIn(spec, 'parentRefs')).filter((ref) => textIn(ref, 'sectionName')?.startsWith('https') === true);
  return [...new Set(refs.map((ref) => textIn(ref, 'name') ?? ''))];
}

async function convert(documents: readonly string[], ...options: readonly string[]): Promise<readonly GatewayObject[]> {
  const { objects, internal } = await runText(documents.join('\n---\n'), ...options);
  expect(internal).toBe(false);
  return objects;
}

describe('client certificates on the standard Gateway API', () => {
  const sets: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] = [
    ['one host alone', [ingress('a', 'a.example.com', 'shop/ca')], { 'shared-gateway': 'ca' }],
    ['beside a plain host', [ingress('a', 'a.example.com', 'shop/ca'), ingress('b', 'b.example.com', undefined)], { 'shared-gateway': 'none', 'shared-gateway-ca': 'ca' }],
    ['two authorities', [ingress('a', 'a.example.com', 'shop/ca'), ingress('b', 'b.example.com', 'shop/cb')], { 'shared-gateway-ca': 'ca', 'shared-gateway-cb': 'cb' }],
    ['one authority twice', [ingress('a', 'a.example.com', 'shop/ca'), ingress('b', 'b.example.com', 'shop/ca')], { 'shared-gateway': 'ca' }],
    ['a host below a wildcard', [ingress('a', 'a.example.com', 'shop/ca'), ingress('b', '*.example.com', undefined)], { 'shared-gateway': 'none', 'shared-gateway-ca': 'ca' }],
  ];

  it.each(sets)('%s', async (_name, documents, expected) => {
    const objects = await convert(documents, confirmed);
    expect(authorities(objects)).toEqual(expected);
    expect(servedBy(objects, 'a').map((gateway) => authorities(objects)[gateway])).toEqual(['ca']);
  });

  it('never leave a host to the listener of all hosts, which asks for nothing', async () => {
    const objects = await convert([ingress('a', 'a.example.com', 'shop/ca', { tls: false, annotations: { 'force-ssl-redirect': 'true' } }), ingress('b', 'b.example.com', undefined, { tls: false })], confirmed, flag);
    expect(servedBy(objects, 'a').map((gateway) => authorities(objects)[gateway])).toEqual(['ca']);
    expect(servedBy(objects, 'b').map((gateway) => authorities(objects)[gateway])).toEqual(['none']);
  });

  it('of unknown hosts are no matter of the others', async () => {
    const objects = await convert([ingress('a', undefined, 'shop/ca'), ingress('b', 'b.example.com', undefined, { tls: false })], confirmed, flag);
    expect(servedBy(objects, 'a').map((gateway) => authorities(objects)[gateway])).toEqual(['ca']);
    expect(servedBy(objects, 'b').map((gateway) => authorities(objects)[gateway])).toEqual(['none']);
  });

  it('stay closed until they are confirmed, and where the field cannot say them', async () => {
    const host = 'a.example.com';
    expect(servedBy(await convert([ingress('a', host, 'shop/ca')]), 'a')).toEqual([]);
    const unsayable = [{ 'auth-tls-match-cn': 'CN=a' }, { 'auth-tls-verify-client': 'optional' }, { 'auth-tls-verify-client': 'optional_no_ca' }];
    for (const annotations of unsayable) expect(servedBy(await convert([ingress('a', host, 'shop/ca', { annotations })], confirmed), 'a'), JSON.stringify(annotations)).toEqual([]);
    expect(servedBy(await convert([ingress('a', host, 'shop/ca')], confirmed, '--gateway-api-version=1.4'), 'a')).toEqual([]);
    expect(servedBy(await convert([ingress('a', host, 'shop/ca')], confirmed, '--existing-gateway', '--gateway=infra/edge'), 'a')).toEqual([]);
  });

  it.each(['standard', 'envoy-gateway'])('pass no ssl-client header of a client on: %s', async (target) => {
    const objects = await convert([ingress('a', 'a.example.com', 'shop/ca')], confirmed, `--target=${target}`);
    expect(JSON.stringify(objects.filter(({ kind }) => kind === 'HTTPRoute'))).toContain('"remove":["ssl-client-cert","ssl-client-issuer-dn","ssl-client-subject-dn","ssl-client-verify"]');
  });
});
