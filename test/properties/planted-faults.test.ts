import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { convert } from '../../src/convert.ts';
import { readInventory } from '../../src/input/inventory.ts';
import type { GatewayObject, JsonObject } from '../../src/model/gateway.ts';
import { objectIn, objectsIn, textIn } from '../../src/model/json.ts';
import { targetNames } from '../../src/targets/names.ts';
import { createGatewayEvaluator } from '../../src/verify/gateway/evaluate.ts';
import { verifyProfileOf } from '../../src/verify/gateway/profile.ts';
import type { Divergence, ProbeOutcome, ProbeRequest } from '../../src/verify/outcome.ts';
import { generateRequests } from '../../src/verify/requests/generate.ts';
import { verifyRequests, type VerifyInput } from '../../src/verify/verify.ts';
import { familyIngresses } from './arbitrary-families.ts';
import { habitualIngresses } from './arbitrary-habits.ts';
import { stream } from './arbitrary-ingress.ts';

/** A conversion, and what the requests get from its routes. */
interface Subject {
  readonly input: VerifyInput;
  readonly requests: readonly ProbeRequest[];
  readonly untouched: readonly ProbeOutcome[];
  readonly known: ReadonlyMap<ProbeRequest, Divergence>;
}

/** Objects with one fault in them. */
type Planting = readonly GatewayObject[];
type Fault = (subject: Subject) => Iterable<Planting>;

const isRoute = ({ kind }: GatewayObject): boolean => kind === 'HTTPRoute' || kind === 'GRPCRoute';
const forwards = (rule: JsonObject): boolean => objectsIn(rule, 'backendRefs').length > 0;
const isOf = (filter: JsonObject, types: readonly string[]): boolean => types.includes(textIn(filter, 'type') ?? '');
const has = (rule: JsonObject, ...types: readonly string[]): boolean => objectsIn(rule, 'filters').some((filter) => isOf(filter, types));
const without = (rule: JsonObject, ...types: readonly string[]): JsonObject => ({ ...rule, filters: objectsIn(rule, 'filters').filter((filter) => !isOf(filter, types)) });

/** Each rule of each route in turn, with what becomes of it; no rule at all for undefined. */
function ofRules(applies: (rule: JsonObject) => boolean, spoil: (rule: JsonObject) => JsonObject | undefined): Fault {
  return function* plantings({ input: { objects } }) {
    for (const [at, object] of objects.entries()) {
      const rules = isRoute(object) ? objectsIn(object.spec, 'rules') : [];
      for (const [index, rule] of rules.entries()) {
        if (!applies(rule)) continue;
        const spoilt = spoil(rule);
        yield objects.with(at, { ...object, spec: { ...object.spec, rules: [...rules.slice(0, index), ...(spoilt === undefined ? [] : [spoilt]), ...rules.slice(index + 1)] } });
      }
    }
  };
}

const withBackends = (spoil: (ref: JsonObject) => JsonObject): Fault => ofRules(forwards, (rule) => ({ ...rule, backendRefs: objectsIn(rule, 'backendRefs').map(spoil) }));

function elsewhere(match: JsonObject): JsonObject {
  const path = objectIn(match, 'path');
  const value = textIn(path, 'value') ?? '/';
  return { ...match, path: { type: 'PathPrefix', ...path, value: value === '/' ? '/planted' : `${value}x` } };
}

const toElsewhere = (filter: JsonObject): JsonObject =>
  isOf(filter, ['RequestRedirect']) ? { ...filter, requestRedirect: { ...objectIn(filter, 'requestRedirect'), hostname: 'elsewhere.example.net' } } : filter;

const isClosed = (rule: JsonObject): boolean => !forwards(rule) && !has(rule, 'RequestRedirect', 'ExtensionRef');

/** Closed rules forward to the Service that nginx forwards to. */
function* opened(subject: Subject): Iterable<Planting> {
  for (const { namespace, name, port } of servicesOf(subject)) {
    yield* ofRules(isClosed, (rule) => ({ ...rule, backendRefs: [{ name, namespace, port }] }))(subject);
  }
}

function servicesOf({ known }: Subject): readonly { readonly namespace: string; readonly name: string; readonly port: number }[] {
  const services = [...known.values()].flatMap(({ before, after }) => (before.kind === 'forwarded' && after.kind === 'answered' ? before.backends : []));
  return [...new Map(services.map((service) => [`${service.namespace}/${service.name}:${service.port}`, service])).values()];
}

/** What a policy asks of clients, or takes from them. */
const guards = /"(?:authorization|basicAuth|extAuth|rateLimit|clientValidation|earlyRequestHeaders)":/u;

function* unguarded({ input: { objects } }: Subject): Iterable<Planting> {
  for (const [at, { kind, spec }] of objects.entries()) if (kind.endsWith('Policy') && guards.test(JSON.stringify(spec))) yield objects.toSpliced(at, 1);
}

