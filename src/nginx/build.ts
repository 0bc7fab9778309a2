import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Inventory } from '../model/inventory.ts';
import { compareText } from '../model/object.ts';
import { sayAbsent } from './absent.ts';
import { attachCanaries } from './attach-canary.ts';
import { chooseCertificate, sayHostsWithoutRule, tlsOf } from './certificates.ts';
import { CATCH_ALL, type Denial, type EffectiveConfiguration, type LeftIngress, type Server, type ServerAlias, type ServerTls } from './configuration.ts';
import type { ServerDraft } from './drafts.ts';
import { dropChecks, refusalOf, type DropChecks } from './drop.ts';
import { sayDroppedProtections } from './dropped-protection.ts';
import { assumptionOf, readFacts, type IngressFacts } from './facts.ts';
import { regexModeOf, writeLocations } from './locations.ts';
import { addLocations } from './merge.ts';
import { hostText } from './naming.ts';
import { inControllerOrder } from './order.ts';
import { annotationReaders } from './reader.ts';
import { codes } from './refusal-codes.ts';
import { selectIngresses } from './select.ts';
import type { Selection } from './selection.ts';
import { addServers, catchAllOf, fallbackBackend, serverName, type Build } from './servers.ts';
import type { ControllerSettings } from './settings.ts';
import { readStreams } from './streams.ts';
import { undecidedOrder } from './undecided.ts';
import { Upstreams } from './upstreams.ts';

/** Takes out what the controller drops. */
function keepValid(ingresses: readonly Ingress[], checks: DropChecks, left: LeftIngress[], findings: Finding[]): readonly Ingress[] {
  return ingresses.filter((ingress) => {
    const refusal = refusalOf(ingress, checks);
    if (refusal === undefined) return true;
    left.push({ ingress, status: 'refused', reason: refusal.reason });
    findings.push(refusal.finding);
    return false;
  });
}

/** By host of its paths, the first Ingress with an authority for client certificates; the last one where none has. */
function certificateOwners(all: readonly IngressFacts[]): ReadonlyMap<string, IngressFacts> {
  const owners = new Map<string, IngressFacts>();
  for (const facts of all) {
    for (const { host, paths } of facts.ingress.rules) if (paths.length > 0 && owners.get(host)?.authority !== true) owners.set(host, facts);
  }
  return owners;
}

function hostDenial({ hostFault, ingress, reader }: IngressFacts, host: string): Finding {
  const annotation = reader.key(hostFault?.annotation ?? 'auth-tls-match-cn');
  const subject = aboutAnnotation(ingress, annotation);
  if (hostFault === undefined) return raise(codes, 'denied/certificate-name', { ...subject, also: [reader.key('auth-tls-secret')] }, { host: hostText(host), annotation });
  return raise(codes, 'denied/client-certificate', subject, { host: hostText(host), annotation, problem: hostFault.problem });
}

/**
 * Hosts that answer 403, by the first Ingress whose certificate authority cannot be read; a canary's counts too, and where nobody else serves its
 * host the server of unknown hosts answers so. Measured. They answer so as well when they compare a name in a certificate that nobody is asked for.
 * Source: getBackendServers in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
function hostDenials(all: readonly IngressFacts[], build: Build): ReadonlyMap<string, Denial> {
  const denials = new Map<string, Denial>();
  const owners = certificateOwners(all);
  for (const facts of all) {
    const { hostFault, ingress, missingName, reader } = facts;
    if (hostFault !== undefined) build.findings.push(...assumptionOf(ingress, reader.key(hostFault.annotation), hostFault));
    for (const { host, paths } of ingress.rules) {
      if (hostFault === undefined && !(missingName && owners.get(host) === facts)) continue;
      const name = build.servers.has(serverName(host)) ? serverName(host) : CATCH_ALL;
      if (denials.has(name) || paths.length === 0) continue;
      const finding = hostDenial(facts, name);
      build.findings.push(finding);
      denials.set(name, { status: 403, finding });
      if (name === CATCH_ALL) catchAllOf(build);
    }
  }
  return denials;
}

const noCertificate: ServerTls['certificate'] = { kind: 'default', reason: 'no-tls-section' };

/** Of the servers that have an alias, in their order. */
interface AliasOwners {
  readonly first: ReadonlyMap<string, ServerDraft>;
  readonly last: ReadonlyMap<string, ServerDraft>;
}

