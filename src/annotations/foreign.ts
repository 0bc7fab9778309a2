import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import type { Intent } from '../plan/intents.ts';
import type { FallbackReading } from './fallback-reading.ts';
import { codes } from './foreign-codes.ts';
import { externalDnsDefault, externalDnsNames, externalDnsPrefixes, foreignKeys, foreignPrefixes, ownPrefix, type ForeignTreatment } from './foreign-table.ts';

const inert = (finding: Finding): FallbackReading => ({ state: 'inert', intents: [], findings: [finding] });
const effective = (intents: readonly Intent[], ...findings: readonly Finding[]): FallbackReading => ({ state: 'effective', intents, findings });

/** Key syntax: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set */
const domain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/i;
const name = /^[a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?$/i;

function isValidKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash < 0) return name.test(key);
  return slash <= 253 && domain.test(key.slice(0, slash)) && name.test(key.slice(slash + 1));
}

function copy(ingress: Ingress, key: string, on: 'route' | 'gateway', written = key): Intent {
  return { kind: 'metadata', from: [{ ingress, key }], on, annotations: new Map([[written, ingress.annotations.get(key) ?? '']]) };
}

/** One finding per Ingress and reader, not per annotation: on the key that sorts first. */
function isFirst(ingress: Ingress, key: string, ofReader: (prefix: string) => boolean): boolean {
  for (const other of ingress.annotations.keys()) {
    if (ofReader(prefixOf(other)) && compareText(other, key) < 0) return false;
  }
  return true;
}

function prefixOf(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? '' : key.slice(0, slash);
}

function readExternalDns(ingress: Ingress, key: string, prefix: string): FallbackReading {
  const treatment = externalDnsNames.get(key.slice(prefix.length + 1)) ?? externalDnsDefault;
  const written = treatment.kind === 'route' && treatment.rename !== undefined ? `${prefix}/${treatment.rename}` : key;
  return effective([copy(ingress, key, treatment.kind === 'gateway' ? 'gateway' : 'route', written)]);
}

/**
 * What keeps cert-manager from issuing anything for an Ingress.
 * Source: https://github.com/cert-manager/cert-manager/blob/v1.21.1/pkg/controller/certificate-shim/sync.go (hasShimAnnotation, validateIngressTLSBlock)
 */
function missingForCertificate({ annotations, tls }: Ingress): string | undefined {
  if (!tls.some(({ hosts, secretName }) => hosts.length > 0 && secretName !== '')) return 'no tls entry with hosts and a secretName';
  return ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer', 'kubernetes.io/tls-acme'].some((key) => annotations.has(key)) ? undefined : 'no annotation that names an issuer';
}

/** A certificate is issued for a Gateway by the same annotations; that cert-manager must watch Gateways is said once a run, where they are written. */
function readCertManager(ingress: Ingress, key: string, kind: 'certificate' | 'challenge'): FallbackReading {
  const about = aboutAnnotation(ingress, key);
  const missing = missingForCertificate(ingress);
  if (missing !== undefined) return inert(raise(codes, 'foreign/no-certificate', about, { annotation: key, missing }));
  return kind === 'certificate' ? effective([copy(ingress, key, 'gateway')]) : effective([], raise(codes, 'foreign/challenge-place', about, { annotation: key }));
}

/** An Ingress with annotations of Argo CD is shown by it; once an Ingress. */
function lostLink(ingress: Ingress, key: string): readonly Finding[] {
  if (prefixOf(key) !== 'argocd.argoproj.io' || !isFirst(ingress, key, (other) => other === 'argocd.argoproj.io')) return [];
  const linked = [...ingress.annotations.keys()].some((other) => prefixOf(other) === 'link.argocd.argoproj.io');
  return linked || ingress.annotations.get('argocd.argoproj.io/ignore-default-links') === 'true' ? [] : [raise(codes, 'foreign/argocd-link', aboutAnnotation(ingress, key), {})];
}

function treat(ingress: Ingress, key: string, treatment: ForeignTreatment): FallbackReading {
  const about = aboutAnnotation(ingress, key);
  const args = { annotation: key };
  switch (treatment.kind) {
    case 'structural':
      return effective([]);
    case 'own':
      return inert(raise(codes, 'foreign/own', about, { ...args, value: ingress.annotations.get(key) ?? '' }));
    case 'drop':
      return { state: 'inert', intents: [], findings: [raise(codes, 'foreign/bookkeeping', about, { ...args, reader: treatment.reader, reason: treatment.because }), ...lostLink(ingress, key)] };
    case 'other-object':
      return inert(raise(codes, 'foreign/other-object', about, { ...args, reader: treatment.reader, kind: treatment.of }));
    case 'controller':
      return inert(raise(codes, 'foreign/other-controller', about, { ...args, controller: treatment.reader }));
    case 'gateway':
      return effective([copy(ingress, key, 'gateway')]);
    case 'certificate':
    case 'challenge':
      return readCertManager(ingress, key, treatment.kind);
    case 'route':
      // About the program, so once a run and about no Ingress: the annotation itself is where it was.
      if (treatment.watches === true) return effective([copy(ingress, key, 'route')], raise(codes, 'foreign/reader-must-watch-routes', {}, { reader: treatment.reader }));
      return effective([copy(ingress, key, 'route')], ...lostLink(ingress, key));
    case 'ingress-only': {
      const { reader, effect, advice } = treatment;
      const code = treatment.risk === 'none' ? 'foreign/ingress-only' : 'foreign/ingress-only-needed';
      return effective([], raise(codes, code, about, { ...args, reader, effect, advice }));
    }
  }
}

/** Reads an annotation that some other program owns, or that nobody known does: it is copied, moved, dropped or reported, by one table. */
export function readOtherProgram(ingress: Ingress, key: string): FallbackReading {
  const about = aboutAnnotation(ingress, key);
  if (!isValidKey(key)) return inert(raise(codes, 'foreign/invalid-key', about, { annotation: key }));
  const prefix = prefixOf(key);
  if (prefix === ownPrefix && !foreignKeys.has(key)) return inert(raise(codes, 'foreign/own-unknown', about, { annotation: key }));
  if (externalDnsPrefixes.has(prefix)) return readExternalDns(ingress, key, prefix);
  const treatment = foreignKeys.get(key) ?? foreignPrefixes.get(prefix);
  if (treatment !== undefined) return treat(ingress, key, treatment);
  return effective([copy(ingress, key, 'route')], raise(codes, 'foreign/copied', about, { annotation: key }));
}

/** True when the table has a row for the key: it is then nobody's typing error. */
export function isKnownForeign(key: string): boolean {
  const prefix = prefixOf(key);
  return prefix === ownPrefix || foreignKeys.has(key) || foreignPrefixes.has(prefix) || externalDnsPrefixes.has(prefix);
}
