import type { ProbeRequest, WeightedBackend } from '../outcome.ts';
import type { ServiceBackend } from '../../nginx/configuration.ts';
import { basicChars } from '../../nginx/forms.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { hasForm, parseInteger } from '../../nginx/values.ts';
import { readerOf } from './read.ts';

/** Name of a cookie without regard to case, as nginx looks it up; the value ends at the next semicolon. */
function cookie(request: ProbeRequest, name: string): string | undefined {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key = '', ...value] = part.trim().split('=');
    if (key.toLowerCase() === name.toLowerCase()) return value.join('=');
  }
  return undefined;
}

type Decision = 'canary' | 'main' | 'undecided';

const alwaysOrNever = (value: string | undefined): Decision => (value === 'always' ? 'canary' : value === 'never' ? 'main' : 'undecided');

const basic = (reader: AnnotationReader, name: 'canary-by-header' | 'canary-by-header-value' | 'canary-by-cookie'): string =>
  hasForm(reader.raw(name) ?? '', basicChars) ? reader.text(name) : '';

function matches(pattern: string, value: string): boolean | undefined {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return undefined;
  }
}

function byHeader(request: ProbeRequest, reader: AnnotationReader): Decision {
  const name = basic(reader, 'canary-by-header');
  const value = name === '' ? undefined : request.headers.get(name.toLowerCase());
  if (value === undefined) return 'undecided';
  const wanted = basic(reader, 'canary-by-header-value');
  if (wanted !== '') return value === wanted ? 'canary' : 'undecided';
  const pattern = reader.text('canary-by-header-pattern');
  if (pattern === '') return alwaysOrNever(value);
  const found = matches(pattern, value);
  return found === undefined ? 'main' : found ? 'canary' : 'undecided';
}

/** Share of the canary, 0 to 1. A total below 100 counts as 100. */
function shareOf(request: ProbeRequest, reader: AnnotationReader): number {
  const header = byHeader(request, reader);
  const name = basic(reader, 'canary-by-cookie');
  const decision = header === 'undecided' && name !== '' ? alwaysOrNever(cookie(request, name)) : header;
  if (decision !== 'undecided') return decision === 'canary' ? 1 : 0;
  const weight = parseInteger(reader.raw('canary-weight') ?? '') ?? 0;
  const total = Math.max(100, parseInteger(reader.raw('canary-weight-total') ?? '') ?? 100);
  return Math.min(1, Math.max(0, weight / total));
}

/**
 * Services that may get a request, each with its share; the canary second.
 * Source: route_to_alternative_balancer in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua
 */
export function backendsOf(request: ProbeRequest, backend: ServiceBackend, settings: ControllerSettings): readonly WeightedBackend[] {
  const { namespace, name, port, upstream } = backend;
  const attached = upstream.canary;
  const share = attached === undefined ? 0 : shareOf(request, readerOf(attached.ingress, settings));
  const main = { namespace, name, port, share: 1 - share };
  if (attached === undefined) return [main];
  const canary = { namespace: attached.backend.namespace, name: attached.backend.name, port: attached.backend.port, share };
  return [main, canary].filter((one) => one.share > 0);
}
