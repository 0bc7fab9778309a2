import { cookieDomain, urlChars } from '../nginx/forms.ts';
import type { CookieRewriteIntent, TextReplacement } from '../plan/intents.ts';
import { defineFamily } from './define.ts';
import { settingUse, textInForce } from './setting-use.ts';
import { meaningsOf, readSettings, siblingText, usesOf, type Setting, type SettingTable } from './setting.ts';
import { exactForm, form } from './spelling.ts';

const words = (value: string): readonly string[] => value.split(/\s+/);

/** https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cookie_domain */
const twoWords: Setting['breaks'] = (value) => (value === 'off' || words(value).length === 2 ? undefined : 'the directive takes off, or a text and its replacement');

const keys = ['proxy-cookie-domain', 'proxy-cookie-path'] as const;
const table: SettingTable<(typeof keys)[number]> = {
  'proxy-cookie-domain': {
    meaning: 'rewrites the Domain of the cookies the backend sets',
    canonical: exactForm(cookieDomain),
    initial: 'off',
    setting: 'proxy-cookie-domain',
  },
  'proxy-cookie-path': {
    meaning: 'rewrites the Path of the cookies the backend sets',
    canonical: form(urlChars),
    initial: 'off',
    setting: 'proxy-cookie-path',
    breaks: twoWords,
  },
};

/** `off`, and what nginx does not load, replaces nothing. */
function replacement(text: string): TextReplacement | undefined {
  const [from, to, more] = words(text);
  return from === undefined || to === undefined || more !== undefined ? undefined : { from, to };
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go */
export const cookieRewrite = defineFamily({
  id: 'cookie-rewrite',
  keys,
  codes: {},
  implicit: true,
  intents: ['cookie-rewrite'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Replaces the Domain and the beginning of the Path in Set-Cookie headers of the backend.',
    gateway: 'Nothing: a ResponseHeaderModifier sets, adds or removes whole headers, and cannot change a part of one.',
    loss: 'Cookies reach the client as the backend writes them. A browser drops a cookie whose Domain is not its own, and sends one only below its Path, so log-ins may fail.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    const { settings } = input;
    const siblings = siblingText(input);
    const [domain, path] = keys.map((name) => replacement(textInForce(name, table[name].canonical, siblings, settings).trim()));
    if (domain === undefined && path === undefined) return rest;
    const setting = settingUse(settings, domain !== undefined && !set.has('proxy-cookie-domain') ? 'proxy-cookie-domain' : 'proxy-cookie-path');
    const intent: CookieRewriteIntent = { kind: 'cookie-rewrite', from: usesOf(set), ...(set.size === 0 ? { setting } : {}), domain, path };
    return { ...rest, intents: [intent] };
  },
});
