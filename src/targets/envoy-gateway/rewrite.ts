import { sha256 } from '../../model/digest.ts';
import type { GatewayObject } from '../../model/gateway.ts';
import type { NamedValue, RequestHeadersIntent, ResponseHeadersIntent, RewriteIntent } from '../../plan/intents.ts';
import type { LoweringContext, Verdict } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import type { RulePath } from '../paths.ts';
import { standardLowerings } from '../standard/lowerings.ts';
import { setByService } from './external-auth.ts';
import { envoyGatewayGroup, envoyGatewayVersion } from './policies.ts';

/** $1 of nginx is \1 of Envoy's regex rewrite; a backslash of the text must be doubled. */
export function substitution(target: string): string {
  return target.replaceAll('\\', '\\\\').replace(/\$(\d)/gu, '\\$1');
}

/** One filter per pattern and substitution, named by its content: rules with the same rewrite share it. */
function regexFilter(pattern: string, target: string, namespace: string): GatewayObject {
  const digest = sha256(`${pattern}\n${target}`).slice(0, 10);
  return {
    apiVersion: envoyGatewayVersion,
    kind: 'HTTPRouteFilter',
    metadata: { name: `rewrite-${digest}`, namespace },
    spec: { urlRewrite: { path: { type: 'ReplaceRegexMatch', replaceRegexMatch: { pattern, substitution: substitution(target) } } } },
  };
}

/**
 * What only a regex rewrite does right: capture groups, and another prefix in the place of `/`, which Envoy Gateway would write without the slash
 * behind it (measured on 1.9.1).
 */
function regexRewriteOf({ match, rewrite }: RulePath): { readonly pattern: string; readonly target: string } | undefined {
  if (rewrite.kind === 'capture') return rewrite;
  return rewrite.kind === 'prefix' && match.value === '/' ? { pattern: '^/', target: `${rewrite.value}/` } : undefined;
}

/** An HTTPRouteFilter (RE2), or the core rewrite. */
export function lowerRewrite(intent: RewriteIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const rewrite = regexRewriteOf(context.path);
  if (rewrite === undefined) return standardLowerings.rewrite(intent, draft, context);
  const filter = regexFilter(rewrite.pattern, rewrite.target, context.rule.location.ingress?.ref.namespace ?? '');
  draft.extensions.push(filter);
  draft.filters.push({ type: 'ExtensionRef', extensionRef: { group: envoyGatewayGroup, kind: filter.kind, name: filter.metadata.name } });
  return { kind: 'exact' };
}

/** Envoy reads % in a header value as the start of a variable, and refuses the whole listener over a bare one; %% is the character. */
const escapedValues = (headers: readonly NamedValue[]): readonly NamedValue[] => headers.map(({ name, value }) => ({ name, value: value.replaceAll('%', '%%') }));

export function lowerRequestHeaders(intent: RequestHeadersIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  // What the SecurityPolicy of the rule sets by then must not be taken away behind it.
  const answered = intent.answered?.filter((name) => !setByService(draft).has(name.toLowerCase())) ?? [];
  return standardLowerings['request-headers']({ ...intent, set: escapedValues(intent.set), answered }, draft, context);
}

export function lowerResponseHeaders(intent: ResponseHeadersIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  return standardLowerings['response-headers']({ ...intent, set: escapedValues(intent.set), add: escapedValues(intent.add ?? []) }, draft, context);
}
