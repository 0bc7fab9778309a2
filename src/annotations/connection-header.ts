import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import { normaliseText } from '../nginx/values.ts';
import { defineFamily, type FamilyReading } from './define.ts';

export const codes = defineCodes({
  'connection-header/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has the value {value}, which sets no header.',
    why: 'The controller takes close and keep-alive. A blank value is skipped; any other makes it drop the whole Ingress.',
    do: 'Delete {annotation}.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/connection/main.go',
  },
});

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/connection/main.go */
export const connectionHeader = defineFamily({
  id: 'connection-header',
  keys: ['connection-proxy-header'],
  codes,
  intents: ['connection-header'],
  docs: {
    nginx: 'Sends this Connection header to the backend instead of the one that follows Upgrade, so WebSockets no longer pass.',
    gateway: 'Nothing: Connection belongs to a single hop, and Gateways manage their own connections.',
    loss: 'The backend sees the connections of the Gateway, usually kept open.',
  },
  read: ({ get }): FamilyReading => {
    const present = get('connection-proxy-header');
    if (present === undefined) return {};
    const { ingress, key, raw } = present;
    const value = normaliseText(raw);
    if (value === 'close' || value === 'keep-alive') return { intents: [{ kind: 'connection-header', from: [{ ingress, key }], value }] };
    const finding = raise(codes, 'connection-header/ignored-value', aboutAnnotation(ingress, key), { annotation: key, value: JSON.stringify(raw) });
    return { inert: [key], findings: [finding] };
  },
});
