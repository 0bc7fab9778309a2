import type { Intent, IntentKind } from './intents.ts';

/** What the ConfigMap says for all servers. */
const common: ReadonlySet<string> = new Set(['http-snippet', 'add-headers', 'hide-headers', 'proxy-set-headers']);

/** Texts of Ingresses, and of the ConfigMap behind them, in the server block and then in the location. */
const annotations: readonly (string | undefined)[] = ['/server-snippet', undefined, '/configuration-snippet', undefined];
const settings: readonly (string | undefined)[] = [undefined, 'server-snippet', undefined, 'location-snippet'];
const first = -1;
/** Behind what the same text does to plain HTTP. */
const behindPlainHttp = 0.5;
/** Last place before app-root, and last place before nginx looks for a location. */
export const beforeAppRoot = annotations.indexOf('/server-snippet') + behindPlainHttp;
export const serverBlock = settings.indexOf('server-snippet') + behindPlainHttp;

/** What the controller writes into a location after all texts, a fixed redirect first. */
const written = 4;
const behind: Readonly<Partial<Record<IntentKind, number>>> = { 'rewrite-redirect': 5, 'https-redirect': 6 };

/**
 * Where in the configuration of nginx something stands, the earlier the smaller.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
export function standingOf(intent: Intent): number {
  const { kind, from, setting } = intent;
  if (kind === 'block-list' || (setting !== undefined && common.has(setting.key))) return first;
  const text = setting === undefined ? annotations.findIndex((name) => name !== undefined && from.some(({ key }) => key.endsWith(name))) : settings.indexOf(setting.key);
  const place = text >= 0 ? text : (behind[kind] ?? written);
  return kind === 'method-guard' && intent.behindPlainHttp === true ? place + behindPlainHttp : place;
}

/** Before nginx looks for a location. */
export const inServerBlock = (intent: Intent): boolean => standingOf(intent) <= serverBlock;

const toAll: ReadonlySet<IntentKind> = new Set<IntentKind>(['redirect', 'rewrite-redirect', 'fixed-response']);
const toPlainHttp: ReadonlySet<IntentKind> = new Set<IntentKind>(['https-redirect', 'plain-http']);

/** Every request gets this answer that nothing before it has answered. */
export const answersAll = ({ kind }: Intent): boolean => toAll.has(kind);

const firstOf = (intents: readonly Intent[], kinds: ReadonlySet<IntentKind>): number => Math.min(...intents.filter(({ kind }) => kinds.has(kind)).map(standingOf));

/** Answers that no request of the location gets, because another stands before them. */
export function unreached<T extends Intent>(intents: readonly T[]): ReadonlySet<T> {
  const [all, plain] = [firstOf(intents, toAll), firstOf(intents, toPlainHttp)];
  const last = ({ kind }: Intent): number => (toPlainHttp.has(kind) ? Math.min(all, plain) : toAll.has(kind) || kind === 'method-guard' ? all : Number.POSITIVE_INFINITY);
  return new Set(intents.filter((intent) => Math.floor(standingOf(intent)) > last(intent)));
}
