import type { Finding } from '../diagnostics/finding.ts';

/** Collects findings; the same fact about the same annotation, met on every location of an Ingress, is kept once. */
export interface FindingSink {
  readonly add: (findings: readonly Finding[] | undefined) => void;
  readonly all: () => readonly Finding[];
}

export function createSink(): FindingSink {
  const findings: Finding[] = [];
  const seen = new Map<unknown, Set<string>>();
  const addOne = (finding: Finding): void => {
    const key = `${finding.code}\n${finding.annotation ?? ''}\n${Object.values(finding.args).join('\n')}`;
    let ofObject = seen.get(finding.object);
    if (ofObject === undefined) seen.set(finding.object, (ofObject = new Set()));
    if (ofObject.has(key)) return;
    ofObject.add(key);
    findings.push(finding);
  };
  return { add: (list) => list?.forEach(addOne), all: () => findings };
}
