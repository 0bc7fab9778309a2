import type { Acceptance } from '../diagnostics/acceptance.ts';
import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { codes } from './codes.ts';
import { isDay } from './days.ts';

/** Annotation by which an Ingress accepts losses of its own: `CODE, CODE until YYYY-MM-DD`. */
export const acceptKey = 'gwmigrate.dev/accept';

const entry = /^([a-z0-9-]+\/[a-z0-9-]+)(?:\s+until\s+(\S+))?$/u;

export interface InlineAcceptances {
  readonly value: readonly Acceptance[];
  readonly findings: readonly Finding[];
}

function readOne(ingress: Ingress, raw: string): InlineAcceptances {
  const about = aboutAnnotation(ingress, acceptKey);
  const object = `${ingress.ref.namespace}/${ingress.ref.name}`;
  const value: Acceptance[] = [];
  const findings: Finding[] = [];
  for (const part of raw.split(',').map((text) => text.trim())) {
    const match = entry.exec(part);
    const [, code, expires] = match ?? [];
    if (code === undefined || (expires !== undefined && !isDay(expires))) {
      findings.push(raise(codes, 'acceptance/invalid', about, { annotation: acceptKey, value: JSON.stringify(part) }));
    } else value.push({ code, object, expires, about });
  }
  return { value, findings };
}

/** What Ingresses accept for themselves. An Ingress speaks for its own findings and for no others'. */
export function readInlineAcceptances(ingresses: readonly Ingress[]): InlineAcceptances {
  const value: Acceptance[] = [];
  const findings: Finding[] = [];
  for (const ingress of ingresses) {
    const raw = ingress.annotations.get(acceptKey);
    if (raw === undefined) continue;
    const read = readOne(ingress, raw);
    value.push(...read.value);
    findings.push(...read.findings);
  }
  return { value, findings };
}
