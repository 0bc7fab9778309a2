import type { Ingress } from '../../model/ingress.ts';
import { objectKey } from '../../model/object.ts';
import type { Server } from '../../nginx/configuration.ts';
import { basicChars } from '../../nginx/forms.ts';
import { splitReference, type AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { hasForm, parseBoolean } from '../../nginx/values.ts';
import type { ProbeRequest, Upstream } from '../outcome.ts';
import type { Surroundings } from './surroundings.ts';
import { readerOf } from './read.ts';

interface Reference {
  readonly namespace: string;
  readonly name: string;
}

/** The Secret of the proxy-ssl annotations, which all wait for it; undefined where the controller takes none, as without a namespace. */
function secretOf(reader: AnnotationReader, settings: ControllerSettings): Reference | undefined {
  const text = reader.text('proxy-ssl-secret');
  const reference = hasForm(text, basicChars) ? splitReference(text) : undefined;
  if (reference === undefined || reference.namespace === '' || reference.name === '') return undefined;
  return reference.namespace === reader.ingress.ref.namespace || settings.allowCrossNamespace ? reference : undefined;
}

/** A Secret that is known to hold no ca.crt verifies nothing; one that is not given may hold it. */
function hasAuthority({ namespace, name }: Reference, { secrets }: Surroundings): boolean {
  const held = secrets?.get(objectKey(namespace, name))?.keys;
  return held === undefined || held.size === 0 || held.has('ca.crt');
}

/** Canaries of the host, whose settings count for the server block as well. */
function canariesOf({ host, locations }: Server): readonly Ingress[] {
  const canaries = locations.flatMap(({ backend }) => (backend.kind === 'service' ? (backend.upstream.canary?.ingress ?? []) : []));
  return canaries.filter(({ rules }) => rules.some((rule) => rule.host === host));
}

/** Locations without a Secret of their own have the settings of the server block: those of the first Ingress of the host with an authority. */
function settingsFor(own: AnnotationReader, server: Server, settings: ControllerSettings, surroundings: Surroundings): AnnotationReader | undefined {
  if (secretOf(own, settings) !== undefined) return own;
  if (parseBoolean(settings.raw.get('proxy-ssl-location-only') ?? '') === true) return undefined;
  return [...server.ingresses, ...canariesOf(server)]
    .map((ingress) => readerOf(ingress, settings))
    .find((reader) => {
      const secret = secretOf(reader, settings);
      return secret !== undefined && hasAuthority(secret, surroundings);
    });
}

function tlsOf(own: AnnotationReader, server: Server, settings: ControllerSettings, surroundings: Surroundings): Upstream['tls'] {
  const reader = settingsFor(own, server, settings, surroundings);
  const secret = reader === undefined ? undefined : secretOf(reader, settings);
  if (reader === undefined || secret === undefined || reader.text('proxy-ssl-verify') !== 'on' || !hasAuthority(secret, surroundings)) return 'unverified';
  const name = reader.text('proxy-ssl-name');
  return { name: hasForm(name, basicChars) ? name : '', ca: `${secret.namespace}/${secret.name}` };
}

/**
 * How nginx speaks to the backends of a location; undefined: HTTP/1 without TLS. A value that the controller does not know is HTTP.
 * Source: buildProxyPass of the controller's template.go, and proxyssl/main.go
 */
export function upstreamOf(reader: AnnotationReader | undefined, { scheme }: ProbeRequest, server: Server, settings: ControllerSettings, surroundings: Surroundings): Upstream | undefined {
  if (reader === undefined) return undefined;
  const tls = (): Upstream['tls'] => tlsOf(reader, server, settings, surroundings);
  switch (reader.text('backend-protocol').toUpperCase()) {
    case 'HTTPS':
      return { protocol: 'http/1', tls: tls() };
    case 'AUTO_HTTP':
      return scheme === 'https' ? { protocol: 'http/1', tls: tls() } : undefined;
    case 'GRPC':
      return { protocol: 'http/2', tls: 'none' };
    case 'GRPCS':
      return { protocol: 'http/2', tls: tls() };
    case 'FCGI':
      return { protocol: 'fastcgi', tls: 'none' };
    default:
      return undefined;
  }
}
