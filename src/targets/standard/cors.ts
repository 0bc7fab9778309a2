import { defineCodes, raise, type Finding } from '../../diagnostics/finding.ts';
import type { CorsIntent } from '../../plan/intents.ts';
import type { CorsSpec } from '../../model/gateway.ts';
import type { Lower } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

const filter = 'https://gateway-api.sigs.k8s.io/geps/gep-1767/';

export const corsCodes = defineCodes({
  'cors/unsupported': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: browsers refuse requests from other origins.',
    why: 'The filter CORS {missing}.',
    do: 'Choose a newer --gateway-api-version, or let the application answer CORS requests.',
    source: filter,
  },
  'cors/answers-differ': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'CORS headers come with requests of allowed origins only, and an OPTIONS request that is no preflight reaches the application.',
    why: 'ingress-nginx answers every OPTIONS request itself and adds the headers to all responses, whether or not there is an Origin; the filter CORS follows the CORS protocol.',
    do: 'Nothing for browsers; check other programs that read these headers.',
    source: filter,
  },
  'cors/wildcard-origin-depth': {
    fidelity: 'approximate',
    risk: 'security',
    what: 'Origin {origin} also admits names with more labels in place of the star.',
    why: 'ingress-nginx lets the star of an origin stand for one label; the filter CORS lets it stand for any number.',
    do: 'List the origins, or make sure that everything below the domain is yours and accept this code.',
    source: filter,
  },
  'cors/origin-unsayable': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Origin {origin} of {key} is not allowed any more.',
    why: 'The filter CORS takes up to 64 origins of the form http(s)://host[:port], each with at most one star as its first label.',
    do: 'Serve that client from an http or https origin.',
    source: filter,
  },
});

const origin = /^(?:\*|https?:\/\/(?:\*|(?:\*\.)?(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+)(?::\d{1,5})?)$/;
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', '*']);
const maximumList = 64;

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];

/** `*` must stand alone in a list. */
function starAlone(list: readonly string[]): readonly string[] {
  return list.includes('*') ? ['*'] : unique(list).slice(0, maximumList);
}

function specOf(intent: CorsIntent, allowOrigins: readonly string[]): CorsSpec {
  const allowMethods = starAlone(intent.methods.map((method) => method.toUpperCase()).filter((method) => methods.has(method)));
  const allowHeaders = starAlone(intent.headers);
  const exposeHeaders = starAlone(intent.exposeHeaders);
  return {
    allowOrigins,
    ...(allowMethods.length === 0 ? {} : { allowMethods }),
    ...(allowHeaders.length === 0 ? {} : { allowHeaders }),
    ...(exposeHeaders.length === 0 ? {} : { exposeHeaders }),
    // With * a gateway would echo the origin, and every site could read with the user's cookies.
    ...(intent.credentials && !allowOrigins.includes('*') ? { allowCredentials: true } : {}),
    // Written always: the filter's own default is 5 s.
    maxAge: Math.max(1, Math.trunc(intent.maxAgeSeconds)),
  };
}

export const lowerCors: Lower<'cors'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const key = keyOf(intent);
  const needed = intent.origins.includes('*') ? 'cors-any-origin' : 'cors';
  if (!context.profile.supports(needed)) {
    return { kind: 'lost', findings: [raise(corsCodes, 'cors/unsupported', subject, { key, missing: context.profile.missing(needed) })] };
  }
  const sayable = intent.origins.filter((text) => origin.test(text));
  const origins = starAlone(sayable);
  const further: Finding[] = intent.origins
    .filter((text) => !origin.test(text))
    .map((text) => raise(corsCodes, 'cors/origin-unsayable', subject, { origin: text, key }));
  for (const text of origins) {
    if (text.includes('://*')) further.push(raise(corsCodes, 'cors/wildcard-origin-depth', subject, { origin: text }));
  }
  if (origins.length > 0) draft.filters.push({ type: 'CORS', cors: specOf(intent, origins) });
  return { kind: 'approximate', findings: [raise(corsCodes, 'cors/answers-differ', subject, {}), ...further] };
};
