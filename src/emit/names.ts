import { sha256 } from '../model/digest.ts';
import { compareText } from '../model/object.ts';

/** Object names are DNS subdomains (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/). */
export const longestName = 253;
/** Gateways and listeners: implementations put the names into labels and names of Services, which end at 63. */
export const longestLabel = 63;

const hashLength = 8;

function hashOf(text: string): string {
  return sha256(text).slice(0, hashLength);
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
  if (isCanonicalHost(hostname)) return hostname.replaceAll('.', '-');
  const text = hostname.startsWith('*.') ? `wildcard.${hostname.slice(2)}` : hostname;
  const name = text.toLowerCase().replace(/[^a-z0-9-]/g, '-').replace(/^-+|-+$/g, '');
  return name === '' ? 'host' : name;
}

/** The one host that its text stands for when several share it: every dash of the text is a dot of the host. */
export function isCanonicalHost(hostname: string): boolean {
  return /^[a-z0-9]+(?:\.[a-z0-9]+)*$/.test(hostname);
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

/** The scope of an object's name. */
export function scopeOf(kind: string, namespace: string): string {
  return `${kind} ${namespace}`;
}

/** Names that cannot be given, by scope. */
export type TakenNames = ReadonlyMap<string, ReadonlySet<string>>;

const nothingTaken: TakenNames = new Map();

/** The request that may have the text it shares with others: none, unless one of them is the canonical one. */
function winnerOf(group: readonly number[], requests: readonly NameRequest[]): number | undefined {
  const canonical = group.filter((index) => requests[index]?.canonical);
  return canonical.length === 1 ? canonical[0] : undefined;
}

interface Claims {
  /** Index of the first request of each text, by scope. */
  readonly first: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Requests that do not get their text. */
  readonly losers: readonly number[];
}

function claimTexts(requests: readonly NameRequest[], texts: readonly string[], taken: TakenNames): Claims {
  const first = new Map<string, Map<string, number>>();
  const shared = new Map<number, number[]>();
  const losers: number[] = [];
  requests.forEach(({ scope }, index) => {
    const text = texts[index] ?? '';
    let ofScope = first.get(scope);
    if (ofScope === undefined) first.set(scope, (ofScope = new Map<string, number>()));
    const before = ofScope.get(text);
    if (taken.get(scope)?.has(text) === true) losers.push(index);
    else if (before === undefined) ofScope.set(text, index);
    else {
      const group = shared.get(before);
      if (group === undefined) shared.set(before, [before, index]);
      else group.push(index);
    }
  });
  for (const group of shared.values()) {
    const winner = winnerOf(group, requests);
    for (const index of group) if (index !== winner) losers.push(index);
  }
  return { first, losers };
}

/**
 * Gives each request a name of at most `max` characters. Names depend on the set of requests, never on their order, and a text that nobody
 * else asks for is its own name.
 *
 * @returns names in the order of the requests
 */
export function allocateNames(requests: readonly NameRequest[], max: number, taken: TakenNames = nothingTaken): readonly string[] {
  const names = requests.map(({ text, key }) => (text.length <= max ? text : marked(text, key, max)));
  const { first, losers } = claimTexts(requests, names, taken);
  if (losers.length === 0) return names;
  const given = new Map<string, Set<string>>();
  const requestAt = (index: number): NameRequest => requests[index] ?? { scope: '', text: '', key: '', canonical: false };
  const sorted = losers.toSorted((a, b) => compareText(requestAt(a).scope, requestAt(b).scope) || compareText(requestAt(a).key, requestAt(b).key));
  for (const index of sorted) {
    const { scope, key } = requestAt(index);
    const text = names[index] ?? '';
    let ofScope = given.get(scope);
    if (ofScope === undefined) given.set(scope, (ofScope = new Set<string>()));
    const isGiven = (name: string): boolean => ofScope.has(name) || first.get(scope)?.has(name) === true || taken.get(scope)?.has(name) === true;
    let name = marked(text, key, max);
    for (let attempt = 1; isGiven(name); attempt += 1) name = marked(text, `${key}\n${attempt}`, max);
    ofScope.add(name);
    names[index] = name;
  }
  return names;
}