/** Aliases equal to a host lose; an alias of several hosts stays with the alphabetically first. */
function aliasesOf(server: ServerDraft, servers: ReadonlyMap<string, ServerDraft>, owners: AliasOwners): readonly ServerAlias[] {
  if (server.aliases === undefined) return [];
  const { names, ingress } = server.aliases;
  const kept = names.filter((name) => name !== CATCH_ALL && !servers.has(name) && owners.first.get(name) === server);
  return kept.map((name) => ({ name, ingress, certificate: owners.last.get(name)?.certificate?.value ?? noCertificate }));
}

function aliasOwners(ordered: readonly ServerDraft[]): AliasOwners {
  const owned = ordered.flatMap((server) => (server.aliases?.names ?? []).map((name) => [name, server] as const));
  return { first: new Map(owned.toReversed()), last: new Map(owned) };
}

function compareServers(a: ServerDraft, b: ServerDraft): number {
  if (a.host === CATCH_ALL || b.host === CATCH_ALL) return a.host === CATCH_ALL ? -1 : 1;
  return compareText(a.host, b.host);
}

function writeServers(build: Build, all: readonly IngressFacts[]): readonly Server[] {
  const { servers, settings, findings } = build;
  const denials = hostDenials(all, build);
  const ordered = [...servers.values()].sort(compareServers);
  for (const server of ordered) chooseCertificate(server, build.inventory, findings);
  const owners = aliasOwners(ordered);
  return ordered.map((server): Server => {
    const undecided = undecidedOrder(server, settings);
    if (undecided !== undefined) findings.push(undecided);
    const regex = regexModeOf(server);
    return {
      host: server.host,
      aliases: aliasesOf(server, servers, owners),
      regex,
      tls: tlsOf(server, servers),
      locations: writeLocations(server, regex !== undefined, denials.get(server.host), findings),
      ingresses: server.members.map(({ ingress }) => ingress),
    };
  });
}

const snippetNames = ['configuration-snippet', 'server-snippet', 'stream-snippet', 'auth-snippet', 'modsecurity-snippet'] as const;

/** The ConfigMap allows snippets and does not say whether it is one for a controller with risk levels. */
function sayAssumedSnippets(all: readonly IngressFacts[], settings: ControllerSettings, findings: Finding[]): void {
  if (settings.allowSnippets !== true || settings.annotationsRiskLevel !== undefined) return;
  for (const { ingress, reader } of all) {
    const name = snippetNames.find((snippet) => reader.raw(snippet) !== undefined);
    if (name === undefined) continue;
    findings.push(raise(codes, 'snippets/allowed-before-risk-levels', aboutAnnotation(ingress, reader.key(name)), {}));
    return;
  }
}

/**
 * What ingress-nginx would serve for the whole inventory, merged over all Ingresses. Pure, and linear in Ingresses, rules, paths and tls
 * entries; the order of the inventory does not matter.
 */
export function buildConfiguration(inventory: Inventory, settings: ControllerSettings, selection: Selection): EffectiveConfiguration {
  const selected = selectIngresses(inventory, settings, selection);
  const read = annotationReaders(settings);
  const left = [...selected.left];
  const findings = [...selected.findings];
  const ingresses = inControllerOrder(keepValid(selected.ingresses, dropChecks(settings, read), left, findings));
  const context = { inventory, settings };
  const all = ingresses.map((ingress, rank) => readFacts(read(ingress), rank, context, findings));
  for (const facts of all) sayAbsent(facts, inventory, findings);
  const upstreams = new Upstreams(inventory, findings);
  for (const facts of all) upstreams.addAll(facts);
  const fallback = fallbackBackend(inventory, settings, findings);
  const build: Build = { inventory, settings, upstreams, servers: new Map(), fallback, findings };
  if (fallback.kind === 'service') catchAllOf(build);
  const mains = all.filter(({ canary }) => !canary);
  for (const facts of mains) addServers(build, facts);
  for (const facts of mains) addLocations(build, facts);
  attachCanaries(build, all);
  for (const facts of mains) sayHostsWithoutRule(facts, findings);
  const servers = writeServers(build, all);
  sayDroppedProtections(left, new Set(build.servers.keys()), read, findings);
  sayAssumedSnippets(all, settings, findings);
  const streams = readStreams(inventory, settings);
  findings.push(...streams.findings);
  const withoutAuthority = new Set(all.filter(({ authority }) => !authority).map(({ reader }) => reader.text('auth-tls-secret')).filter((secret) => secret !== ''));
  return { settings, servers, ingresses, left, withoutAuthority, streams: streams.value, findings };
}
