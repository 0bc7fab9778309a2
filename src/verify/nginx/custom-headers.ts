import type { Ingress } from '../../model/ingress.ts';
import type { ConfigMap, Index } from '../../model/inventory.ts';
import { objectKey } from '../../model/object.ts';
import type { EffectiveConfiguration } from '../../nginx/configuration.ts';
import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';
import { findLocation } from './find-location.ts';
import type { Place } from './place.ts';
import { readerOf } from './read.ts';
import { readTarget } from './request-target.ts';
import { findServer } from './servers.ts';

const annotation = 'custom-headers';

function ingressOf(configuration: EffectiveConfiguration, request: ProbeRequest, at: Place | undefined): Ingress | undefined {
  if (at?.location !== undefined) return at.location.ingress;
  const answering = at === undefined ? findServer(configuration, request.host) : ({ kind: 'server', server: at.server } as const);
  const path = readTarget(request.target)?.path;
  if (answering?.kind !== 'server' || path === undefined) return undefined;
  const found = findLocation(answering.server, path);
  return found.kind === 'location' ? found.location.ingress : undefined;
}

/**
 * Adds the response headers that an Ingress names in a ConfigMap: the effective configuration does not hold their values.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/customheaders/main.go
 */
export function customHeaders(configuration: EffectiveConfiguration, configMaps: Index<ConfigMap>): (request: ProbeRequest, outcome: ProbeOutcome, at?: Place) => ProbeOutcome {
  const { settings } = configuration;
  const used = configuration.ingresses.some((ingress) => readerOf(ingress, settings).text(annotation) !== '');
  if (!used) return (_, outcome) => outcome;
  return (request, outcome, at) => {
    const ingress = outcome.kind === 'forwarded' ? ingressOf(configuration, request, at) : undefined;
    if (outcome.kind !== 'forwarded' || ingress === undefined) return outcome;
    const [namespace, name] = readerOf(ingress, settings).text(annotation).split('/', 2);
    const map = name === undefined ? undefined : configMaps.get(objectKey(namespace ?? '', name));
    if (map === undefined) return outcome;
    return { ...outcome, responseHeaders: new Map([...outcome.responseHeaders, ...[...map.data].map(([key, value]) => [key.toLowerCase(), value] as const)]) };
  };
}
