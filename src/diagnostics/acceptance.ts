import type { Finding } from './finding.ts';

/** One loss the user accepts by name: `CODE`, or `CODE@NAMESPACE/NAME` for the findings of one object. */
export interface Acceptance {
  readonly code: string;
  readonly object: string | undefined;
}

export function acceptsFinding(accept: readonly Acceptance[], finding: Finding): boolean {
  return accept.some(({ code, object }) => {
    if (code !== finding.code) return false;
    return object === undefined || (finding.object !== undefined && object === `${finding.object.namespace}/${finding.object.name}`);
  });
}
