import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import type { LoweredListener } from '../targets/lowered.ts';
import { codes } from './codes.ts';
import type { EmitContext } from './context.ts';
import type { GatewayPlan } from './layout.ts';
import { listenerHosts } from './listeners.ts';

type Report = (finding: Finding) => void;
type Certificate = NonNullable<LoweredListener['certificate']>;

/** cert-manager reads the annotations for each HTTPS listener; other readers for the Gateway as a whole. */
const isCertificateKey = (key: string): boolean => /^(?:acme\.|venafi\.)?cert-manager\.io\//.test(key);

/** Ingresses behind each hostname, '' for the catch-all. */
function ingressesByHost({ plan }: EmitContext): ReadonlyMap<string, ReadonlySet<Ingress>> {
  const byHost = new Map<string, Set<Ingress>>();
  for (const { hostnames, ingresses } of plan.rules) {
    for (const hostname of listenerHosts(hostnames)) {
      let known = byHost.get(hostname);
      if (known === undefined) byHost.set(hostname, (known = new Set()));
      for (const ingress of ingresses) known.add(ingress);
    }
  }
  return byHost;
}

/** Somebody the annotation would apply to, and the value asked for. */
interface Voter {
  readonly value: string | undefined;
  readonly ingresses: Iterable<Ingress>;
}

/** The value, if all ask for the same one; otherwise those who ask for one are told. */
function agreed(key: string, voters: readonly Voter[], gateway: string, report: Report): string | undefined {
  const [first] = voters;
  if (first?.value !== undefined && voters.every(({ value }) => value === first.value)) return first.value;
  const told = new Set<Ingress>();
  for (const { value, ingresses } of voters) {
    if (value === undefined) continue;
    for (const ingress of ingresses) if (ingress.annotations.has(key)) told.add(ingress);
  }
  for (const ingress of told) report(raise(codes, 'gateway/annotation-conflict', aboutAnnotation(ingress, key), { annotation: key, gateway }));
  return undefined;
}

/** Whoever asks for the certificate today is told; another Ingress of the host has one of its own. */
function reportElsewhere({ namespace, name }: Certificate, annotations: ReadonlyMap<string, string>, ingresses: Iterable<Ingress>, gateway: string, report: Report): void {
  const secret = `${namespace}/${name}`;
  for (const ingress of ingresses) {
    if (ingress.ref.namespace !== namespace || !ingress.tls.some(({ secretName }) => secretName === name)) continue;
    const [annotation, ...also] = [...annotations.keys()].filter((key) => isCertificateKey(key) && ingress.annotations.has(key)).sort(compareText);
    if (annotation === undefined) continue;
    report(raise(codes, 'gateway/certificate-elsewhere', { ...aboutAnnotation(ingress, annotation), also }, { annotation, secret, gateway }));
  }
}

/**
 * Annotations of each Gateway, by its name. Whatever stands there applies to all of its listeners, so it is written only when nobody else is
 * changed by it: cert-manager would issue anew, and overwrite, the certificate of a host that never asked for it.
 * Source: https://cert-manager.io/docs/usage/gateway/
 */
export function annotationsOfGateways(gateways: readonly GatewayPlan[], context: EmitContext, report: Report): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const keys = [...new Set(context.plan.listeners.flatMap(({ gatewayAnnotations }) => [...gatewayAnnotations.keys()]))].sort(compareText);
  if (keys.length === 0) return new Map();
  const byHost = ingressesByHost(context);
  const behind = (hostname: string): ReadonlySet<Ingress> => byHost.get(hostname) ?? new Set();
  return new Map(gateways.map((gateway) => [gateway.name, annotationsOf(gateway, keys, behind, context, report)]));
}

function annotationsOf(
  { name, listeners, hostnames }: GatewayPlan,
  keys: readonly string[],
  behind: (hostname: string) => ReadonlySet<Ingress>,
  { gateway }: EmitContext,
  report: Report,
): ReadonlyMap<string, string> {
  const annotations = new Map<string, string>();
  // cert-manager passes over listeners without a hostname.
  const local = listeners.filter(({ source, hostname }) => hostname !== '' && source?.certificate?.namespace === gateway.namespace);
  const ingresses = new Set(hostnames.flatMap((hostname) => [...behind(hostname)]));
  for (const key of keys) {
    const voters = isCertificateKey(key)
      ? local.map(({ source, hostname }): Voter => ({ value: source?.gatewayAnnotations.get(key), ingresses: behind(hostname) }))
      : [...ingresses].map((ingress): Voter => ({ value: ingress.annotations.get(key), ingresses: [ingress] }));
    const value = agreed(key, voters, name, report);
    if (value !== undefined) annotations.set(key, value);
  }
  for (const { source, hostname } of listeners) {
    const certificate = source?.certificate;
    if (source === undefined || certificate === undefined || certificate.namespace === gateway.namespace) continue;
    reportElsewhere(certificate, source.gatewayAnnotations, behind(hostname), name, report);
  }
  return annotations;
}
