import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import { hasForm, normaliseText, parseBoolean } from '../nginx/values.ts';
import type { AffinityIntent } from '../plan/intents.ts';
import { codes } from './affinity-codes.ts';
import type { PresentAnnotation } from './define.ts';

export const cookieKeys = [
  'affinity-mode',
  'session-cookie-name',
  'session-cookie-path',
  'session-cookie-domain',
  'session-cookie-max-age',
  'session-cookie-expires',
  'session-cookie-samesite',
  'session-cookie-conditional-samesite-none',
  'session-cookie-secure',
  'session-cookie-change-on-failure',
] as const;
export type CookieKey = (typeof cookieKeys)[number];

/** Forms of the parser package: BasicCharsRegex, URLIsValidRegex, and the expiry form of sessionaffinity/main.go, which is not anchored. */
const basic = /^[-/._~a-zA-Z0-9:]*$/;
const url = /^[-/._~a-zA-Z0-9:,?&=]*$/;
const expiry = /(?:^0|-?[1-9][0-9]*$)/;

/** Everything of the intent that is the same on all locations. `path` undefined: the path of each location. */
export type Cookie = Omit<AffinityIntent, 'kind' | 'from'>;

export interface CookieReading {
  readonly cookie: Cookie;
  /** Keys that took part. */
  readonly used: ReadonlySet<CookieKey>;
  readonly findings: readonly Finding[];
}

type Get = (name: CookieKey) => PresentAnnotation | undefined;

class Values {
  readonly used = new Set<CookieKey>();
  readonly findings: Finding[] = [];
  readonly #get: Get;

  constructor(get: Get) {
    this.#get = get;
  }

  /** The value in the form the cookie library takes it; undefined when absent or not usable. */
  read<T>(name: CookieKey, instead: string, parse: (text: string, raw: string) => T | undefined): T | undefined {
    const present = this.#get(name);
    if (present === undefined) return undefined;
    const text = normaliseText(present.raw);
    const value = text === '' ? undefined : parse(text, present.raw);
    if (value === undefined) {
      const args = { annotation: present.key, value: JSON.stringify(present.raw), instead };
      this.findings.push(raise(codes, 'affinity/ignored-value', aboutAnnotation(present.ingress, present.key), args));
    } else this.used.add(name);
    return value;
  }

  /** A switch whose `false` is the default: only `true` takes part. */
  readSwitch(name: CookieKey, reason: string): boolean {
    const present = this.#get(name);
    const on = this.read(name, 'false', (_text, raw) => parseBoolean(raw)) === true;
    if (present !== undefined && !on && this.used.delete(name)) this.idle(present, reason);
    return on;
  }

  idle(present: PresentAnnotation, reason: string): void {
    const args = { annotation: present.key, value: present.raw, reason };
    this.findings.push(raise(codes, 'affinity/default-value', aboutAnnotation(present.ingress, present.key), args));
  }

  lose(name: CookieKey): void {
    const present = this.#get(name);
    if (present === undefined) return;
    this.findings.push(raise(codes, 'affinity/conditional-samesite', aboutAnnotation(present.ingress, present.key), { annotation: present.key }));
  }

  withdraw(name: CookieKey, reason: string): void {
    const present = this.#get(name);
    this.used.delete(name);
    if (present !== undefined) this.idle(present, reason);
  }
}

/** lua-resty-cookie writes only these three spellings; any other is dropped, although the controller accepts lower case. */
function sameSite(text: string): AffinityIntent['sameSite'] {
  return text === 'None' || text === 'Lax' || text === 'Strict' ? text : undefined;
}

function seconds(text: string, raw: string): number | undefined {
  const value = expiry.test(raw.replaceAll(' ', '')) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer/sticky.lua (set_cookie) */
export function readCookie(get: Get): CookieReading {
  const values = new Values(get);
  const withForm = (form: RegExp) => (text: string, raw: string) => (hasForm(raw, form) ? text : undefined);
  const mode = values.read('affinity-mode', 'balanced', (text) => (text === 'balanced' || text === 'persistent' ? text : undefined));
  const sameSiteValue = values.read('session-cookie-samesite', 'no SameSite attribute', sameSite);
  const cookie: Cookie = {
    cookieName: values.read('session-cookie-name', 'INGRESSCOOKIE', withForm(basic)) ?? 'INGRESSCOOKIE',
    mode: mode ?? 'balanced',
    path: values.read('session-cookie-path', 'the path of the Ingress', withForm(url)),
    domain: values.read('session-cookie-domain', 'no Domain attribute', withForm(basic)),
    // The validator of max-age does not pass over spaces, and looks at the end of the text alone.
    maxAgeSeconds: values.read('session-cookie-max-age', 'a cookie of the browser session', (text, raw) => (raw.endsWith(' ') ? undefined : seconds(text, raw))),
    expiresSeconds: values.read('session-cookie-expires', 'a cookie of the browser session', seconds),
    sameSite: sameSiteValue,
    secure: values.readSwitch('session-cookie-secure', 'The cookie is Secure on HTTPS in any case; false does not take that away.'),
    changeOnFailure: values.readSwitch('session-cookie-change-on-failure', 'After a failure the cookie keeps its endpoint by default.'),
  };
  if (values.readSwitch('session-cookie-conditional-samesite-none', 'SameSite is sent to every browser by default.')) {
    if (sameSiteValue === 'None') values.lose('session-cookie-conditional-samesite-none');
    else values.withdraw('session-cookie-conditional-samesite-none', 'It is about SameSite=None, which the cookie does not say.');
  }
  return { cookie, used: values.used, findings: values.findings };
}
