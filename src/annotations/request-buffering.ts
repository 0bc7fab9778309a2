import { defineFamily } from './define.ts';
import { meaningsOf, readSettings, usesOf, type SettingTable } from './setting.ts';
import { onOff } from './spelling.ts';

const keys = ['proxy-request-buffering'] as const;
const table: SettingTable<(typeof keys)[number]> = {
  'proxy-request-buffering': {
    meaning: 'passes request bodies on while they arrive, or reads them whole before it calls the backend',
    canonical: onOff,
    initial: 'on',
    setting: 'proxy-request-buffering',
  },
};

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go */
export const requestBuffering = defineFamily({
  id: 'request-buffering',
  keys,
  codes: {},
  intents: ['request-buffering'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Reads request bodies whole before it calls the backend (the default), or passes them on while they arrive (off).',
    gateway: 'Nothing. Most gateways pass bodies on while they arrive, which is what off asks for.',
    loss: 'Nothing for off, on a gateway that streams. The default, on, is what most gateways do not do: see default/request-buffering.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    return set.size === 0 ? rest : { ...rest, intents: [{ kind: 'request-buffering', from: usesOf(set), enabled: false }] };
  },
});
