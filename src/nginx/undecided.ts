import { aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import { annotationTable, isAnnotationName, type AnnotationName } from './annotation-table.ts';
import { codes } from './class-codes.ts';
import type { ServerDraft } from './drafts.ts';
import type { IngressFacts } from './facts.ts';
import { hostText, nameOf, namesOf } from './naming.ts';
import type { ControllerSettings } from './settings.ts';

/** Values of a whole host that the first Ingress with one decides. Source: nginx-semantics of createServers in the controller. */
const hostValues: readonly AnnotationName[] = ['server-alias', 'server-snippet', 'ssl-ciphers', 'ssl-prefer-server-ciphers', 'auth-tls-secret'];

function differing(members: readonly IngressFacts[], valueOf: (facts: IngressFacts) => string): boolean {
  let first: string | undefined;
  for (const facts of members) {
    const value = valueOf(facts);
    if (value === '') continue;
    if (first === undefined) first = value;
    else if (first !== value) return true;
  }
  return false;
}

/** What the order decides on a host, in words for a sentence. */
function decided(server: ServerDraft): readonly string[] {
  const { members, host, contested } = server;
  const values: readonly string[] = hostValues.filter((name) => differing(members, ({ reader }) => reader.raw(name) ?? ''));
  const secret = (facts: IngressFacts): string => {
    const name = facts.tlsByHost.get(host)?.secretName ?? '';
    return name === '' ? '' : `${facts.ingress.ref.namespace}/${name}`;
  };
  return [
    ...(contested === undefined ? [] : [`several have path ${contested}`]),
    ...(differing(members, secret) ? ['they name different certificates'] : []),
    ...(values.length === 0 ? [] : [`they differ in ${values.join(', ')}`]),
  ];
}

/** Annotations that act on locations, as one text to compare. */
function locationAnnotations(ingress: Ingress, prefix: string): string {
  const lines: string[] = [];
  for (const [key, value] of ingress.annotations) {
    const name = key.startsWith(`${prefix}/`) ? key.slice(prefix.length + 1) : '';
    if (isAnnotationName(name) && annotationTable[name].scope === 'location') lines.push(`${name}=${value}`);
  }
  return lines.sort(compareText).join('\n');
}

/**
 * What the order of Ingresses decides where the input does not state it: one finding per host at most. Hosts with one Ingress, or with
 * creation times throughout, cost nothing.
 */
export function undecidedOrder(server: ServerDraft, settings: ControllerSettings): Finding | undefined {
  const { members, locations } = server;
  const [first] = members;
  if (first === undefined || members.length < 2) return undefined;
  const assumed = members.some(({ ingress }) => ingress.orderAssumed === true);
  const open = members.some(({ ingress }) => ingress.createdAtMs === undefined);
  if (!open && !assumed) return undefined;
  const ingresses = namesOf(members.map(({ ingress }) => ingress));
  const host = hostText(server.host);
  const what = decided(server);
  if (!open) return what.length === 0 ? undefined : raise(codes, 'order/assumed', aboutIngress(first.ingress), { host, ingresses, what: what.join('; ') });
  if (what.length > 0) return raise(codes, 'order/undecided', aboutIngress(first.ingress), { host, ingresses, what: what.join('; ') });
  const root = locations[0];
  if (root === undefined || !root.automatic || root.facts === undefined) return undefined;
  const texts = new Set(members.map(({ ingress }) => locationAnnotations(ingress, settings.annotationsPrefix)));
  return texts.size < 2
    ? undefined
    : raise(codes, 'order/undecided-unmatched', aboutIngress(first.ingress), { host, ingresses, first: nameOf(first.ingress.ref) });
}
