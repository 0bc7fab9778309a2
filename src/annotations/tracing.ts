import { defineFamily } from './define.ts';
import { needsTracing } from './idle.ts';
import { meaningsOf, readSettings, usesOf, type SettingTable } from './setting.ts';
import { bool, text } from './spelling.ts';

const keys = ['enable-opentelemetry', 'opentelemetry-trust-incoming-span', 'opentelemetry-operation-name'] as const;
const table: SettingTable<(typeof keys)[number]> = {
  'enable-opentelemetry': { meaning: 'sends traces of these requests', canonical: bool, initial: 'false', setting: 'enable-opentelemetry' },
  'opentelemetry-trust-incoming-span': {
    meaning: 'continues the trace of the client',
    canonical: bool,
    initial: 'true',
    setting: 'opentelemetry-trust-incoming-span',
    idle: needsTracing,
  },
  'opentelemetry-operation-name': { meaning: 'names the spans', canonical: text, idle: needsTracing },
};

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/opentelemetry/main.go */
export const tracing = defineFamily({
  id: 'tracing',
  keys,
  codes: {},
  intents: ['tracing'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Sends OpenTelemetry spans of the requests of the Ingress, named as asked for; it continues the trace of the client unless told not to.',
    gateway: 'Nothing in the routes: where spans go is a setting of the implementation, for a whole Gateway.',
    loss: 'Requests are answered as before. Whether they are traced depends on the settings of the gateway.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    if (set.size === 0) return rest;
    const trustIncoming = set.get('opentelemetry-trust-incoming-span')?.value !== 'false';
    return { ...rest, intents: [{ kind: 'tracing', from: usesOf(set), trustIncoming, operation: set.get('opentelemetry-operation-name')?.value ?? '' }] };
  },
});
