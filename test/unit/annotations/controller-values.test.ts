import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collectIntents } from '../../../src/annotations/collect.ts';
import { controllerSettings } from '../../../src/controller.ts';
import { closeLedger } from '../../../src/diagnostics/ledger.ts';
import { readInventory } from '../../../src/input/inventory.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import { buildConfiguration } from '../../../src/nginx/build.ts';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { planRoutes } from '../../../src/plan/build.ts';

type Texts = Readonly<Record<string, string>>;

/** What the parsers and the template of controller v1.15.1 made of values: recorded by test/oracle/parsers/record.mjs. */
interface Row {
  readonly name: string;
  /** Annotations beside it, on an Ingress that is a canary or not, under a ConfigMap. */
  readonly with: Texts;
  readonly canary?: boolean;
  readonly configMap?: Texts;
  readonly dropped: readonly string[];
  readonly denied: readonly string[];
  /** The same configuration as without the annotation. */
  readonly absent: readonly string[];
  /** Another configuration: the same one for the values of a group. */
  readonly inForce: readonly (readonly string[])[];
}

const rows = JSON.parse(readFileSync(new URL('controller-values.json', import.meta.url), 'utf8')) as readonly Row[];

/** Values that write down what holds anyway, and are carried over as something that somebody asked for. */
const asked: Readonly<Record<string, readonly string[]>> = {
  'use-regex': ['true', 'True', 't', '1', 'TRUE'],
  'proxy-connect-timeout': ['+5', '5', '05'],
  'proxy-next-upstream': ['error timeout'],
  'proxy-next-upstream-timeout': ['0'],
  'enable-opentelemetry': ['true', 'True', 't', '1', 'TRUE'],
  'auth-secret-type': ['auth-map'],
};
/** A Service that is not in the input may exist, and so may a map in it hold headers that are allowed. */
const unknowable: ReadonlySet<string> = new Set(['default-backend', 'custom-headers']);
/** Names of objects, which the configuration says nothing of where all hold the same; and a boolean of which only the name is carried on. */
const references: ReadonlySet<string> = new Set(['auth-always-set-cookie', 'fastcgi-params-configmap', 'auth-secret', 'auth-proxy-set-headers', 'auth-tls-secret', 'proxy-ssl-secret']);
/** Lua reads the text again: what it cannot use is ignored there. */
const lua: ReadonlySet<string> = new Set(['affinity', 'affinity-mode', 'session-cookie-samesite', 'session-cookie-max-age', 'session-cookie-expires']);

const object = (kind: string, name: string, rest: object, namespace = 'shop'): string => JSON.stringify({ apiVersion: kind === 'Ingress' ? 'networking.k8s.io/v1' : 'v1', kind, metadata: { namespace, name }, ...rest });
const ingress = (name: string, service: string): string =>
  object('Ingress', name, {
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['h.test'], secretName: 'cert' }],
      rules: [{ host: 'h.test', http: { paths: [{ path: '/foo', pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } }] } }],
    },
  });

interface World {
  readonly inventory: Inventory;
  readonly settings: ControllerSettings;
}

/** The objects that test/oracle/parsers/recorder_test.go gives the controller. */
async function worldOf({ canary = false, configMap = {} }: Row): Promise<World> {
  const data = { 'allow-snippet-annotations': 'true', 'annotations-risk-level': 'Critical', 'global-allowed-response-headers': 'X-One', ...configMap };
  const texts = [
    // Without creation times, the later name is the older Ingress.
    ingress('subject', canary ? 'web-canary' : 'web'),
    ...(canary ? [ingress('zmain', 'web')] : []),
    ...['web', 'web-canary', 'errors'].map((name) => object('Service', name, { spec: { ports: [{ port: 80 }] } })),
    ...['headers', 'params'].map((name) => object('ConfigMap', name, { data: { 'X-One': 'a' } })),
    object('ConfigMap', 'ingress-nginx-controller', { data }, 'ingress-nginx'),
  ];
  const { value: inventory } = await readInventory([{ kind: 'text', file: '-', text: texts.join('\n---\n') }], { namespace: undefined });
  return { inventory, settings: (await controllerSettings(inventory, {})).value };
}

interface Fate {
  readonly verdict: 'dropped' | 'denied' | 'served';
  /** Everything that routes are made from. */
  readonly text: string;
  readonly outcome: string | undefined;
  readonly codes: readonly string[];
}

const unread = new Set(['from', 'origin', 'source', 'ingresses', 'setting', 'finding']);

function plain(key: string, value: unknown): unknown {
  if (unread.has(key) || key === 'ingress') return undefined;
  return value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value;
}

function fateOf({ inventory, settings }: World, name: string, annotations: Texts): Fate {
  const own = new Map(Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]));
  const ingresses = inventory.ingresses.map((one) => (one.ref.name === 'subject' ? { ...one, annotations: own } : one));
  const configuration = buildConfiguration({ ...inventory, ingresses }, settings, { ingressClasses: [], allClasses: false });
  if (configuration.left.length > 0) return { verdict: 'dropped', text: '', outcome: undefined, codes: [] };
  const collected = collectIntents(configuration, { ...inventory, ingresses });
  const { hosts } = planRoutes(configuration, collected);
  const entry = closeLedger(collected.claims, [...configuration.findings, ...collected.findings]).find(({ key }) => key === `nginx.ingress.kubernetes.io/${name}`);
  const denied = hosts.some(({ rules }) => rules.some(({ location }) => location.denied !== undefined));
  return { verdict: denied ? 'denied' : 'served', text: JSON.stringify(hosts, plain), outcome: entry?.outcome, codes: (entry?.findings ?? []).map(({ code }) => code) };
}

function mistakes(row: Row, world: World): readonly string[] {
  const { name } = row;
  const found: string[] = [];
  const fate = (value: string): Fate => fateOf(world, name, { ...row.with, [name]: value });
  const say = (value: string, expected: string, { verdict, outcome, codes }: Fate): void => {
    found.push(`${JSON.stringify(value)} is ${expected}, and not ${verdict} ${outcome ?? ''} ${codes.join(' ')}`);
  };
  const base = fateOf(world, name, row.with);
  for (const verdict of ['dropped', 'denied'] as const) {
    for (const value of row[verdict]) {
      const own = fate(value);
      if (own.verdict !== verdict && !unknowable.has(name)) say(value, verdict, own);
    }
  }
  for (const value of row.absent) {
    if (asked[name]?.includes(value) === true || unknowable.has(name)) continue;
    const own = fate(value);
    if (own.verdict !== base.verdict || own.text !== base.text) say(value, 'without effect', own);
    if (own.codes.some((code) => code.endsWith('breaks-nginx'))) say(value, 'ignored', own);
  }
  for (const group of row.inForce) {
    const fates = group.map(fate);
    for (const [at, own] of fates.entries()) {
      const value = group[at] ?? '';
      if (own.verdict !== 'served' && base.verdict === 'served') say(value, 'in force', own);
      if (own.text !== fates[0]?.text && !references.has(name)) say(value, `the same as ${JSON.stringify(group[0])}`, own);
      if (value.trim() !== '' && !lua.has(name) && own.codes.some((code) => /\/(?:ignored-value|value-ignored)$/.test(code))) say(value, 'in force', own);
    }
  }
  return found;
}

describe('values of annotations', () => {
  it.each(rows.map((row) => [row.name, JSON.stringify({ ...row.configMap, ...row.with }), row] as const))('%s beside %s: as the controller reads them', async (_name, _beside, row) => {
    expect(mistakes(row, await worldOf(row))).toEqual([]);
  });
});
