import type { ProbeRequest } from '../outcome.ts';
import type { Location, Server } from '../../nginx/configuration.ts';
import { namedService } from '../../nginx/named-service.ts';

/** Values of the nginx variables that annotations name. */
export type Variables = (name: string) => string | undefined;

/**
 * Variables of a request in its location.
 * Source: the `set` directives of https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
export function variablesOf(request: ProbeRequest, location: Location, server: Server): Variables {
  const { ingress } = location;
  const named = namedService(location, server);
  const values: ReadonlyMap<string, string> = new Map([
    ['host', request.host.toLowerCase().replace(/\.$/, '')],
    ['http_host', request.host],
    ['scheme', request.scheme],
    ['request_uri', request.target],
    ['request_method', request.method],
    ['namespace', ingress?.ref.namespace ?? ''],
    ['ingress_name', ingress?.ref.name ?? ''],
    ['service_name', named?.service ?? ''],
    ['service_port', named?.port ?? ''],
  ]);
  return (name) => values.get(name) ?? (name.startsWith('http_') ? (request.headers.get(name.slice(5).replaceAll('_', '-')) ?? '') : undefined);
}

/** The same, undefined where the value of a variable is not known. What a request brings may look like one and is none. */
export function expandKnown(text: string, captures: readonly (string | undefined)[], variables: Variables): string | undefined {
  const names = [...text.matchAll(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g)].map(([, braced, bare]) => braced ?? bare ?? '');
  return names.every((name) => variables(name) !== undefined) ? expand(text, captures, variables) : undefined;
}

/** Puts captures (`$1` to `$9`, one digit) and variables into a text; an unknown variable stays as it is written. */
export function expand(text: string, captures: readonly (string | undefined)[], variables: Variables): string {
  return text.replace(/\$(?:([1-9])|\{(\w+)\}|([A-Za-z_]\w*))/g, (whole, digit: string | undefined, braced: string | undefined, bare: string | undefined) => {
    if (digit !== undefined) return captures[Number(digit)] ?? '';
    return variables(braced ?? bare ?? '') ?? whole;
  });
}
