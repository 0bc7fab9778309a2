import { defineFamily } from './define.ts';
import { needsFastcgi } from './idle.ts';
import { meaningsOf, readSettings, usesOf, type SettingTable } from './setting.ts';
import { text } from './spelling.ts';

const keys = ['fastcgi-index', 'fastcgi-params-configmap'] as const;
const table: SettingTable<(typeof keys)[number]> = {
  'fastcgi-index': { meaning: 'appends this file name to FastCGI requests that end in a slash', canonical: text, idle: needsFastcgi },
  'fastcgi-params-configmap': { meaning: 'sends the entries of this ConfigMap as FastCGI parameters', canonical: text, idle: needsFastcgi },
};

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/fastcgi/main.go */
export const fastcgi = defineFamily({
  id: 'fastcgi',
  keys,
  codes: {},
  intents: ['fastcgi-parameters'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Gives the FastCGI backend an index file and further parameters. Both need backend-protocol: FCGI.',
    gateway: 'Nothing: no field of the Gateway API makes a gateway speak FastCGI.',
    loss: 'The rules are closed already, because their protocol has no counterpart; a web server in front of the application has to set the parameters.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    if (set.size === 0) return rest;
    return { ...rest, intents: [{ kind: 'fastcgi-parameters', from: usesOf(set), index: set.get('fastcgi-index')?.value ?? '', configMap: set.get('fastcgi-params-configmap')?.value ?? '' }] };
  },
});
