import { aboutIngress, raise, type Finding, type Subject } from '../diagnostics/finding.ts';
import type { IngressTls } from '../model/ingress.ts';
import type { Inventory } from '../model/inventory.ts';
import { objectKey } from '../model/object.ts';
import { CATCH_ALL, type ServerTls } from './configuration.ts';
import type { ServerDraft } from './drafts.ts';
import type { IngressFacts } from './facts.ts';
import { listOf, nameOf } from './naming.ts';
import { codes } from './server-codes.ts';
import { serverName } from './servers.ts';

type Certificate = ServerTls['certificate'];

/** `*.x` for `a.x`: nginx and certificates let the star stand for one label. */
export function wildcardOf(host: string): string {
  return `*${host.slice(Math.max(0, host.indexOf('.')))}`;
}

function aboutTls(facts: IngressFacts, entry: IngressTls): Subject {
  return { object: facts.ingress.ref, origin: entry.origin };
}

function secretOf(facts: IngressFacts, entry: IngressTls): Certificate {
  const { ingress } = facts;
  return { kind: 'secret', namespace: ingress.ref.namespace, name: entry.secretName, ingress, origin: entry.origin };
}

/** Whether the input shows that a Secret holds no certificate with its key. Where it shows no keys, or no Secret, nothing is known. */
function isUnusable({ ingress }: IngressFacts, { secretName }: IngressTls, secrets: Inventory['secrets']): boolean {
  const keys = secrets.get(objectKey(ingress.ref.namespace, secretName))?.keys;
  return keys !== undefined && keys.size > 0 && !(keys.has('tls.crt') && keys.has('tls.key'));
}

function ofListed(facts: IngressFacts, entry: IngressTls, host: string, { secrets }: Pick<Inventory, 'secrets'>, findings: Finding[]): Certificate {
  if (entry.secretName === '') return { kind: 'default', reason: 'no-secret-name' };
  if (!isUnusable(facts, entry, secrets)) return secretOf(facts, entry);
  findings.push(raise(codes, 'certificate/unusable-secret', aboutTls(facts, entry), { host, secret: entry.secretName, ingress: nameOf(facts.ingress.ref) }));
  return { kind: 'default', reason: 'unusable-secret' };
}

/**
 * The entry whose Secret nginx would use if its certificate covers the host: one that lists the wildcard of the host, or one that lists no
 * host at all. Certificates are not read, so this is an assumption that is told.
 */
function likelyEntry(facts: IngressFacts, host: string): IngressTls | undefined {
  const wildcard = facts.tlsByHost.get(wildcardOf(host));
  if (wildcard !== undefined && wildcard.secretName !== '') return wildcard;
  return facts.ingress.tls.find(({ hosts, secretName }) => hosts.length === 0 && secretName !== '');
}

function choose(facts: IngressFacts, host: string, inventory: Pick<Inventory, 'secrets'>, findings: Finding[]): Certificate {
  const listed = facts.tlsByHost.get(host);
  if (listed !== undefined) return ofListed(facts, listed, host, inventory, findings);
  const ingress = nameOf(facts.ingress.ref);
  const entry = likelyEntry(facts, host);
  if (entry !== undefined && !isUnusable(facts, entry, inventory.secrets)) {
    findings.push(raise(codes, 'certificate/assumed', aboutTls(facts, entry), { host, secret: entry.secretName, ingress }));
    return secretOf(facts, entry);
  }
  const named = facts.ingress.tls.some(({ hosts }) => hosts.length > 0);
  if (!named) return { kind: 'default', reason: 'no-secret-name' };
  findings.push(raise(codes, 'certificate/host-not-listed', aboutIngress(facts.ingress), { host, ingress }));
  return { kind: 'default', reason: 'host-not-listed' };
}

/** A younger Ingress with another Secret for a host that is decided. */
function sayTaken(server: ServerDraft, facts: IngressFacts, owner: IngressFacts, findings: Finding[]): void {
  const entry = facts.tlsByHost.get(server.host);
  const decided = server.certificate?.value;
  if (entry === undefined || entry.secretName === '') return;
  if (decided?.kind === 'secret' && decided.name === entry.secretName && decided.namespace === facts.ingress.ref.namespace) return;
  const args = { secret: entry.secretName, ingress: nameOf(facts.ingress.ref), host: server.host, first: nameOf(owner.ingress.ref) };
  findings.push(raise(codes, 'certificate/taken', aboutTls(facts, entry), args));
}

/**
 * The certificate of a server: the first of its Ingresses with any tls section decides, for good.
 * Source: createServers in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
export function chooseCertificate(server: ServerDraft, inventory: Pick<Inventory, 'secrets'>, findings: Finding[]): void {
  for (const facts of server.members) {
    if (facts.ingress.tls.length === 0) continue;
    if (server.host === CATCH_ALL) {
      findings.push(raise(codes, 'certificate/host-less-rule', aboutIngress(facts.ingress), { ingress: nameOf(facts.ingress.ref) }));
    } else if (server.certificate === undefined) {
      server.certificate = { value: choose(facts, server.host, inventory, findings), owner: facts };
    } else {
      sayTaken(server, facts, server.certificate.owner, findings);
    }
  }
}

/**
 * What a server does about TLS once all certificates are chosen. A host without one answers like its one-level wildcard, redirect included.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/certificate.lua
 */
export function tlsOf(server: ServerDraft, servers: ReadonlyMap<string, ServerDraft>): ServerTls {
  if (server.host === CATCH_ALL) return { certificate: { kind: 'default', reason: 'host-less' }, redirects: false };
  const decided = server.certificate ?? servers.get(wildcardOf(server.host))?.certificate;
  return decided === undefined
    ? { certificate: { kind: 'default', reason: 'no-tls-section' }, redirects: false }
    : { certificate: decided.value, redirects: true };
}

/** Hosts of tls entries that no rule of the same Ingress names; aliases, www twins and names a rule's certificate may need are no mistake. */
export function sayHostsWithoutRule(facts: IngressFacts, findings: Finding[]): void {
  if (facts.tlsByHost.size === 0) return;
  const { ingress, aliases, reader } = facts;
  const ruled = new Set(ingress.rules.map(({ host }) => serverName(host)));
  const unruled = [...facts.tlsByHost.keys()].filter((host) => !ruled.has(host));
  if (unruled.length === 0) return;
  const twins = reader.isTrue('from-to-www-redirect') ? [...ruled].map((host) => (host.startsWith('www.') ? host.slice(4) : `www.${host}`)) : [];
  const used = new Set([...aliases, ...twins, ...[...ruled].map(wildcardOf)]);
  const idle = unruled.filter((host) => !used.has(host));
  if (idle.length === 0) return;
  findings.push(raise(codes, 'certificate/host-without-rule', aboutIngress(ingress), { ingress: nameOf(ingress.ref), hosts: listOf(idle) }));
}
