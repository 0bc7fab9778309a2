import { aboutAnnotation, aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import { compareText } from '../model/object.ts';
import { codes } from './codes.ts';
import type { EmitRule } from './emit-rule.ts';

const none: readonly (readonly [string, string])[] = [];

/** Annotations of a route, sorted by key: the first rule that has one decides its value, and the Ingress of another value is told. */
export function annotationsOfRoute(rules: readonly EmitRule[], route: string, report: (finding: Finding) => void): readonly (readonly [string, string])[] {
  let merged: Map<string, string> | undefined;
  for (const { rule } of rules) {
    if (rule.routeAnnotations.size === 0) continue;
    merged ??= new Map();
    for (const [key, value] of rule.routeAnnotations) {
      const known = merged.get(key);
      if (known === undefined) merged.set(key, value);
      const [ingress] = rule.ingresses;
      if (known === undefined || known === value || ingress === undefined) continue;
      const about = ingress.annotations.has(key) ? aboutAnnotation(ingress, key) : aboutIngress(ingress);
      report(raise(codes, 'route/annotation-conflict', about, { annotation: key, route }));
    }
  }
  return merged === undefined ? none : [...merged].sort(([a], [b]) => compareText(a, b));
}
