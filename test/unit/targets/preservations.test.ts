import { describe, expect, it } from 'vitest';
import type { GatewayObject } from '../../../src/model/gateway.ts';
import { runText } from '../../support/migration.ts';

interface Header {
  readonly name: string;
  readonly value: string;
}

const ingress = (annotations: Readonly<Record<string, string>> = {}, tls = true): string =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop', annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value])) },
    spec: {
      ingressClassName: 'nginx',
      ...(tls ? { tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }] } : {}),
      rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
    },
  });

const routesOf = (objects: readonly GatewayObject[]): readonly GatewayObject[] => objects.filter(({ kind }) => kind === 'HTTPRoute');

/** Route name -> what its first rule sets and removes on the way back. */
async function answers(annotations: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const { objects } = await runText(ingress(annotations), '--defaults=preserve', ...options);
  const entries = routesOf(objects).map(({ metadata, spec }) => {
    const [rule] = spec['rules'] as readonly { readonly filters?: readonly { readonly responseHeaderModifier?: { readonly set?: readonly Header[]; readonly remove?: readonly string[] } }[] }[];
    const modifiers = (rule?.filters ?? []).flatMap(({ responseHeaderModifier }) => responseHeaderModifier ?? []);
    return [metadata.name, modifiers.flatMap(({ set = [], remove = [] }) => [...set.map(({ name, value }) => `${name}: ${value}`), ...remove.map((name) => `no ${name}`)])] as const;
  });
  return Object.fromEntries(entries);
}

const hsts = 'Strict-Transport-Security: max-age=31536000; includeSubDomains';

describe('--defaults preserve', () => {
  it('says HSTS over HTTPS alone, and takes Server out of both', async () => {
    expect(await answers({ 'ssl-redirect': 'false' })).toEqual({ 'shop-example-com': [hsts, 'no Server'], 'shop-example-com-http': ['no Server'] });
  });

  it('leaves redirects and closed rules as they are', async () => {
    expect(await answers({ 'whitelist-source-range': '10.0.0.0/8' })).toEqual({ 'shop-example-com': [], 'shop-example-com-redirect': [] });
  });

  it('keeps a header that somebody asked for', async () => {
    const { objects } = await runText(
      ingress({ 'configuration-snippet': 'more_set_headers "strict-transport-security: max-age=1";', 'ssl-redirect': 'false' }),
      '--defaults=preserve',
    );
    expect(JSON.stringify(routesOf(objects))).not.toContain('31536000');
  });

  it('sends no request twice on Envoy Gateway where an Ingress wants one try', async () => {
    const { objects } = await runText(ingress({ 'proxy-next-upstream': 'off' }), '--defaults=preserve', '--target=envoy-gateway');
    const policies = objects.filter(({ kind }) => kind === 'BackendTrafficPolicy').map(({ metadata, spec }) => [metadata.name, spec['retry']]);
    expect(Object.fromEntries(policies)).toMatchObject({ 'shop-example-com': { numRetries: 0 }, 'shared-gateway': { numRetries: 2 } });
  });

  it('leaves no difference of HSTS to explain', async () => {
    const options = ['--defaults=report', '--defaults=preserve'].map(async (option) => {
      const { convert } = await import('../../../src/convert.ts');
      const { report } = await convert([{ kind: 'text', file: 'input.yaml', text: ingress() }], { defaults: option.endsWith('preserve') ? 'preserve' : 'report', verify: { requests: 200 } });
      const { divergences = [] } = report.verified ?? {};
      return divergences.filter(({ aspects }) => aspects.includes('response-header strict-transport-security')).map(({ explainedBy }) => explainedBy);
    });
    const [reported = [], preserved] = await Promise.all(options);
    expect(reported.length).toBeGreaterThan(0);
    expect(reported.every((codes) => codes.includes('default/hsts'))).toBe(true);
    expect(preserved).toEqual([]);
  });
});

describe('--defaults ignore', () => {
  it('accepts what nobody set, and nothing else', async () => {
    const { report } = await runText(ingress({ 'whitelist-source-range': '10.0.0.0/8' }), '--defaults=ignore', '--fail-on=lossy');
    const passed = report.findings.filter(({ acceptedBy }) => acceptedBy === 'defaults').map(({ finding }) => finding.code);
    expect(passed).toContain('default/hsts');
    expect(report.findings.filter(({ finding, accepted }) => finding.code.startsWith('default/') && !accepted)).toEqual([]);
    expect(report.findings.filter(({ finding, accepted }) => finding.entry.risk === 'security' && accepted)).toEqual([]);
  });
});
