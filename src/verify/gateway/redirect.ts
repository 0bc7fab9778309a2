import type { JsonObject } from '../../model/gateway.ts';
import type { ProbeOutcome } from '../outcome.ts';
import { modifiedPath } from './filters.ts';
import { numberIn, objectIn, textIn } from '../../model/json.ts';
import type { RoutedRequest } from './match.ts';
import type { VerifyProfile } from './profile.ts';
import type { TableEntry } from './table.ts';

const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * Port of the Location: the filter's; else the usual one of the filter's scheme; else the listener's, which requests are taken to have
 * reached through the usual port of their own scheme. Source: HTTPRequestRedirectFilter.port
 */
function portText(filter: JsonObject, scheme: string, { usualPortWritten }: VerifyProfile): string {
  const port = numberIn(filter, 'port');
  return port === undefined || (port === usualPorts[scheme] && !usualPortWritten) ? '' : `:${port}`;
}

/** What a RequestRedirect answers; the request's query is kept. */
export function redirectOutcome(filter: JsonObject, entry: TableEntry, { request, path, query }: RoutedRequest, profile: VerifyProfile): ProbeOutcome {
  const scheme = textIn(filter, 'scheme') ?? request.scheme;
  const host = textIn(filter, 'hostname') ?? request.host;
  const modifier = objectIn(filter, 'path');
  const modified = filter['path'] === undefined ? path : modifiedPath(modifier, path, entry, profile, 'redirect');
  // A query in replaceFullPath takes the place of the request's on Envoy, and is none on Traefik (measured); the API does not say.
  const target = profile.paths === 'go' ? modified.replaceAll('?', '%3F') : modified;
  const kept = target.includes('?') ? '' : query;
  return { kind: 'redirected', status: numberIn(filter, 'statusCode') ?? 302, location: `${scheme}://${host}${portText(filter, scheme, profile)}${target}${kept}` };
}
