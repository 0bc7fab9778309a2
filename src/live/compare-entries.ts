import { actionChanges, sameAction } from './action.ts';
import { canonicalText } from './canonical.ts';
import type { Change } from './change.ts';
import { entryKey, type Entry } from './entries.ts';
import { hostWords } from './host.ts';
import { answerWords, matchWords, placeWords } from './words.ts';

/** Entries of one host by match; the first of equal ones wins, as it does for a gateway. */
type Table = ReadonlyMap<string, ReadonlyMap<string, Entry>>;

function tableOf(entries: readonly Entry[]): Table {
  const table = new Map<string, Map<string, Entry>>();
  for (const entry of entries) {
    const ofHost = table.get(entry.host);
    if (ofHost === undefined) table.set(entry.host, new Map([[entry.key, entry]]));
    else if (!ofHost.has(entry.key)) ofHost.set(entry.key, entry);
  }
  return table;
}

const nothing: ReadonlyMap<string, Entry> = new Map();
const addTo = (known: readonly string[], text: string): readonly string[] => (known.includes(text) ? known : [...known, text]);
const addRule = (known: readonly number[], rule: number): readonly number[] => (known.includes(rule) ? known : [...known, rule]);

interface Draft {
  readonly change: Omit<Change, 'text'>;
  /** What stands behind the place. */
  readonly words: string;
}

/** The same change of one rule is said once, however many hosts and matches it is about. */
class Drafts {
  readonly #drafts = new Map<string, Draft>();

  add(entry: Entry, change: Pick<Change, 'aspect' | 'before' | 'after'>, words: string, rule: number | undefined): void {
    const key = `${change.aspect}\n${canonicalText(change.before)}\n${canonicalText(change.after)}\n${words}\n${rule ?? entry.key}`;
    const known = this.#drafts.get(key)?.change ?? { ...change, hosts: [], matches: [], rules: [] };
    this.#drafts.set(key, {
      change: { ...known, hosts: addTo(known.hosts, entry.host), matches: addTo(known.matches, matchWords(entry.match)), rules: rule === undefined ? known.rules : addRule(known.rules, rule) },
      words,
    });
  }

  changes(): readonly Change[] {
    return [...this.#drafts.values()].map(({ change, words }) => ({ ...change, text: `${placeWords(change.matches, change.hosts)}: ${words}` }));
  }
}

function sameHost(a: ReadonlyMap<string, Entry>, b: ReadonlyMap<string, Entry>): boolean {
  return a.size === b.size && [...a].every(([key, { action }]) => {
    const other = b.get(key);
    return other !== undefined && sameAction(action, other.action);
  });
}

/** Hosts that only one side has: a new one with the rules of one that is gone is that host under another name. */
function hostChanges(before: Table, after: Table): readonly Change[] {
  const gone = [...before.keys()].filter((host) => !after.has(host));
  const changes: Change[] = [];
  const change = (was: string | undefined, is: string | undefined, text: string): void => {
    const entries = [...(after.get(is ?? '\n')?.values() ?? [])];
    const rules = [...new Set(entries.map(({ rule }) => rule))];
    changes.push({ aspect: 'hostname', hosts: [is ?? was ?? ''], matches: [], before: was, after: is, text, rules });
  };
  for (const [host, entries] of after) {
    if (before.has(host)) continue;
    const old = gone.findIndex((candidate) => sameHost(before.get(candidate) ?? nothing, entries));
    const [was] = old < 0 ? [] : gone.splice(old, 1);
    if (was === undefined) change(undefined, host, `hostname ${hostWords(host)} is added`);
    else change(was, host, `hostname ${hostWords(was)} became ${hostWords(host)}`);
  }
  for (const host of gone) change(host, undefined, `hostname ${hostWords(host)} is gone`);
  return changes;
}

/** Matches that only one side has: a new one that does what the only gone one did is that rule with another match. */
function matchChanges(gone: readonly Entry[], added: readonly Entry[], drafts: Drafts): void {
  const left = new Set(gone);
  for (const entry of added) {
    const twins = [...left].filter(({ host, action }) => host === entry.host && sameAction(action, entry.action));
    const rivals = added.filter(({ host, action }) => host === entry.host && sameAction(action, entry.action));
    const [twin] = twins;
    if (twin !== undefined && twins.length === 1 && rivals.length === 1) {
      left.delete(twin);
      drafts.add(twin, { aspect: 'match', before: twin.match, after: entry.match }, `became ${matchWords(entry.match)}`, entry.rule);
    } else drafts.add(entry, { aspect: 'match', before: undefined, after: entry.match }, `is added, and goes to ${answerWords(entry.action)}`, entry.rule);
  }
  for (const entry of left) drafts.add(entry, { aspect: 'match', before: entry.match, after: undefined }, `is gone, and went to ${answerWords(entry.action)}`, undefined);
}

/** What differs in the requests that are taken and in what becomes of them. Linear in the entries, but for matches that only one side has. */
export function entryChanges(before: readonly Entry[], after: readonly Entry[]): readonly Change[] {
  const [was, is] = [tableOf(before), tableOf(after)];
  const drafts = new Drafts();
  const gone: Entry[] = [];
  const added: Entry[] = [];
  for (const [host, entries] of is) {
    const old = was.get(host);
    if (old === undefined) continue;
    for (const entry of old.values()) if (!entries.has(entry.key)) gone.push(entry);
    for (const entry of entries.values()) {
      const other = old.get(entry.key);
      if (other === undefined) added.push(entry);
      else for (const { words, ...change } of actionChanges(other.action, entry.action)) drafts.add(entry, change, words, entry.rule);
    }
  }
  matchChanges(gone, added, drafts);
  return [...hostChanges(was, is), ...drafts.changes()];
}

/** Matches of equal weight, of which the first one wins: their order counts. Source: https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule */
function rankOf({ host, match }: Entry): string {
  const path = match['path'];
  const regex = typeof path === 'object' && 'type' in path && path['type'] === 'RegularExpression';
  const size = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
  return [host, regex ? 'regex' : canonicalText(path), match['method'] === undefined ? '' : 'method', size(match['headers']), size(match['queryParams'])].join(' ');
}

/** Expressions and conditions that come in another order on the two sides, among those that both have. */
export function orderChanges(before: readonly Entry[], after: readonly Entry[]): readonly Change[] {
  const old = new Map(before.map((entry, index) => [entryKey(entry), index]));
  const ranks = new Map<string, { readonly entry: Entry; readonly at: number }[]>();
  for (const entry of after) {
    const at = old.get(entryKey(entry));
    if (at === undefined) continue;
    const rank = rankOf(entry);
    const known = ranks.get(rank);
    if (known === undefined) ranks.set(rank, [{ entry, at }]);
    else known.push({ entry, at });
  }
  return [...ranks.values()]
    .filter((entries) => entries.some(({ at }, index) => at < (entries[index - 1]?.at ?? -1)))
    .map((entries): Change => {
      const hosts = [...new Set(entries.map(({ entry }) => entry.host))];
      const matches = entries.map(({ entry }) => matchWords(entry.match));
      return { aspect: 'order', hosts, matches, before: undefined, after: matches, text: `${placeWords(matches, hosts)}: they are tried in another order`, rules: entries.map(({ entry }) => entry.rule) };
    });
}
