import { aboutAnnotation, aboutIngress, type Subject } from '../diagnostics/finding.ts';
import type { Intent } from '../plan/intents.ts';
import type { PlanRule } from '../plan/plan.ts';

/** What a finding about an intent is about: its first annotation, the others with it; without any, the Ingress of the rule. */
export function subjectOf(intent: Intent, context: { readonly rule?: PlanRule }): Subject {
  const [first, ...others] = intent.from;
  if (first !== undefined) {
    return { ...aboutAnnotation(first.ingress, first.key), also: others.filter((use) => use.ingress === first.ingress).map((use) => use.key) };
  }
  const ingress = context.rule?.location.ingress;
  return ingress === undefined ? {} : aboutIngress(ingress);
}
