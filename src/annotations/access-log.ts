import { defineFamily } from './define.ts';
import { meaningsOf, readSettings, usesOf, type SettingTable } from './setting.ts';
import { bool } from './spelling.ts';

const keys = ['enable-access-log'] as const;
const table: SettingTable<(typeof keys)[number]> = {
  'enable-access-log': { meaning: 'writes these requests to the access log, or leaves them out', canonical: bool, initial: 'true' },
};

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/log/main.go */
export const accessLog = defineFamily({
  id: 'access-log',
  keys,
  codes: {},
  intents: ['access-log'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Writes the requests of the Ingress to the access log of the controller, unless it is switched off.',
    gateway: 'Nothing: what is logged is a setting of the implementation, for a whole Gateway or more.',
    loss: 'Requests are answered as before; the log of the gateway holds them, or does not, whatever the annotation says.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    return set.size === 0 ? rest : { ...rest, intents: [{ kind: 'access-log', from: usesOf(set), enabled: false }] };
  },
});
