import { backendIngresses } from './involved.ts';
import type { EffectiveConfiguration, Server } from '../../nginx/configuration.ts';
import { parseList, readWord } from '../../nginx/values.ts';
import { samplePattern } from './pattern-samples.ts';

/** A way to ask for a path. */
export interface Variant {
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
}

const noHeaders: ReadonlyMap<string, string> = new Map();

export const plainVariant: Variant = { method: 'GET', headers: noHeaders };

const get = (name: string, value: string): Variant => ({ method: 'GET', headers: new Map([[name, value]]) });

type Read = (name: string) => string | undefined;

/** Header and cookie values around a canary's rules. */
function canaryVariants(read: Read): readonly Variant[] {
  const header = read('canary-by-header')?.trim().toLowerCase() ?? '';
  const value = read('canary-by-header-value') ?? '';
  const pattern = read('canary-by-header-pattern') ?? '';
  const cookie = read('canary-by-cookie')?.trim() ?? '';
  const values = [...(value === '' ? [] : [value, value.toUpperCase()]), ...(pattern === '' ? [] : samplePattern(pattern).slice(0, 2)), 'always', 'never', 'other'];
  const usable = values.filter((text) => /^[\x20-\x7e]+$/.test(text));
  const headers = /^[a-z0-9-]+$/.test(header) ? usable.map((text) => get(header, text)) : [];
  const cookies = /^[A-Za-z0-9_-]+$/.test(cookie) ? ['always', 'never', 'other'].map((text) => get('cookie', `${cookie}=${text}`)) : [];
  return [...headers, ...cookies];
}

/** Origins that a list allows, that it nearly allows, and a strange one. */
function corsVariants(read: Read): readonly Variant[] {
  const allowed = parseList(read('cors-allow-origin') ?? '').filter((origin) => origin !== '*' && /^[\x21-\x7e]+$/.test(origin));
  const concrete = allowed.slice(0, 2).flatMap((origin) => [origin.replace('*', 'app'), origin.replace('*', 'one.two')]);
  const origins = [...new Set([...concrete, 'https://stranger.example.org'])];
  return origins.flatMap((origin): readonly Variant[] => [
    { method: 'OPTIONS', headers: new Map([['origin', origin], ['access-control-request-method', 'PUT']]) },
    get('origin', origin),
  ]);
}

/** User and password that nobody has; conditions are compared, never judged. */
const credentials = get('authorization', `Basic ${Buffer.from('gwmigrate:probe').toString('base64')}`);
/** A client that each list refuses. */
function refusedClients({ blockUserAgents, blockReferers }: EffectiveConfiguration['settings']): readonly Variant[] {
  const sample = (source: string): readonly string[] => (source.startsWith('~') ? samplePattern(source.replace(/^~\*?/, '')).slice(0, 1) : [source]);
  const of = (header: string, sources: readonly string[]): readonly Variant[] =>
    sources.slice(0, 2).map(readWord).flatMap(sample).filter((value) => /^[\x20-\x7e]+$/.test(value)).map((value) => get(header, value));
  return [...of('user-agent', blockUserAgents), ...of('referer', blockReferers)];
}

/** Ways to ask that the annotations of a server tell apart, beyond a plain GET. */
export function variantsOf(server: Server, { settings }: EffectiveConfiguration): readonly Variant[] {
  const variants: Variant[] = [
    { method: 'POST', headers: noHeaders },
    { method: 'OPTIONS', headers: noHeaders },
    ...refusedClients(settings),
  ];
  for (const ingress of backendIngresses(server)) {
    const read: Read = (name) => ingress.annotations.get(`${settings.annotationsPrefix}/${name}`);
    if (read('enable-cors') !== undefined) variants.push(...corsVariants(read));
    variants.push(...canaryVariants(read));
    if (read('auth-type') !== undefined || read('auth-url') !== undefined) variants.push(credentials);
  }
  variants.push({ method: 'HEAD', headers: noHeaders });
  const seen = new Map(variants.map((variant) => [`${variant.method} ${[...variant.headers].join(' ')}`, variant]));
  return [...seen.values()];
}
