import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { LowerHost } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

export const tlsCipherCodes = defineCodes({
  'tls-ciphers/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: {host} offers the ciphers of the gateway, in its order.',
    why: 'The Gateway API has no field for ciphers; tls.options of a listener is a map whose keys every implementation names itself.',
    do: 'Look for tls.options or a policy of your gateway, and check the oldest clients of {host}.',
    source: 'https://gateway-api.sigs.k8s.io/guides/tls/',
  },
});

export const lowerTlsCiphers: LowerHost<'tls-ciphers'> = (intent, _draft, { host }) => ({
  kind: 'lost',
  findings: [raise(tlsCipherCodes, 'tls-ciphers/lost', subjectOf(intent, {}), { key: keyOf(intent), host: host.server.host })],
});
