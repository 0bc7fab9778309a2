import type { Profile } from '../targets/profile.ts';
import type { LoweredRule } from '../targets/lowered.ts';

export const gatewayGroup = 'gateway.networking.k8s.io';
export const gatewayVersion = `${gatewayGroup}/v1`;
/** Served by every release; v1 only since 1.5. */
export const referenceGrantVersion = `${gatewayGroup}/v1beta1`;

/**
 * Limits of the CRDs, the same in all releases from 1.2 to 1.7 and both channels.
 * Source: maxItems and x-kubernetes-validations in config/crd of https://github.com/kubernetes-sigs/gateway-api
 */
export const limits = { listeners: 64, hostnames: 16, rules: 16, matchesPerRoute: 128, grantTargets: 16 } as const;

/** 8 matches a rule before 1.2, and for GRPCRoute before 1.3. */
export function matchesPerRule(kind: LoweredRule['routeKind'], profile: Profile): number {
  if (!profile.supports('many-matches')) return 8;
  return kind === 'GRPCRoute' && profile.version[1] < 3 ? 8 : 64;
}

/** TLSRoute: v1 since 1.5; before that v1alpha3 (1.4) and v1alpha2, both in the experimental channel. */
export function routeVersion(kind: LoweredRule['routeKind'], profile: Profile): string {
  const [, minor] = profile.version;
  if (kind !== 'TLSRoute' || minor >= 5) return gatewayVersion;
  return `${gatewayGroup}/${minor === 4 ? 'v1alpha3' : 'v1alpha2'}`;
}

/** TCPRoute and UDPRoute: v1 since 1.6, before that v1alpha2 of the experimental channel. */
export function streamRouteVersion(profile: Profile): string {
  return profile.version[1] >= 6 ? gatewayVersion : `${gatewayGroup}/v1alpha2`;
}

/** A TLSRoute has exactly one rule. */
export function rulesPerRoute(kind: LoweredRule['routeKind']): number {
  return kind === 'TLSRoute' ? 1 : limits.rules;
}
