import { raise } from '../../diagnostics/finding.ts';
import type { JsonObject } from '../../model/gateway.ts';
import type { IntentOf } from '../../plan/intents.ts';
import type { LoweringContext, Verdict } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import { standardLowerings } from '../standard/lowerings.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { addPolicy } from './policies.ts';
import { nameOf } from './protections.ts';

/** ewma picks the faster of two endpoints; LeastRequest the less busy of two, which is often the same one. */
export function lowerLoadBalance(intent: IntentOf<'load-balance'>, draft: RuleDraft, context: LoweringContext): Verdict {
  if (intent.algorithm !== 'ewma') return standardLowerings['load-balance'](intent, draft, context);
  addPolicy(draft, 'BackendTrafficPolicy', { loadBalancer: { type: 'LeastRequest' } });
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/least-request', subjectOf(intent, context), { object: nameOf(context) })] };
}

const clientAddress: ReadonlySet<string> = new Set(['$binary_remote_addr', '$remote_addr']);

/** The one variable that the text is, braces or not; undefined for anything longer. */
function onlyVariable(text: string): string | undefined {
  const name = /^\$(?:([a-z0-9_]+)|\{([a-z0-9_]+)\})$/i.exec(text);
  return name === null ? undefined : `$${name[1] ?? name[2] ?? ''}`.toLowerCase();
}

/** What Envoy hashes in place of an nginx variable; undefined where it cannot. */
function hashOf(by: string): JsonObject | undefined {
  const variable = onlyVariable(by);
  if (variable === undefined) return undefined;
  if (clientAddress.has(variable)) return { type: 'SourceIP' };
  const [, source, name] = /^\$(http|cookie|arg)_(.+)$/.exec(variable) ?? [];
  if (source === undefined || name === undefined) return undefined;
  // nginx writes a header as a variable with underscores for dashes. A cookie or parameter keeps its name, and Envoy compares letter case.
  if (source === 'http') return { type: 'Headers', headers: [{ name: name.replaceAll('_', '-') }] };
  const exactName = by.replace(/^\$\{?(?:cookie|arg)_/i, '').replace(/\}$/, '');
  return source === 'cookie' ? { type: 'Cookie', cookie: { name: exactName } } : { type: 'QueryParams', queryParams: [{ name: exactName }] };
}

export function lowerUpstreamHash(intent: IntentOf<'upstream-hash'>, draft: RuleDraft, context: LoweringContext): Verdict {
  const consistentHash = hashOf(intent.by);
  if (consistentHash === undefined) return standardLowerings['upstream-hash'](intent, draft, context);
  addPolicy(draft, 'BackendTrafficPolicy', { loadBalancer: { type: 'ConsistentHash', consistentHash } });
  const subset = intent.subsetSize === undefined ? '' : ` Each value has one endpoint instead of ${String(intent.subsetSize)}: upstream-hash-by-subset has no counterpart.`;
  const args = { object: nameOf(context), by: intent.by, subset };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/hash-differs', subjectOf(intent, context), args)] };
}
