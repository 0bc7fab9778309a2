import { rule, type Rule } from '../define.ts';

interface TargetRef {
  readonly group: string;
  readonly kind: string;
}
interface Policy {
  readonly targetRefs?: readonly TargetRef[];
  readonly mergeType?: string;
}

const gatewayKinds = ['Gateway', 'ListenerSet'] as const;
const filteredRoutes = ['HTTPRoute', 'GRPCRoute', 'TCPRoute'] as const;
const allRoutes = [...filteredRoutes, 'UDPRoute', 'TLSRoute'] as const;

const routesOf = (policy: string): readonly string[] => (policy === 'SecurityPolicy' ? filteredRoutes : allRoutes);
const anyTarget = ({ targetRefs = [] }: Policy, wrong: (ref: TargetRef) => boolean): boolean => targetRefs.some(wrong);

function targetKinds(id: string, names: string, kinds: readonly string[]): Rule {
  return rule<Policy>(id, `this policy can only have a targetRefs[*].kind of ${names}`, (self) => anyTarget(self, ({ kind }) => !kinds.includes(kind)));
}

/** Source: charts/gateway-helm/charts/crds of https://github.com/envoyproxy/gateway, `spec` of the policies. */
export const policyRules: readonly Rule[] = [
  rule<Policy>('policy-without-target', 'either targetRef or targetRefs must be used', (self) => self.targetRefs === undefined),
  rule<Policy>('policy-target-group', 'this policy can only have a targetRefs[*].group of gateway.networking.k8s.io', (self) =>
    anyTarget(self, ({ group }) => group !== 'gateway.networking.k8s.io'),
  ),
  targetKinds('client-policy-target-kind', 'Gateway or ListenerSet', gatewayKinds),
  targetKinds('security-policy-target-kind', 'Gateway/ListenerSet/HTTPRoute/GRPCRoute/TCPRoute', [...gatewayKinds, ...filteredRoutes]),
  targetKinds('backend-policy-target-kind', 'Gateway/ListenerSet/HTTPRoute/GRPCRoute/TCPRoute/UDPRoute/TLSRoute', [...gatewayKinds, ...allRoutes]),
  rule<Policy>(
    'merge-type-on-gateway',
    'mergeType can only be used with xRoute targets',
    (self, policy) => self.mergeType !== undefined && anyTarget(self, ({ kind }) => !routesOf(policy).includes(kind)),
  ),
  rule<string>('backend-policy-merge-type', 'Replace is not a valid MergeType for BackendTrafficPolicySpec', (self) => self === 'Replace'),
  rule<string>('security-policy-merge-type', 'Replace is not a valid MergeType for SecurityPolicy', (self) => self === 'Replace'),
];
