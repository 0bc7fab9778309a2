import type { Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { GatewayObject, Json, JsonObject, RouteMatch } from '../model/gateway.ts';
import { routeVersion } from './constants.ts';
import type { EmitContext } from './context.ts';
import type { EmitRule } from './emit-rule.ts';
import { groupRules, partsOf } from './group.ts';
import { asJson, asJsonList, prune } from './json.ts';
import { createLabeller, type Labeller } from './labels.ts';
import type { TakenNames } from './names.ts';
import type { ParentRefs } from './parents.ts';
import { annotationsOfRoute } from './route-annotations.ts';
import { nameRoutes, type NamelessRoute } from './route-names.ts';
import { targetPolicies, type PolicyForRoute } from './targets.ts';

/** A route object, the rules in it, and what is to be attached to it. */
export interface EmittedRoute {
  readonly object: GatewayObject;
  readonly namespace: string;
  readonly rules: readonly EmitRule[];
  readonly policies: readonly PolicyForRoute[];
}

/** A gRPC call is a request to /SERVICE/METHOD. Source: https://gateway-api.sigs.k8s.io/geps/gep-1016/ */
function grpcMatch({ path, headers }: RouteMatch): JsonObject {
  const [, service = '', method = ''] = path.value.split('/');
  return { method: { type: 'Exact', service, ...(method === '' ? {} : { method }) }, ...(headers === undefined ? {} : { headers: asJsonList(headers) }) };
}

const matchesJson = ({ rule, matches }: EmitRule): readonly Json[] => (rule.routeKind === 'GRPCRoute' ? matches.map(grpcMatch) : asJsonList(matches));

function ruleJson(emitted: EmitRule, name: string | undefined): JsonObject {
  const { rule, matches } = emitted;
  const { filters, backendRefs, timeouts, retry, sessionPersistence } = rule;
  return {
    ...(name === undefined ? {} : { name }),
    ...(matches.length === 0 ? {} : { matches: matchesJson(emitted) }),
    ...(filters.length === 0 ? {} : { filters: asJsonList(filters) }),
    ...(backendRefs.length === 0 ? {} : { backendRefs: asJsonList(backendRefs) }),
    ...(timeouts === undefined ? {} : { timeouts: asJson(timeouts) }),
    ...(retry === undefined ? {} : { retry: asJson(retry) }),
    ...(sessionPersistence === undefined ? {} : { sessionPersistence: prune(sessionPersistence) }),
  };
}

function ingressesOf(rules: readonly EmitRule[]): ReadonlySet<Ingress> {
  const ingresses = new Set<Ingress>();
  for (const { rule } of rules) for (const ingress of rule.ingresses) ingresses.add(ingress);
  return ingresses;
}

interface RouteTools {
  readonly context: EmitContext;
  readonly parents: ParentRefs;
  readonly labels: Labeller;
  readonly report: (finding: Finding) => void;
}

function emitRoute({ group, part }: NamelessRoute, name: string, { context, parents, labels, report }: RouteTools): EmittedRoute {
  const { namespace, kind, scope } = group;
  const { rules, hostnames } = part;
  const { policies, ruleNames } = targetPolicies(rules);
  const ownLabels = labels(ingressesOf(rules));
  const annotations = annotationsOfRoute(rules, `${namespace}/${name}`, report);
  const object: GatewayObject = {
    apiVersion: routeVersion(kind, context.profile),
    kind,
    metadata: {
      name,
      namespace,
      ...(ownLabels.size === 0 ? {} : { labels: Object.fromEntries(ownLabels) }),
      ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
    },
    spec: {
      parentRefs: parents({ hostnames, namespace, kind, scope }),
      ...(hostnames.length === 0 ? {} : { hostnames }),
      rules: rules.map((rule) => ruleJson(rule, ruleNames.get(rule))),
    },
  };
  return { object, namespace, rules, policies };
}

/** The routes of the plan: one per host, namespace, kind and listener scope, and more where limits or policies ask for them. */
export function emitRoutes(context: EmitContext, parents: ParentRefs, taken: TakenNames, report: (finding: Finding) => void): readonly EmittedRoute[] {
  const nameless = groupRules(context).flatMap((group) => {
    const parts = partsOf(group, context);
    return parts.map((part, index): NamelessRoute => ({ group, part, number: index + 1, count: parts.length }));
  });
  const names = nameRoutes(nameless, taken);
  const tools: RouteTools = { context, parents, labels: createLabeller(), report };
  return nameless.map((route, index) => emitRoute(route, names[index] ?? '', tools));
}
