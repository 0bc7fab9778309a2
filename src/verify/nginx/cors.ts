import type { ProbeRequest } from '../outcome.ts';
import { headerList } from '../../nginx/forms.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';
import { hasForm, parseBoolean, parseInteger, parseList } from '../../nginx/values.ts';

/** The controller's expression repeats parts that may all be missing, so an address may begin in the middle of an entry: `chrome-extension://x` has the form, and allows nobody. */
const originsForm = /^(?:\*|(?:[A-Za-z0-9.,-]|(?<=[a-z]):\/\/|\*\.|:\d)*)$/;
const originForm = /^[a-z]+:\/\/(?:\*\.)?[A-Za-z0-9.-]+(?::\d+)?$/;
const methodsForm = /^[A-Za-z]+(?:(?:,\s?|\s)[A-Za-z]+)*(?:,\s?)?$/;
const exposeForm = /^(?:[A-Za-z0-9_-]+|\*)(?:(?:,\s?|\s)(?:[A-Za-z0-9_-]+|\*))*(?:,\s?)?$/;

const defaults = {
  methods: 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
  headers: 'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
  maxAgeSeconds: 1_728_000,
} as const;

/** Undefined: CORS is off, because no entry is usable. A value that is refused as a whole allows every origin. */
function originsOf(reader: AnnotationReader): readonly string[] | undefined {
  const text = reader.text('cors-allow-origin');
  if (text === '' || !hasForm(reader.raw('cors-allow-origin') ?? '', originsForm)) return ['*'];
  const entries = parseList(text);
  if (entries.includes('*')) return ['*'];
  const usable = entries.filter((entry) => originForm.test(entry));
  return usable.length === 0 ? undefined : usable;
}

/** Compared without case and from the end only; `*.` is one label. */
function allows(allowed: string, origin: string): boolean {
  const escaped = allowed.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('\\*', '[A-Za-z0-9-]+');
  return new RegExp(`${escaped}$`, 'i').test(origin);
}

function textOr(reader: AnnotationReader, name: 'cors-allow-methods' | 'cors-allow-headers', form: RegExp, otherwise: string): string {
  const text = reader.text(name);
  return text !== '' && hasForm(reader.raw(name) ?? '', form) ? text : otherwise;
}

/**
 * Headers that answers get in a location with enable-cors, by lower-case name; undefined when this request gets none. A preflight with
 * them is answered by nginx itself.
 * Source: CORS in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
export function corsHeaders(request: ProbeRequest, reader: AnnotationReader): ReadonlyMap<string, string> | undefined {
  if (!reader.isTrue('enable-cors')) return undefined;
  const origins = originsOf(reader);
  if (origins === undefined) return undefined;
  const any = origins.includes('*');
  const origin = any ? '*' : request.headers.get('origin');
  if (origin === undefined || (!any && !origins.some((allowed) => allows(allowed, origin)))) return undefined;
  const expose = reader.text('cors-expose-headers');
  const maxAge = parseInteger(reader.raw('cors-max-age') ?? '') ?? defaults.maxAgeSeconds;
  return new Map([
    ['access-control-allow-origin', origin],
    ...(parseBoolean(reader.raw('cors-allow-credentials') ?? '') === false ? [] : [['access-control-allow-credentials', 'true'] as const]),
    ['access-control-allow-methods', textOr(reader, 'cors-allow-methods', methodsForm, defaults.methods)],
    ['access-control-allow-headers', textOr(reader, 'cors-allow-headers', headerList, defaults.headers)],
    ...(expose !== '' && hasForm(reader.raw('cors-expose-headers') ?? '', exposeForm) ? [['access-control-expose-headers', expose] as const] : []),
    ['access-control-max-age', String(maxAge)],
  ]);
}
