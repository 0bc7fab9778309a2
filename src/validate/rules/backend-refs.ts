import { rule, type Rule } from './define.ts';

/** Defaults: the core group and Service. */
interface BackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly port?: number;
}

/** Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, every reference to a backend; Envoy Gateway repeats the first. */
export const backendRefRules: readonly Rule[] = [
  rule<BackendRef>(
    'service-without-port',
    'Must have port for Service reference',
    ({ group = '', kind = 'Service', port }) => group === '' && kind === 'Service' && port === undefined,
  ),
  rule<BackendRef>(
    'backend-with-port',
    'Must not have port for Backend reference',
    ({ group, kind, port }) => group === 'gateway.networking.x-k8s.io' && kind === 'XBackend' && port !== undefined,
  ),
];
