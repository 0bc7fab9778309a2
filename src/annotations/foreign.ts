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
  const intents = [copy(ingress, key, treatment.kind === 'gateway' ? 'gateway' : 'route', written)];
  if (!isFirst(ingress, key, (other) => externalDnsPrefixes.has(other))) return effective(intents);
  return effective(intents, raise(codes, 'foreign/external-dns', aboutAnnotation(ingress, key), { annotation: key }));
}

/** Only the keys that name the issuer are commented; the others follow them in silence. */
function readCertManager(ingress: Ingress, key: string): FallbackReading {
  const about = aboutAnnotation(ingress, key);
  const intents = [copy(ingress, key, 'gateway')];
  if (key === 'cert-manager.io/cluster-issuer') return effective(intents, raise(codes, 'foreign/cert-manager', about, { annotation: key }));
  if (key.startsWith('venafi.')) return effective(intents, raise(codes, 'foreign/extra-certificate-annotation', about, { annotation: key }));
  if (key !== 'cert-manager.io/issuer') return effective(intents);
  const args = { annotation: key, issuer: ingress.annotations.get(key) ?? '', namespace: ingress.ref.namespace };
  return effective(intents, raise(codes, 'foreign/namespaced-issuer', about, args));
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
    case 'controller':
      return inert(raise(codes, 'foreign/other-controller', about, { ...args, controller: treatment.reader }));
    case 'gateway':
      return readCertManager(ingress, key);
    case 'route':
      if (treatment.watches !== true || !isFirst(ingress, key, (other) => other === prefixOf(key))) return effective([copy(ingress, key, 'route')], ...lostLink(ingress, key));
      return effective([copy(ingress, key, 'route')], raise(codes, 'foreign/reader-must-watch-routes', about, { ...args, reader: treatment.reader }));
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
