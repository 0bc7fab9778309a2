import { rule, type Rule } from '../define.ts';

/** Defaults: the core group and Service. */
interface BackendRef {
  readonly group?: string;
  readonly kind?: string;
}
interface ExtAuthHttp {
  readonly backendRefs?: readonly BackendRef[];
  readonly path?: string;
  readonly pathOverride?: string;
}

const kinds = ['Service', 'ServiceImport', 'Backend'];
const groups = ['', 'multicluster.x-k8s.io', 'gateway.envoyproxy.io'];

/** Source: charts/gateway-helm/charts/crds of https://github.com/envoyproxy/gateway, SecurityPolicy `spec.authorization` and `spec.extAuth`. */
export const securityRules: readonly Rule[] = [
  rule<{ readonly principal?: unknown }>('authorization-without-principal', 'at least one of principal or cel must be specified', (self) => self.principal === undefined),
  rule<{ readonly clientCIDRs?: unknown }>(
    'principal-empty',
    'at least one of clientCIDRs, jwt, headers, or clientIPGeoLocations must be specified',
    (self) => self.clientCIDRs === undefined,
  ),
  rule<{ readonly http?: unknown }>('ext-auth-without-protocol', 'one of grpc or http must be specified', (self) => self.http === undefined),
  rule<ExtAuthHttp>('ext-auth-without-backend', 'backendRef or backendRefs needs to be set', ({ backendRefs = [] }) => backendRefs.length === 0),
  rule<ExtAuthHttp>('ext-auth-backend-kind', 'BackendRefs only supports Service, ServiceImport, and Backend kind.', ({ backendRefs = [] }) =>
    backendRefs.some(({ kind = 'Service' }) => !kinds.includes(kind)),
  ),
  rule<ExtAuthHttp>('ext-auth-backend-group', 'BackendRefs only supports Core, multicluster.x-k8s.io, and gateway.envoyproxy.io groups.', ({ backendRefs = [] }) =>
    backendRefs.some(({ group = '' }) => !groups.includes(group)),
  ),
  rule<ExtAuthHttp>('ext-auth-two-paths', 'only one of path or pathOverride can be specified', (self) => self.path !== undefined && self.pathOverride !== undefined),
];
