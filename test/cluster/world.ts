import type { ClusterObject } from './control-plane.ts';

export const namespace = (name: string): ClusterObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

export const ingressClass: ClusterObject = { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } };

/** An Ingress for NAME.example.com with a certificate, whose Service is found by the name of its port. */
export function ingress(name: string, namespace_: string, annotations: Readonly<Record<string, string>> = {}): ClusterObject {
  const host = `${name}.example.com`;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: namespace_, annotations, labels: { app: name } },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: [host], secretName: `${name}-tls` }],
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }] } }],
    },
  };
}

export const service = (name: string, namespace_: string): ClusterObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: namespace_ }, spec: { ports: [{ name: 'http', port: 8080 }] } });

export const secret = (name: string, namespace_: string): ClusterObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/tls',
  metadata: { name, namespace: namespace_ },
  data: { 'tls.crt': Buffer.from('certificate').toString('base64'), 'tls.key': Buffer.from('the-private-key').toString('base64') },
});

/** ingress-nginx as its chart installs it, with a ConfigMap that switches redirects to HTTPS off. */
export const controller: readonly ClusterObject[] = [
  namespace('ingress-nginx'),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' }, data: { 'ssl-redirect': 'false' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
        spec: {
          containers: [
            {
              name: 'controller',
              image: 'registry.example.com/ingress-nginx/controller:v1.15.1',
              args: ['/nginx-ingress-controller', '--controller-class=k8s.io/ingress-nginx', '--configmap=$(POD_NAMESPACE)/ingress-nginx-controller'],
            },
          ],
        },
      },
    },
  },
];

/** Two teams and the controller. */
export const world: readonly ClusterObject[] = [
  ...controller,
  namespace('shop'),
  namespace('crm'),
  ingressClass,
  ...[
    ['web', 'shop'],
    ['api', 'shop'],
    ['portal', 'crm'],
  ].flatMap(([name = '', place = '']) => [ingress(name, place), service(name, place), secret(`${name}-tls`, place)]),
];
