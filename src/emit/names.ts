import { createHash } from 'node:crypto';
import { compareText } from '../model/object.ts';

/** Object names are DNS subdomains (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/). */
export const longestName = 253;
/** Gateways and listeners: implementations put the names into labels and names of Services, which end at 63. */
export const longestLabel = 63;

const hashLength = 8;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashLength);
}

/** `text` with a hash of `key` behind it, cut to `max` characters. */
function marked(text: string, key: string, max: number): string {
  return `${text.slice(0, max - hashLength - 1).replace(/[-.]+$/, '')}-${hashOf(key)}`;
}

/** Any text as lower-case words with dashes between; '' when nothing is left. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A host as part of a name: `*.example.com` is `wildcard-example-com`, no host is `catch-all`. */
export function hostText(hostname: string): string {
  if (hostname === '') return 'catch-all';
  const text = hostname.startsWith('*.') ? `wildcard.${hostname.slice(2)}` : hostname;
  const name = text.toLowerCase().replace(/[^a-z0-9-]/g, '-').replace(/^-+|-+$/g, '');
  return name === '' ? 'host' : name;
}

/** The one host that its text stands for when several share it: every dash of the text is a dot of the host. */
export function isCanonicalHost(hostname: string): boolean {
  return /^[a-z0-9.]+$/.test(hostname);
}

export interface NameRequest {
  /** Names are unique within a scope: kind and namespace, or a Gateway's listeners. */
  readonly scope: string;
  readonly text: string;
  /** What is named, in full: unique within the scope. */
  readonly key: string;
  /** Keeps the plain text when others ask for it as well. At most one of those that share a text. */
  readonly canonical: boolean;
}

export function nameKey(scope: string, name: string): string {
  return `${scope}\n${name}`;
}

/** Requests of one text; the one that may have it is returned, the others need a mark. */
function winnerOf(group: readonly NameRequest[]): NameRequest | undefined {
  if (group.length === 1) return group[0];
  const canonical = group.filter((request) => request.canonical);
  return canonical.length === 1 ? canonical[0] : undefined;
}

/**
 * Gives each request a name of at most `max` characters. Names depend on the set of requests, never on their order, and a text that nobody
 * else asks for is its own name. `taken` holds `nameKey`s that cannot be given.
 *
 * @returns names in the order of the requests
 */
export function allocateNames(requests: readonly NameRequest[], max: number, taken: ReadonlySet<string> = new Set()): readonly string[] {
  const texts = requests.map(({ text, key }) => (text.length <= max ? text : marked(text, key, max)));
  const groups = new Map<string, NameRequest[]>();
  requests.forEach((request, index) => {
    const key = nameKey(request.scope, texts[index] ?? '');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [request]);
    else group.push(request);
  });
  const given = new Set(taken);
  const winners = new Set<NameRequest>();
  for (const [key, group] of groups) {
    const winner = taken.has(key) ? undefined : winnerOf(group);
    if (winner === undefined) continue;
    winners.add(winner);
    given.add(key);
  }
  const names = [...texts];
  const losers = requests.map((request, index) => ({ request, index })).filter(({ request }) => !winners.has(request));
  losers.sort((a, b) => compareText(a.request.scope, b.request.scope) || compareText(a.request.key, b.request.key));
  for (const { request, index } of losers) {
    let name = marked(texts[index] ?? '', request.key, max);
    for (let attempt = 1; given.has(nameKey(request.scope, name)); attempt += 1) name = marked(texts[index] ?? '', `${request.key}\n${attempt}`, max);
    given.add(nameKey(request.scope, name));
    names[index] = name;
  }
  return names;
}
