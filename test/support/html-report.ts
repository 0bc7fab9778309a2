import type { Report, ReportContext } from '../../src/report/define.ts';
import { html } from '../../src/report/html.ts';
import { runText } from './migration.ts';

const context: ReportContext = { colour: false, width: 100, command: 'audit', program: 'gwmigrate', failOn: 'security', failed: true };

export function pageOf(report: Report, more: Partial<ReportContext> = {}): string {
  return html.report(report, { ...context, ...more });
}

export async function pageFor(manifest: string, ...args: readonly string[]): Promise<string> {
  const { report, failed } = await runText(manifest, ...args);
  return pageOf(report, { failed });
}

interface Wanted {
  readonly name: string;
  readonly namespace: string;
  readonly host: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly tls?: boolean;
}

export function ingressText({ name, namespace, host, labels = {}, annotations = {}, tls = false }: Wanted): string {
  const keys = Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value] as const);
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, labels, annotations: Object.fromEntries(keys) },
    spec: {
      ingressClassName: 'nginx',
      ...(tls ? { tls: [{ hosts: [host], secretName: `${name}-tls` }] } : {}),
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] } }],
    },
  });
}

/** Three teams, three namespaces, one Ingress of each risk. */
export const teams: string = [
  ingressText({ name: 'storefront', namespace: 'shop', host: 'shop.example.com', labels: { team: 'web', 'app.kubernetes.io/part-of': 'store' }, annotations: { 'enable-cors': 'true', 'proxy-read-timeout': '300', affinity: 'cookie' }, tls: true }),
  ingressText({ name: 'cart', namespace: 'shop', host: 'cart.example.com', labels: { team: 'checkout', 'app.kubernetes.io/part-of': 'store' }, annotations: { 'limit-rps': '20' }, tls: true }),
  ingressText({ name: 'grafana', namespace: 'monitoring', host: 'grafana.example.com', labels: { team: 'platform' }, annotations: { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Monitoring' } }),
  ingressText({ name: 'docs', namespace: 'docs', host: 'docs.example.com', labels: { team: 'web' } }),
].join('\n---\n');

/** Many Ingresses of many namespaces; every tenth has a protection to lose. */
export function crowd(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    ingressText({
      name: `app-${index}`,
      namespace: `team-${index % 40}`,
      host: `app-${index}.example.com`,
      labels: { team: `team-${index % 12}` },
      annotations: { 'proxy-read-timeout': '300', 'enable-cors': 'true', ...(index % 10 === 0 ? { 'limit-rps': '5' } : {}) },
      tls: index % 2 === 0,
    }),
  ).join('\n---\n');
}
