import type { Finding } from '../diagnostics/finding.ts';
import { sha256 } from '../model/digest.ts';
import { compareText } from '../model/object.ts';

/**
 * Identity of a finding from run to run: the code, the object, the annotation and the names within the object.
 *
 * It holds neither file nor line, so that it survives moved lines and renamed files; no API version, so that an Ingress may move from
 * `extensions/v1beta1` to `networking.k8s.io/v1`; no values and amounts, since a limit of 20 is lost like the limit of 10 that was
 * accepted; and no words of the tool's own, which change between its versions. What is equal then is numbered.
 *
 * Baselines hold fingerprints: a change here makes every old finding a new one, and needs a new version of their format.
 */
const identifying = new Set([
  'alias', 'class', 'cookie', 'field', 'flag', 'header', 'host', 'issuer', 'key', 'map', 'name', 'origin', 'path', 'port', 'secret', 'service', 'setting', 'url',
]);

/** `spec.rules[3].host`: the place in the list moves when something is put before it. */
const listIndex = /\[\d+\]/gu;

function identityOf({ code, object, annotation, args }: Finding): string {
  const names = Object.keys(args)
    .filter((name) => identifying.has(name))
    .sort(compareText)
    .map((name) => [name, name === 'field' ? (args[name] ?? '').replace(listIndex, '[]') : args[name]]);
  return JSON.stringify([code, object?.kind ?? '', object?.namespace ?? '', object?.name ?? '', annotation ?? '', names]);
}

/** 128 bits: no two of ten million findings meet by chance. */
const digest = (text: string): string => sha256(text).slice(0, 32);

/** Findings of one identity in an order that depends on nothing but what they say. */
function numbered(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 1) return findings;
  return findings
    .map((finding) => ({ finding, text: JSON.stringify(finding.args) }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ finding }) => finding);
}

/** A fingerprint for each finding of one run, 32 hexadecimal digits, no two alike; the same whatever the order of the findings. */
export function fingerprintsOf(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const byIdentity = new Map<string, Finding[]>();
  for (const finding of findings) {
    const identity = identityOf(finding);
    const equal = byIdentity.get(identity);
    if (equal === undefined) byIdentity.set(identity, [finding]);
    else equal.push(finding);
  }
  const fingerprints = new Map<Finding, string>();
  for (const [identity, equal] of byIdentity) {
    for (const [index, finding] of numbered(equal).entries()) fingerprints.set(finding, digest(`${identity} ${index + 1}`));
  }
  return fingerprints;
}
