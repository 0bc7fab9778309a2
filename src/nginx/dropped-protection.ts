import { aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import type { AnnotationName } from './annotation-table.ts';
import { wildcardOf } from './certificates.ts';
import { CATCH_ALL, type LeftIngress } from './configuration.ts';
import { isFatal } from './drop-rules.ts';
import { hostText, nameOf } from './naming.ts';
import { codes } from './refusal-codes.ts';
import type { AnnotationReader, ReadAnnotations } from './reader.ts';
import { serverName } from './servers.ts';

/** Each of these sets up a protection by itself; their companions do not. */
const protections: readonly AnnotationName[] = [
  'auth-type',
  'auth-url',
  'auth-tls-secret',
  'allowlist-source-range',
  'whitelist-source-range',
  'denylist-source-range',
  'limit-rps',
  'limit-rpm',
  'limit-connections',
  'enable-modsecurity',
];

/** A value that itself is why the Ingress is dropped never protected anything. */
function isUsable(reader: AnnotationReader, name: AnnotationName): boolean {
  const raw = reader.raw(name) ?? '';
  return raw !== '' && !isFatal(name, raw, reader);
}

/** The host whose other rules would take the requests of a dropped Ingress. */
function inheritedHost(ingress: Ingress, hosts: ReadonlySet<string>): string | undefined {
  const names = ingress.rules.map(({ host }) => serverName(host)).sort(compareText);
  return names.find((name) => hosts.has(name) || (name !== CATCH_ALL && hosts.has(wildcardOf(name))));
}

/**
 * A dropped Ingress that protects its paths, on a host that others serve: requests for those paths then go to the rules that are left.
 * nginx does the same after a restart, but until then it may still serve the last valid version, protection included.
 */
export function sayDroppedProtections(left: readonly LeftIngress[], hosts: ReadonlySet<string>, read: ReadAnnotations, findings: Finding[]): void {
  for (const { ingress, status } of left) {
    if (status !== 'refused') continue;
    const reader = read(ingress);
    const protection = protections.find((name) => isUsable(reader, name));
    const host = protection === undefined ? undefined : inheritedHost(ingress, hosts);
    if (protection === undefined || host === undefined) continue;
    const args = { ingress: nameOf(ingress.ref), host: hostText(host), annotation: reader.key(protection) };
    findings.push(raise(codes, 'dropped/protection', aboutIngress(ingress), args));
  }
}
