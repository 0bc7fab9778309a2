import { rule, type Rule } from '../define.ts';

interface ConsistentHash {
  readonly type: string;
  readonly header?: unknown;
  readonly headers?: unknown;
  readonly cookie?: unknown;
  readonly queryParams?: unknown;
}
interface ClientSelector {
  readonly headers?: unknown;
  readonly methods?: unknown;
  readonly path?: unknown;
  readonly sourceCIDR?: unknown;
  readonly queryParams?: unknown;
}

const hashMembers = [
  ['Header', 'header'],
  ['Headers', 'headers'],
  ['Cookie', 'cookie'],
  ['QueryParams', 'queryParams'],
] as const;

/** Types of load balancer that need a field which is not vendored: such an object can only lack it. */
const unvendored = [
  ['BackendUtilization', 'backendUtilization'],
  ['DynamicModule', 'dynamicModule'],
] as const;

/** Source: charts/gateway-helm/charts/crds of https://github.com/envoyproxy/gateway, BackendTrafficPolicy. */
export const backendTrafficRules: readonly Rule[] = [
  rule<{ readonly request?: unknown; readonly response?: unknown }>(
    'bandwidth-limit-empty',
    'at least one of request or response must be specified',
    (self) => self.request === undefined && self.response === undefined,
  ),
  rule<{ readonly type: string; readonly consistentHash?: unknown }>(
    'consistent-hash',
    'If LoadBalancer type is consistentHash, consistentHash field needs to be set.',
    (self) => (self.type === 'ConsistentHash') !== (self.consistentHash !== undefined),
  ),
  ...unvendored.map(([type, member]) =>
    rule<{ readonly type: string }>(`load-balancer-${member.toLowerCase()}`, `If LoadBalancer type is ${type}, ${member} field needs to be set.`, (self) => self.type === type),
  ),
  ...hashMembers.map(([type, member]) =>
    rule<ConsistentHash>(
      `consistent-hash-${member.toLowerCase()}`,
      `If consistent hash type is ${member}, the ${member} field must be set.`,
      (self) => (self.type === type) !== (self[member] !== undefined),
    ),
  ),
  rule<ClientSelector>(
    'rate-limit-selector-empty',
    'at least one of headers, methods, path, sourceCIDR or queryParams must be specified',
    ({ headers, methods, path, sourceCIDR, queryParams }) => [headers, methods, path, sourceCIDR, queryParams].every((part) => part === undefined),
  ),
];
