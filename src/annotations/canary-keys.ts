import { aboutAnnotation, raise } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { annotationTable, type AnnotationName } from '../nginx/annotation-table.ts';
import { codes } from './codes.ts';
import type { FallbackReading } from './fallback.ts';

/**
 * What an annotation does on a canary Ingress. `read`: as its family says, on the locations the canary is attached to (getStreamSnippets of
 * controller.go tells no canaries apart).
 * `host`: on the hosts of its rules, canary or not. `upstream`: on the canary's own upstream.
 * `affinity`: whether main and canary share sessions. `ignored`: nothing.
 */
export type CanaryRole = 'read' | 'host' | 'upstream' | 'affinity' | 'ignored';

/** createUpstreams reads these for every Ingress before canaries are set apart (ingress-nginx v1.15.1, internal/ingress/controller/controller.go). */
const upstreamKeys: ReadonlySet<AnnotationName> = new Set<AnnotationName>([
  'load-balance',
  'upstream-hash-by',
  'upstream-hash-by-subset',
  'upstream-hash-by-subset-size',
  'service-upstream',
]);

/** Whether a family gets to see the annotation, which it may do without on a canary. */
export const isReadOnCanary = (name: AnnotationName): boolean => ['read', 'host'].includes(canaryRole(name));

export function canaryRole(name: AnnotationName): CanaryRole {
  if (upstreamKeys.has(name)) return 'upstream';
  if (name === 'affinity-canary-behavior') return 'affinity';
  if (name === 'stream-snippet') return 'read';
  const { group } = annotationTable[name];
  if (group === 'canary') return 'read';
  return group === 'auth-mtls' || group === 'backend-tls' ? 'host' : 'ignored';
}

/** Annotations that have no effect on a canary Ingress, or one that a route cannot hold. */
export function readOnCanary(ingress: Ingress, key: string, raw: string, role: Exclude<CanaryRole, 'read' | 'host'>): FallbackReading {
  const subject = aboutAnnotation(ingress, key);
  const args = { annotation: key, ingress: ingress.ref.name };
  switch (role) {
    case 'ignored':
      return { state: 'inert', intents: [], findings: [raise(codes, 'canary/annotation-ignored', subject, args)] };
    case 'upstream':
      return { state: 'effective', intents: [], findings: [raise(codes, 'canary/upstream-setting', subject, args)] };
    case 'affinity':
      // Anything but `legacy` is the default (ingress-nginx v1.15.1, internal/ingress/annotations/sessionaffinity/main.go).
      return raw === 'legacy'
        ? { state: 'effective', intents: [], findings: [raise(codes, 'canary/legacy-affinity', subject, args)] }
        : { state: 'inert', intents: [], findings: [raise(codes, 'canary/sticky-affinity', subject, { annotation: key, value: raw })] };
  }
}
