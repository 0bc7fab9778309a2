import type { JsonObject } from '../../model/gateway.ts';
import type { ProbeRequest } from '../outcome.ts';
import { flagIn, numberIn, textsIn } from '../../model/json.ts';
import type { VerifyProfile } from './profile.ts';

export interface CorsAnswer {
  readonly headers: ReadonlyMap<string, string>;
  /** Set for a preflight: it is answered without a backend. */
  readonly status: number | undefined;
}

const special = /[\\^$.*+?()[\]{}|]/gu;

/** `https://*.x` stands for any number of labels. Source: HTTPCORSFilter.allowOrigins */
function allows(origins: readonly string[], origin: string): boolean {
  return origins.some((allowed) => {
    if (allowed === '*' || allowed === origin) return true;
    if (!allowed.includes('*')) return false;
    return new RegExp(`^${allowed.replace(special, '\\$&').replaceAll('\\*', '.*')}$`, 'u').test(origin);
  });
}

/** The request's own list where everything is allowed, as Envoy answers. */
function allowedList(listed: readonly string[], asked: string | undefined): string {
  return listed.includes('*') ? (asked ?? '*') : listed.join(', ');
}

function preflightHeaders(cors: JsonObject, { headers }: ProbeRequest, out: Map<string, string>): void {
  const methods = textsIn(cors, 'allowMethods');
  const names = textsIn(cors, 'allowHeaders');
  if (methods.length > 0) out.set('access-control-allow-methods', allowedList(methods, headers.get('access-control-request-method')));
  if (names.length > 0) out.set('access-control-allow-headers', allowedList(names, headers.get('access-control-request-headers')));
  out.set('access-control-max-age', String(numberIn(cors, 'maxAge') ?? 5));
}

/** What a CORS filter adds. A request without Origin is not touched. Measured on Envoy Gateway 1.9.1. */
export function corsAnswer(cors: JsonObject, request: ProbeRequest, { preflightStatus }: VerifyProfile): CorsAnswer {
  const origin = request.headers.get('origin');
  const headers = new Map<string, string>();
  if (origin === undefined) return { headers, status: undefined };
  const preflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
  if (allows(textsIn(cors, 'allowOrigins'), origin)) {
    headers.set('access-control-allow-origin', origin);
    if (flagIn(cors, 'allowCredentials')) headers.set('access-control-allow-credentials', 'true');
    const exposed = textsIn(cors, 'exposeHeaders');
    if (exposed.length > 0) headers.set('access-control-expose-headers', exposed.join(', '));
  }
  if (preflight) preflightHeaders(cors, request, headers);
  return { headers, status: preflight ? preflightStatus : undefined };
}
