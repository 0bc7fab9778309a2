import type { ProbeRequest } from '../verify/outcome.ts';
import type { Address } from './address.ts';

/** Methods that change nothing on the other side (https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1). */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Never sent, even where the rules of a host ask for them. */
const credentials: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization']);

/** What HTTP/1.1 can carry as it is: no request is ever changed to fit. */
function isSendable({ host, target, headers }: ProbeRequest): boolean {
  return /^[\w.-]*$/u.test(host) && /^\/[\x21\x22\x24-\x7e]*$/u.test(target) && [...headers].every(([name, value]) => /^[a-z\d-]+$/u.test(name) && /^[\x20-\x7e]*$/u.test(value));
}

export interface Choice {
  readonly methods: ReadonlySet<string>;
  readonly most: number;
  readonly addresses: readonly Address[];
}

/**
 * Requests that may go out: of the given methods, without credentials, for schemes that both addresses serve, and no more than `most`.
 * Those of one host stand together, so that a connection serves several.
 */
export function chooseRequests(requests: readonly ProbeRequest[], { methods, most, addresses }: Choice): readonly ProbeRequest[] {
  const chosen = requests.filter(
    (request) =>
      methods.has(request.method) &&
      isSendable(request) &&
      ![...request.headers.keys()].some((name) => credentials.has(name)) &&
      addresses.every(({ ports }) => ports[request.scheme] !== undefined),
  );
  const groups = new Map<string, ProbeRequest[]>();
  for (const request of chosen.slice(0, most)) {
    const key = `${request.scheme} ${request.host}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [request]);
    else known.push(request);
  }
  return [...groups.values()].flat();
}
