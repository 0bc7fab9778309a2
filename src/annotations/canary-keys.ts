import { aboutAnnotation, raise } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { annotationTable, type AnnotationName } from '../nginx/annotation-table.ts';
import { codes } from './codes.ts';
import type { FallbackReading } from './fallback.ts';

/**
 * What an annotation does on a canary Ingress. `read`: as its family says, on the locations the canary is attached to.
 * `host`: on the hosts of its rules, canary or not. `upstream`: on the canary's own upstream. `ignored`: nothing.
 */
export type CanaryRole = 'read' | 'host' | 'upstream' | 'backend-tls' | 'ignored';

/** createUpstreams reads these for every Ingress before canaries are set apart (ingress-nginx v1.15.1, internal/ingress/controller/controller.go). */
const upstreamKeys: ReadonlySet<AnnotationName> = new Set<AnnotationName>([
  'load-balance',
  'upstream-hash-by',
  'upstream-hash-by-subset',
  'upstream-hash-by-subset-size',
  'service-upstream',
  'affinity-canary-behavior',
]);

export function canaryRole(name: AnnotationName): CanaryRole {
  if (upstreamKeys.has(name)) return 'upstream';
  const { group } = annotationTable[name];
  if (group === 'canary') return 'read';
  if (group === 'auth-mtls') return 'host';
  return group === 'backend-tls' ? 'backend-tls' : 'ignored';
}

/** Annotations that have no effect on a canary Ingress, or one that a route cannot hold. */
export function readOnCanary(ingress: Ingress, key: string, role: 'upstream' | 'backend-tls' | 'ignored'): FallbackReading {
  const subject = aboutAnnotation(ingress, key);
  const args = { annotation: key, ingress: ingress.ref.name };
  switch (role) {
    case 'ignored':
      return { state: 'inert', intents: [], findings: [raise(codes, 'canary/annotation-ignored', subject, args)] };
    case 'upstream':
      return { state: 'effective', intents: [], findings: [raise(codes, 'canary/upstream-setting', subject, args)] };
    case 'backend-tls':
      return { state: 'effective', intents: [], findings: [raise(codes, 'canary/backend-tls', subject, args)] };
  }
}
