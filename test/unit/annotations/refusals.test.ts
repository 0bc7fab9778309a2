import { describe, expect, it } from 'vitest';
import { runText } from '../../support/migration.ts';

const prefix = 'nginx.ingress.kubernetes.io';

function manifest(annotations: Readonly<Record<string, string>>): string {
  const entries = Object.entries(annotations).map(([name, value]) => [`${prefix}/${name}`, value] as const);
  const backend = { service: { name: 'shop', port: { number: 80 } } };
  const rules = [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
  const metadata = { name: 'shop', namespace: 'web', annotations: Object.fromEntries(entries) };
  return JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: { ingressClassName: 'nginx', rules } });
}

const basic = { 'auth-type': 'basic', 'auth-secret': 'staff' };
const url = { 'auth-url': 'https://auth.example.com/check' };
const tls = { 'auth-tls-secret': 'web/clients' };

/** The families and the nginx stage read the same values; a protection only one of them finds unusable would be shown wrongly. */
describe('values nginx refuses requests for', () => {
  it.each([
    { 'whitelist-source-range': '10.0.0.0/8,office' },
    { 'allowlist-source-range': '' },
    { 'denylist-source-range': ' ' },
    { 'auth-type': 'basic' },
    { ...basic, 'auth-type': 'htpasswd' },
    { ...basic, 'auth-type': 'basic\n' },
    { ...basic, 'auth-secret': 'ops/staff' },
    { ...basic, 'auth-secret': 'a/b/c' },
    { ...basic, 'auth-secret-type': 'file' },
    { ...basic, 'auth-realm': '"Staff"' },
    { 'auth-url': 'auth.example.com' },
    { 'auth-url': 'https://auth.example.com/#x' },
    { 'auth-url': 'https://auth.example.com:$port/' },
    { ...url, 'auth-method': 'get' },
    { ...url, 'auth-cache-duration': 'soon' },
    { ...url, 'auth-response-headers': 'X User' },
    { ...url, 'auth-proxy-set-headers': 'headers' },
    { ...url, 'auth-proxy-set-headers': 'ops/headers' },
    { 'auth-tls-secret': 'clients' },
    { 'auth-tls-secret': 'ops/clients' },
    { ...tls, 'auth-tls-error-page': 'https://x/$uri' },
    { ...tls, 'auth-tls-pass-certificate-to-upstream': 'yes' },
    { ...tls, 'auth-tls-match-cn': 'partner' },
    { 'limit-rps': '10r/s' },
    { 'limit-connections': '5', 'limit-whitelist': 'office' },
    { 'ssl-passthrough': 'yes' },
  ])('%j', async (annotations) => {
    const { migration } = await runText(manifest(annotations));
    const rules = migration.plan.hosts.flatMap(({ rules: own }) => own);
    expect(rules.every(({ location }) => location.denied !== undefined)).toBe(true);
    expect(migration.configuration.left.length + rules.length).toBeGreaterThan(0);
    expect(rules.flatMap(({ intents }) => intents.map(({ kind }) => kind))).not.toContain('refused');
    expect(migration.lowered.rules.every(({ closedBy }) => closedBy.length > 0)).toBe(true);
  });

  it.each([
    { 'whitelist-source-range': '' },
    { ...url, 'auth-request-redirect': '/x$y', 'auth-response-headers': 'X-User' },
    { ...url, 'auth-cache-duration': '200;', 'auth-response-headers': 'X User' },
    { 'auth-secret': 'ops/staff' },
    { 'auth-signin': 'https://auth.example.com/start' },
    { 'auth-tls-match-cn': 'partner' },
    { 'limit-rps': '0' },
  ])('but not %j', async (annotations) => {
    const { migration } = await runText(manifest(annotations));
    expect(migration.configuration.left).toEqual([]);
    expect(migration.lowered.rules.map(({ closedBy }) => closedBy)).toEqual([[]]);
  });
});
