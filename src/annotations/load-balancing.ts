import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Location } from '../nginx/configuration.ts';
import { parseInteger } from '../nginx/values.ts';
import type { AnnotationUse, Intent, IntentKind } from '../plan/intents.ts';
import { codes } from './codes.ts';
import { defineFamily, type FamilyInput, type LocationReading } from './define.ts';
import { affinityWins, anyOf, needs, type Idle } from './idle.ts';
import { settingUse } from './setting-use.ts';
import { meaningsOf, readSettings, siblingText, usesOf, type InForce, type SettingsReading, type SettingTable } from './setting.ts';
import { siblingsOf } from './siblings.ts';
import { bool, integer, text } from './spelling.ts';
import { decidedByAnother, deciderOf } from './upstream-decider.ts';

const keys = ['load-balance', 'upstream-hash-by', 'upstream-hash-by-subset', 'upstream-hash-by-subset-size'] as const;
type Key = (typeof keys)[number];
type Input = FamilyInput<Key>;

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua (get_implementation) */
const hashWins: Idle = (siblings) => (siblings('upstream-hash-by').trim() === '' ? undefined : 'upstream-hash-by takes precedence over the algorithm');
const notSpread: Idle = (siblings) => (bool(siblings('upstream-hash-by-subset')) === 'true' ? undefined : 'upstream-hash-by-subset is not true, and hash values are not spread');

const table: SettingTable<Key> = {
  'load-balance': {
    meaning: 'chooses endpoints by this algorithm',
    canonical: text,
    initial: 'round_robin',
    setting: 'load-balance',
    idle: anyOf(affinityWins, hashWins),
  },
  'upstream-hash-by': { meaning: 'sends requests with the same value of this text to the same endpoint', canonical: text, idle: affinityWins },
  'upstream-hash-by-subset': {
    meaning: 'spreads each hash value over a few endpoints instead of one',
    canonical: bool,
    initial: 'false',
    idle: anyOf(needs('upstream-hash-by', 'there is no hash to spread'), affinityWins),
  },
  'upstream-hash-by-subset-size': {
    meaning: 'sets over how many endpoints a hash value is spread',
    canonical: (raw) => (parseInteger(raw) === 0 ? '3' : integer(raw)),
    initial: '3',
    idle: anyOf(needs('upstream-hash-by', 'there is no hash to spread'), affinityWins, notSpread),
  },
};

const noEffect = ({ ingress, key }: AnnotationUse, name: Key, reason: string): Finding =>
  raise(codes, 'annotation/no-effect', aboutAnnotation(ingress, key), { annotation: key, reason, meaning: table[name].meaning });

const initialSubset = 3;

function intentOf(set: ReadonlyMap<Key, InForce>): Intent | undefined {
  const from = usesOf(set);
  const by = set.get('upstream-hash-by');
  if (by !== undefined) {
    const subsetSize = set.has('upstream-hash-by-subset') ? Number(set.get('upstream-hash-by-subset-size')?.value ?? initialSubset) : undefined;
    return { kind: 'upstream-hash', from, by: by.value, subsetSize };
  }
  const algorithm = set.get('load-balance');
  return algorithm === undefined ? undefined : { kind: 'load-balance', from, algorithm: algorithm.value };
}

/** The controller gives up on all three names of the hash when a companion is empty. */
function readOwn(input: Input): SettingsReading<Key> {
  const { set, rest } = readSettings(input, keys, table);
  const empty = (['upstream-hash-by-subset', 'upstream-hash-by-subset-size'] as const).find((name) => input.get(name)?.raw === '');
  const hash = [...set].filter(([name]) => name !== 'load-balance');
  if (empty === undefined || hash.length === 0) return { set, rest };
  const reason = `${empty} is empty, and then the controller reads none of the three`;
  const findings = hash.map(([name, { use }]) => noEffect(use, name, reason));
  return { set: new Map([...set].filter(([name]) => name === 'load-balance')), rest: { ...rest, findings: [...(rest.findings ?? []), ...findings] } };
}

