import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress, IngressTls } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import { codes } from './codes.ts';
import type { EmitContext } from './context.ts';
import type { GatewayPlan } from './layout.ts';

type Report = (finding: Finding) => void;

const issuerKeys = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'] as const;

/** Every Ingress that has a rule. */
const ingressesOf = ({ plan }: EmitContext): ReadonlySet<Ingress> => new Set(plan.rules.flatMap(({ ingresses }) => ingresses));

/** A certificate that cert-manager makes for an Ingress today. */
interface Asked {
  readonly ingress: Ingress;
  readonly annotation: string;
  /** `NAMESPACE/NAME` of the Secret. */
  readonly secret: string;
  readonly hosts: IngressTls['hosts'];
}

function askedBy(ingress: Ingress): readonly Asked[] {
  const annotation = issuerKeys.find((key) => ingress.annotations.has(key));
  if (annotation === undefined) return [];
  const entries = ingress.tls.filter(({ hosts, secretName }) => hosts.length > 0 && secretName !== '');
  return entries.map(({ hosts, secretName }) => ({ ingress, annotation, secret: `${ingress.ref.namespace}/${secretName}`, hosts: hosts.map((host) => host.toLowerCase()) }));
}

/** Listeners of one Secret: their hosts, and the Gateways they are on. */
interface Users {
  readonly hostnames: Set<string>;
  readonly gateways: Set<GatewayPlan>;
}

function usersBySecret(gateways: readonly GatewayPlan[]): ReadonlyMap<string, Users> {
  const bySecret = new Map<string, Users>();
  for (const gateway of gateways) {
    for (const { source, hostname } of gateway.listeners) {
      if (source?.certificate === undefined) continue;
      const secret = `${source.certificate.namespace}/${source.certificate.name}`;
      let users = bySecret.get(secret);
      if (users === undefined) bySecret.set(secret, (users = { hostnames: new Set(), gateways: new Set() }));
      users.hostnames.add(hostname);
      users.gateways.add(gateway);
    }
  }
  return bySecret;
}

const sorted = (names: Iterable<string>): string => [...new Set(names)].sort(compareText).join(', ');

/** Another Ingress may ask for the same Secret: together they name its hosts. */
function namesBySecret(asked: readonly Asked[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { secret, hosts } of asked) {
    const known = names.get(secret);
    if (known === undefined) names.set(secret, [...hosts]);
    else known.push(...hosts);
  }
  return names;
}

/**
 * What becomes of the certificates that cert-manager makes for Ingresses. Where the annotations could not be put on the Gateway, that is told
 * already; where they are, it issues what the listeners name: one certificate for each Secret, with their hostnames.
 * Source: https://github.com/cert-manager/cert-manager/blob/v1.21.1/pkg/controller/certificate-shim/sync.go (buildCertificates)
 */
export function reportCertificates(gateways: readonly GatewayPlan[], written: ReadonlyMap<string, ReadonlyMap<string, string>>, context: EmitContext, report: Report): void {
  const ingresses = ingressesOf(context);
  const asked = [...ingresses].flatMap(askedBy);
  if (asked.length === 0) return;
  const users = usersBySecret(gateways);
  const names = namesBySecret(asked);
  for (const { ingress, annotation, secret } of asked) {
    const used = users.get(secret);
    if (used === undefined) report(raise(codes, 'gateway/certificate-unused', aboutAnnotation(ingress, annotation), { secret }));
    else {
      const wanted = sorted(names.get(secret) ?? []);
      const issued = sorted(used.hostnames);
      const isWritten = [...used.gateways].every(({ name }) => written.get(name)?.has(annotation) === true);
      if (isWritten && issued !== wanted) report(raise(codes, 'gateway/certificate-names', aboutAnnotation(ingress, annotation), { secret, names: issued, asked: wanted, annotation }));
    }
  }
  const issuing = gateways.filter(({ name }) => issuerKeys.some((key) => written.get(name)?.has(key) === true));
  if (issuing.length === 0) return;
  const issuers = sorted(issuing.flatMap(({ name }) => issuerKeys.flatMap((key) => written.get(name)?.get(key) ?? [])));
  report(raise(codes, 'gateway/cert-manager', {}, { gateways: issuing.map(({ name }) => `Gateway ${name}`).join(', '), issuers }));
}

/** The Gateway is somebody else's: what belongs on it is told to each Ingress that has it. */
export function reportUnwritten(context: EmitContext, report: Report): void {
  const keys = new Set(context.plan.listeners.flatMap(({ gatewayAnnotations }) => [...gatewayAnnotations.keys()]));
  if (keys.size === 0) return;
  const ingresses = ingressesOf(context);
  for (const ingress of ingresses) {
    const [annotation, ...also] = [...ingress.annotations.keys()].filter((key) => keys.has(key)).sort(compareText);
    if (annotation === undefined) continue;
    report(raise(codes, 'gateway/existing-annotation', { ...aboutAnnotation(ingress, annotation), also }, { annotations: [annotation, ...also].join(', '), gateway: context.gateway.name }));
  }
}