/** Each fault, and in how many of a hundred plantings that change an outcome some difference has to be explained by nothing. */
const faults: readonly (readonly [string, number, Fault])[] = [
  ['another Service', 100, withBackends((ref) => ({ ...ref, name: 'somebody-else' }))],
  ['another port', 100, withBackends((ref) => ({ ...ref, port: 9 }))],
  ['a backend dropped', 100, ofRules(forwards, (rule) => ({ ...rule, backendRefs: [] }))],
  ['a closed rule that forwards', 100, opened],
  ['a policy that guards dropped', 100, unguarded],
  ['a rule missing', 95, ofRules(() => true, () => undefined)],
  ['another path', 95, ofRules((rule) => objectsIn(rule, 'matches').some((match) => textIn(match, 'method') === undefined), (rule) => ({ ...rule, matches: objectsIn(rule, 'matches').map(elsewhere) }))],
  ['a redirect dropped', 95, ofRules((rule) => has(rule, 'RequestRedirect'), (rule) => without(rule, 'RequestRedirect'))],
  ['a redirect to elsewhere', 95, ofRules((rule) => has(rule, 'RequestRedirect'), (rule) => ({ ...rule, filters: objectsIn(rule, 'filters').map(toElsewhere) }))],
  ['a rewrite dropped', 95, ofRules((rule) => forwards(rule) && has(rule, 'URLRewrite', 'ExtensionRef'), (rule) => without(rule, 'URLRewrite', 'ExtensionRef'))],
  ['a header filter dropped', 95, ofRules((rule) => forwards(rule) && has(rule, 'RequestHeaderModifier', 'ResponseHeaderModifier', 'CORS'), (rule) => without(rule, 'RequestHeaderModifier', 'ResponseHeaderModifier', 'CORS'))],
];

const text = (outcome: ProbeOutcome | undefined): string => JSON.stringify(outcome, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
const refuses = (outcome: ProbeOutcome | undefined): boolean => outcome?.kind === 'answered' && outcome.status >= 400;

async function subjectOf(objects: readonly unknown[], target: (typeof targetNames)[number]): Promise<Subject> {
  const sources = [{ kind: 'text', file: 'input.yaml', text: stream(objects) }] as const;
  const [{ migration }, { value: inventory }] = [await convert(sources, { target }), await readInventory(sources, {})];
  const { configuration, findings, accepted } = migration;
  const input: VerifyInput = { configuration, inventory, objects: migration.objects, profile: verifyProfileOf(target), findings, accepted };
  const requests = generateRequests(configuration, 300);
  const { divergences } = verifyRequests(input, requests);
  return { input, requests, untouched: requests.map(createGatewayEvaluator(input.objects, input.profile, inventory.services)), known: new Map(divergences.map((divergence) => [divergence.request, divergence])) };
}

/** Differences that the untouched routes do not have. That a gateway refuses in another way is none. */
function newDivergences({ input, requests, untouched, known }: Subject, objects: Planting): readonly Divergence[] {
  const evaluate = createGatewayEvaluator(objects, input.profile, input.inventory.services);
  const changed = requests.filter((request, at) => {
    const after = evaluate(request);
    return text(after) !== text(untouched[at]) && !(refuses(after) && refuses(untouched[at]));
  });
  const { divergences } = verifyRequests({ ...input, objects }, changed);
  return divergences.filter(({ request, aspects }) => aspects.some((aspect) => known.get(request)?.aspects.includes(aspect) !== true));
}

interface Tally {
  readonly planted: number;
  readonly noticed: number;
}

/** Of the plantings that change an outcome: a rule that nobody reaches may well be spoilt. */
function tally(fault: Fault, subjects: readonly Subject[]): Tally {
  let [planted, noticed] = [0, 0];
  for (const subject of subjects) {
    for (const objects of fault(subject)) {
      const divergences = newDivergences(subject, objects);
      if (divergences.length === 0) continue;
      planted += 1;
      if (divergences.some(({ explainedBy }) => explainedBy.length === 0)) noticed += 1;
    }
  }
  return { planted, noticed };
}

const runs = Number(process.env['FC_RUNS'] ?? 14);
/** A share is measured, not a law: always of the same sets. */
const seed = 7;

// docs/adr/0010-explained-divergences.md
describe('a fault in the routes', () => {
  let subjects: readonly Subject[] = [];
  beforeAll(async () => {
    const targets = fc.constantFrom(...targetNames);
    // Guards are written for one target alone.
    const guarding = fc.constant('envoy-gateway' as const);
    const samples = [[habitualIngresses, targets], [familyIngresses, targets], [habitualIngresses, guarding]] as const;
    const sets = samples.flatMap(([ingresses, target]) => fc.sample(fc.tuple(ingresses, target), { seed, numRuns: runs }));
    subjects = await Promise.all(sets.map(async ([objects, target]) => await subjectOf(objects, target)));
  });

  it.each(faults)('is seen and explained by nothing: %s (%i of 100, or more)', (_name, atLeast, fault) => {
    const { planted, noticed } = tally(fault, subjects);
    expect(planted).toBeGreaterThan(3);
    expect((100 * noticed) / planted, `${noticed} of ${planted}`).toBeGreaterThanOrEqual(atLeast);
  });
});
