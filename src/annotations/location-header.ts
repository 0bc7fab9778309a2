import { urlChars } from '../nginx/forms.ts';
import { defineFamily } from './define.ts';
import type { Idle } from './idle.ts';
import { settingUse, textInForce } from './setting-use.ts';
import { meaningsOf, readSettings, siblingText, usesOf, type Setting, type SettingTable } from './setting.ts';
import { form } from './spelling.ts';

const keys = ['proxy-redirect-from', 'proxy-redirect-to'] as const;
type Key = (typeof keys)[number];

const canonical = form(urlChars);

/**
 * The two work as a pair. `off` and `default` stand alone and rewrite at most Locations that name the controller's internal upstream,
 * which no backend sends; a `from` without `to` writes no directive. See proxy_redirect in
 * https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
const pairIncomplete: Idle = (siblings, settings) => {
  const from = textInForce('proxy-redirect-from', canonical, siblings, settings);
  if (from === 'off' || from === 'default') return `proxy-redirect-from is ${from}, so no text is replaced`;
  return textInForce('proxy-redirect-to', canonical, siblings, settings) === 'off' ? 'proxy-redirect-to is off, so no text is replaced' : undefined;
};

const row = (setting: Key): Setting => ({
  meaning: 'rewrites the Location and Refresh headers of the answers',
  canonical,
  initial: 'off',
  setting,
  idle: pairIncomplete,
});
const table: SettingTable<Key> = { 'proxy-redirect-from': row('proxy-redirect-from'), 'proxy-redirect-to': row('proxy-redirect-to') };

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go */
export const locationHeader = defineFamily({
  id: 'location-header',
  keys,
  codes: {},
  implicit: true,
  intents: ['location-header'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Replaces the beginning of Location and Refresh headers that the backend sends. Both texts are needed; off and default alone change nothing that a backend sends.',
    gateway: 'Nothing: a ResponseHeaderModifier sets whole headers, and cannot change a part of one.',
    loss: 'Redirects reach the client as the backend writes them, perhaps with an internal name.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    const { settings } = input;
    const siblings = siblingText(input);
    if (set.size === 0 && (pairIncomplete(siblings, settings) !== undefined || !keys.some((name) => settings.raw.has(name)))) return rest;
    const of = (name: Key): string => textInForce(name, canonical, siblings, settings);
    const setting = settingUse(settings, settings.raw.has('proxy-redirect-from') ? 'proxy-redirect-from' : 'proxy-redirect-to');
    return { ...rest, intents: [{ kind: 'location-header', from: usesOf(set), ...(set.size === 0 ? { setting } : {}), replace: { from: of('proxy-redirect-from'), to: of('proxy-redirect-to') } }] };
  },
});
