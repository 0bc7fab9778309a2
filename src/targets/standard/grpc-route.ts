import type { Intent } from '../../plan/intents.ts';
import type { PlanRule } from '../../plan/plan.ts';
import type { LoweringContext } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import { isOmitted } from '../path-forms.ts';

/** `/package.Service` as a prefix, `/package.Service/Method` exactly; without a package a path says nothing about gRPC. */
const servicePath = /^\/(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*$/;
const methodPath = /^\/(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*\/[A-Za-z_]\w*$/;

/** What a GRPCRoute can hold, or leaves to policies and listeners. */
const carried: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>([
  'backend-protocol',
  'backend-tls',
  'https-redirect',
  'request-headers',
  'response-headers',
  'metadata',
  'service-upstream',
  'load-balance',
  'upstream-hash',
  'request-buffering',
  'response-buffering',
  'response-header-size',
  'tracing',
  'access-log',
]);

function isGrpcRule({ location, intents }: PlanRule): boolean {
  const { path, pathType, backend } = location;
  if (backend.kind !== 'service' || location.denied !== undefined) return false;
  const protocol = intents.find((intent) => intent.kind === 'backend-protocol')?.protocol;
  if (protocol !== 'GRPC' && protocol !== 'GRPCS') return false;
  const named = pathType === 'Prefix' ? path === '/' || servicePath.test(path) : methodPath.test(path);
  return named && intents.every(({ kind }) => carried.has(kind));
}

/** Paths of gRPC alone: a GRPCRoute and an HTTPRoute must not share a host on one listener before Gateway API 1.6. */
function isGrpcHost({ host, path }: LoweringContext): boolean {
  const rules = host.rules.filter((rule) => !isOmitted(rule));
  return path.match.type !== 'RegularExpression' && rules.every(isGrpcRule);
}

/** The one rule of its host, which takes every path. */
function isWholeHost({ host, rule }: LoweringContext): boolean {
  return rule.location.path === '/' && rule.location.pathType === 'Prefix' && !host.rules.some((other) => other !== rule && !isOmitted(other));
}

/** A GRPCRoute has no redirects, rewrites, timeouts or CORS, and its matches name a service and a method. */
export function fitsGrpcRoute(draft: RuleDraft, context: LoweringContext): boolean {
  if (!isWholeHost(context) && !isGrpcHost(context)) return false;
  if (context.hostDraft.appRoot !== undefined || draft.redirect !== undefined || draft.branches.length > 0 || draft.methodGuards.length > 0) return false;
  const { path, hostname } = draft.urlRewrite;
  return path === undefined && hostname === undefined && draft.timeouts === undefined && draft.retry === undefined && draft.filters.every(({ type }) => type !== 'CORS');
}
