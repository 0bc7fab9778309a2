import type { GatewayObject } from '../model/gateway.ts';
import type { ObjectProblem } from './references.ts';
import { isRoute, routeOf } from './shapes.ts';

/**
 * A rule without backends answers 500, or redirects. Until it does so a RequestMirror filter would still hand each request to a backend,
 * past the protection for whose sake the rule is closed (docs/adr/0006-validity.md).
 */
export function closedRuleProblems(objects: readonly GatewayObject[]): readonly ObjectProblem[] {
  return objects.filter(isRoute).flatMap((object) =>
    (routeOf(object).rules ?? []).flatMap(({ backendRefs = [], filters = [] }, index) => {
      if (backendRefs.length > 0 || filters.some(({ type }) => type === 'RequestRedirect')) return [];
      const mirror = filters.findIndex(({ type }) => type === 'RequestMirror');
      return mirror < 0 ? [] : [{ object, path: `spec.rules[${index}].filters[${mirror}]`, message: 'a rule without backends mirrors its requests' }];
    }),
  );
}
