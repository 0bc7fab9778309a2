import { defineFamily } from './define.ts';
import { meaningsOf, readSettings, usesOf, type SettingTable } from './setting.ts';
import { bool } from './spelling.ts';

const keys = ['use-port-in-redirects'] as const;
const table: SettingTable<(typeof keys)[number]> = {
  'use-port-in-redirects': { meaning: 'writes the port of its own listener into the redirects it makes', canonical: bool, initial: 'false', setting: 'use-port-in-redirects' },
};

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/portinredirect/main.go */
export const redirectPort = defineFamily({
  id: 'redirect-port',
  keys,
  codes: {},
  intents: ['redirect-port'],
  meanings: meaningsOf(table),
  docs: {
    nginx: "Writes the port of the controller's own listener (80 and 443 unless its flags say otherwise) into the redirects nginx makes itself.",
    gateway: 'RequestRedirect has a port, but a gateway leaves 80 and 443 out of a Location, where they say nothing.',
    loss: 'With the ports 80 and 443 the address means the same. With others (--http-port, --https-port) clients were sent to a port that the Gateway may not have.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    return set.size === 0 ? rest : { ...rest, intents: [{ kind: 'redirect-port', from: usesOf(set) }] };
  },
});
