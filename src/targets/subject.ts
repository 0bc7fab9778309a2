import type { Subject } from '../diagnostics/finding.ts';
import { annotationOrigin, ingressOrigin } from '../model/ingress.ts';
import type { Server } from '../nginx/configuration.ts';
import type { Intent } from '../plan/intents.ts';
import type { PlanRule } from '../plan/plan.ts';

/** The annotations behind an intent: the first is named, all of them share the outcome. The key of the ConfigMap when one is behind it, its rule when a default is. */
export function subjectOf({ from, setting }: Intent, context: { readonly rule?: PlanRule }): Subject {
  const [first, ...others] = from;
  if (first === undefined && setting !== undefined) return setting.about;
  if (first === undefined) return context.rule === undefined ? {} : aboutRule(context.rule);
  const { ingress, key } = first;
  const also = others.filter((use) => use.ingress === ingress).map((use) => use.key);
  return { object: ingress.ref, origin: annotationOrigin(ingress, key), annotation: key, also };
}

/** The path of a rule, or its Ingress when the rule has none. */
export function aboutRule({ location }: PlanRule): Subject {
  const { ingress, rule } = location;
  if (ingress === undefined) return {};
  return { object: ingress.ref, origin: rule?.origin ?? ingressOrigin(ingress) };
}

/** The first Ingress of a host. */
export function aboutHost({ ingresses }: Server): Subject {
  const [ingress] = ingresses;
  return ingress === undefined ? {} : { object: ingress.ref, origin: ingressOrigin(ingress) };
}

/** Name of a host in messages. */
export function hostName(server: Server): string {
  return server.host === '_' ? 'the catch-all host' : server.host;
}
