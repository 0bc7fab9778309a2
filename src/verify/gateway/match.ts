import type { JsonObject } from '../../model/gateway.ts';
import type { ProbeRequest } from '../outcome.ts';
import { objectIn, objectsIn, textIn } from '../../model/json.ts';
import type { VerifyProfile } from './profile.ts';
import { regexTest } from './regex.ts';

export type PathKind = 'Exact' | 'PathPrefix' | 'RegularExpression';

/** A request with its path normalised. */
export interface RoutedRequest {
  readonly request: ProbeRequest;
  readonly path: string;
  /** What the paths of rules are compared with: the same, but where the implementation decodes it. */
  readonly routing: string;
  /** With its question mark; '' for none. */
  readonly query: string;
}

/** One match of a rule, ready to be tried. */
export interface CompiledMatch {
  readonly kind: PathKind;
  readonly value: string;
  readonly grpc: boolean;
  readonly methods: number;
  readonly headers: number;
  readonly queries: number;
  readonly accepts: (request: RoutedRequest) => boolean;
}

/** `/foo` and `/foo/` both match whole segments: /foo, /foo/ and /foo/x. Source: HTTPRouteSpec, PathMatchPathPrefix */
export function hasPrefix(path: string, prefix: string): boolean {
  const bare = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
  return path.startsWith(bare) && (path.length === bare.length || path.charAt(bare.length) === '/');
}

function pathTest(kind: PathKind, value: string, profile: VerifyProfile): ((path: string) => boolean) | undefined {
  if (kind === 'Exact') return (path) => path === value;
  return kind === 'PathPrefix' ? (path) => hasPrefix(path, value) : regexTest(value, profile);
}

type Condition = (request: RoutedRequest) => boolean;

/** A header or query parameter condition; undefined when its expression cannot be used. */
function valueTest(match: JsonObject, profile: VerifyProfile): ((value: string | undefined) => boolean) | undefined {
  const wanted = textIn(match, 'value') ?? '';
  if (textIn(match, 'type') !== 'RegularExpression') return (value) => value === wanted;
  const test = regexTest(wanted, profile);
  return test === undefined ? undefined : (value) => value !== undefined && test(value);
}

/** The values of a parameter that count. */
function queryValues(query: string, name: string, { anyQueryValue }: VerifyProfile): readonly (string | undefined)[] {
  const values = new URLSearchParams(query.slice(1)).getAll(name);
  return values.length === 0 ? [undefined] : anyQueryValue ? values : values.slice(0, 1);
}

function conditionsOf(match: JsonObject, profile: VerifyProfile): readonly (Condition | undefined)[] {
  const headers = objectsIn(match, 'headers').map((header): Condition | undefined => {
    const name = (textIn(header, 'name') ?? '').toLowerCase();
    const test = valueTest(header, profile);
    return test === undefined ? undefined : ({ request }) => test(request.headers.get(name));
  });
  const queries = objectsIn(match, 'queryParams').map((parameter): Condition | undefined => {
    const name = textIn(parameter, 'name') ?? '';
    const test = valueTest(parameter, profile);
    return test === undefined ? undefined : ({ query }) => queryValues(query, name, profile).some(test);
  });
  return [...headers, ...queries];
}

const pathKinds: readonly PathKind[] = ['Exact', 'PathPrefix', 'RegularExpression'];

/** GRPC methods are paths `/SERVICE/METHOD`. Source: https://gateway-api.sigs.k8s.io/geps/gep-1016/ */
function grpcPath(match: JsonObject): { readonly kind: PathKind; readonly value: string } {
  const method = objectIn(match, 'method');
  const service = textIn(method, 'service');
  const name = textIn(method, 'method');
  if (service === undefined) return { kind: 'PathPrefix', value: '/' };
  return name === undefined ? { kind: 'PathPrefix', value: `/${service}` } : { kind: 'Exact', value: `/${service}/${name}` };
}

const special = /[\\^$.*+?()[\]{}|]/gu;

/** Traefik asks for a method behind every service, by an expression. Source: traefik, pkg/provider/kubernetes/gateway/grpcroute.go, buildGRPCMethodRule */
function grpcExpression(match: JsonObject): { readonly kind: PathKind; readonly value: string } {
  if (match['method'] === undefined) return { kind: 'PathPrefix', value: '/' };
  const part = (key: string): string => textIn(objectIn(match, 'method'), key)?.replace(special, '\\$&') ?? '[^/]+';
  return { kind: 'RegularExpression', value: `/${part('service')}/${part('method')}` };
}

function httpPath(match: JsonObject): { readonly kind: PathKind; readonly value: string } {
  const path = objectIn(match, 'path');
  return { kind: pathKinds.find((kind) => kind === textIn(path, 'type')) ?? 'PathPrefix', value: textIn(path, 'value') ?? '/' };
}

/** undefined: an expression in it is none, and the implementation drops the rule. */
export function compileMatch(match: JsonObject, routeKind: string, profile: VerifyProfile): CompiledMatch | undefined {
  const grpc = routeKind === 'GRPCRoute';
  const ofMethod = profile.grpcByExpression ? grpcExpression : grpcPath;
  const { kind, value } = grpc ? ofMethod(match) : httpPath(match);
  const test = pathTest(kind, value, profile);
  const conditions = conditionsOf(match, profile);
  const usable = conditions.filter((condition) => condition !== undefined);
  if (test === undefined || usable.length < conditions.length) return undefined;
  const method = grpc ? undefined : textIn(match, 'method');
  return {
    kind,
    value,
    grpc,
    methods: method === undefined ? 0 : 1,
    headers: objectsIn(match, 'headers').length,
    queries: objectsIn(match, 'queryParams').length,
    accepts: (routed) => test(routed.routing) && (method === undefined || method === routed.request.method) && usable.every((condition) => condition(routed)),
  };
}

const typeRank: Readonly<Record<VerifyProfile['precedence'], Readonly<Record<PathKind, number>>>> = {
  'regex-first': { Exact: 0, RegularExpression: 1, PathPrefix: 2 },
  'prefix-first': { Exact: 0, PathPrefix: 1, RegularExpression: 2 },
  score: { Exact: 0, PathPrefix: 1, RegularExpression: 1 },
};

/** Points of a match by itself; those of a GRPCRoute are the letters of its rule. Source: traefik, pkg/provider/kubernetes/gateway, buildMatchRule and buildGRPCMatchRule */
export function matchScore({ kind, value, grpc, methods, headers, queries }: CompiledMatch): number {
  if (grpc) return `PathPrefix(${JSON.stringify(value)})`.length + 20 * headers;
  const path = kind === 'Exact' ? 100_000 : kind === 'PathPrefix' && value === '/' ? 1 : 10_000 + 100 * value.length;
  return path + 1000 * methods + 100 * headers + 10 * queries;
}

/** Negative when `a` is tried first; 0 leaves it to the age and order of the rules. Source: HTTPRouteRule.matches, and measurements on Envoy Gateway and Traefik */
export function compareMatches(a: CompiledMatch, b: CompiledMatch, { precedence, methodCountsAsHeader }: VerifyProfile): number {
  const rank = typeRank[precedence];
  const conditions = methodCountsAsHeader
    ? b.headers + b.methods - (a.headers + a.methods)
    : b.methods - a.methods || b.headers - a.headers;
  return rank[a.kind] - rank[b.kind] || b.value.length - a.value.length || conditions || b.queries - a.queries;
}