/** The algorithm of the ConfigMap, for a Service whose deciding Ingress says nothing that comes before it. The ConfigMap has no hash: only annotations are looked at. */
function configured(decider: Input): Intent | undefined {
  const { settings } = decider;
  const algorithm = (settings.raw.get('load-balance') ?? '').trim();
  if (algorithm === '' || algorithm === table['load-balance'].initial) return undefined;
  const siblings = siblingText(decider);
  if (siblings('load-balance').trim() !== '' || siblings('upstream-hash-by').trim() !== '' || affinityWins(siblings, settings) !== undefined) return undefined;
  return { kind: 'load-balance', from: [], setting: settingUse(settings, 'load-balance'), algorithm };
}

const inputOf = (ingress: Ingress, { settings, inventory }: Input): Input => ({ ingress, settings, inventory, get: siblingsOf(ingress, settings) });

/** Another Ingress of the upstream that keeps clients with an endpoint, which comes before any hash or algorithm. */
function affinityOf(input: Input, { backend }: Location): Ingress | undefined {
  if (backend.kind !== 'service') return undefined;
  return backend.upstream.ingresses.find((other) => other !== input.ingress && affinityWins(siblingText(inputOf(other, input)), input.settings) !== undefined);
}

function idleBeside(own: ReadonlyMap<Key, InForce>, { ref }: Ingress): LocationReading {
  const reason = `Ingress ${ref.namespace}/${ref.name} sets affinity: cookie for the same Service, which takes precedence`;
  return {
    intents: [],
    findings: [...own].map(([name, { use }]) => noEffect(use, name, reason)),
  };
}

/** The first Ingress of the upstream decides; the annotations of the others count only where they say the same. */
function readLocation(input: Input, own: ReadonlyMap<Key, InForce>, location: Location): LocationReading {
  const decider = deciderOf(location);
  if (decider === undefined) return { intents: [], structural: usesOf(own).map(({ key }) => key) };
  const sticky = affinityOf(input, location);
  if (sticky !== undefined) return idleBeside(own, sticky);
  const set = decider === input.ingress ? own : readOwn(inputOf(decider, input)).set;
  const intent = intentOf(set) ?? configured(decider === input.ingress ? input : inputOf(decider, input));
  if (decider === input.ingress) return { intents: intent === undefined ? [] : [intent] };
  const agreeing = new Map([...own].filter(([name, { value }]) => set.get(name)?.value === value));
  const findings = [...own].filter(([name]) => !agreeing.has(name)).map(([, { use }]) => decidedByAnother(use, location, decider));
  return { intents: intent === undefined ? [] : [{ ...intent, from: [...intent.from, ...usesOf(agreeing)] }], findings };
}

const hash: readonly IntentKind[] = ['upstream-hash'];

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/loadbalancing/main.go and upstreamhashby/main.go beside it */
export const loadBalancing = defineFamily({
  id: 'load-balancing',
  keys,
  codes: {},
  implicit: true,
  intents: ['load-balance', 'upstream-hash'],
  asks: { 'load-balance': ['load-balance'], 'upstream-hash-by': hash, 'upstream-hash-by-subset': hash, 'upstream-hash-by-subset-size': hash },
  meanings: meaningsOf(table),
  docs: {
    nginx:
      'Chooses the endpoint of each request: in turn (round_robin, the default), by latency (ewma), or by the hash of a text with variables (upstream-hash-by), for every Ingress that uses the Service and port. Cookie affinity comes before the hash, the hash before the algorithm.',
    gateway: 'Nothing: how endpoints are chosen is up to the implementation, and some have a policy for it.',
    loss: 'Requests that the hash kept together may reach different endpoints, which costs caches and sessions held in memory.',
  },
  read: (input) => {
    const { set, rest } = readOwn(input);
    return { ...rest, forLocation: (location) => readLocation(input, set, location) };
  },
});
