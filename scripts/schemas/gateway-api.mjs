// Which parts of the Gateway API are vendored.
export const modulePath = 'sigs.k8s.io/gateway-api';
export const releases = ['v1.2.1', 'v1.3.0', 'v1.4.1', 'v1.5.1', 'v1.6.3', 'v1.7.0'];
export const channels = ['standard', 'experimental'];

const group = 'gateway.networking.k8s.io';
const kinds = new Set(['GatewayClass', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'ReferenceGrant', 'BackendTLSPolicy', 'ListenerSet']);

export const inChannel = (channel) => (name) => name.includes(`/config/crd/${channel}/`);
export const isVendored = ({ spec }) => spec.group === group && kinds.has(spec.names.kind);

/** Older versions of a kind that is served at v1 are never written, except for ReferenceGrant: v1beta1 works with every release. */
export function versionsOf({ spec }) {
  const served = spec.versions.filter((version) => version.served);
  if (spec.names.kind === 'ReferenceGrant') return served;
  const stable = served.filter((version) => version.name === 'v1');
  return stable.length > 0 ? stable : served;
}
