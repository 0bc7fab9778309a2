import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { IntentOf } from '../../plan/intents.ts';
import type { Lower, RuleIntentKind } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

const harmless = { fidelity: 'lost', risk: 'none' } as const;
const noticed = { fidelity: 'lost', risk: 'availability' } as const;

/** What the Gateway API has no field for, and what opens nothing when it is gone. */
export const lossCodes = defineCodes({
  'body-buffer/lost': {
    ...harmless,
    what: '{key} is lost.',
    why: 'How much of a body is held in memory is up to the gateway; the Gateway API has no field for it.',
    do: 'Nothing, unless memory of the gateway is short.',
  },
  'bandwidth-limit/lost': {
    ...noticed,
    what: '{key} is lost: responses are sent as fast as the client takes them.',
    why: 'The Gateway API has no field for bandwidth.',
    do: 'Limit the bandwidth in the application or with a policy of your gateway.',
  },
  'connection-header/lost': {
    ...harmless,
    what: '{key} is lost.',
    why: 'Connection belongs to the hop between gateway and pod, and the gateway writes it itself.',
    do: 'Nothing, unless the application reads the header.',
  },
  'satisfy-any/lost': {
    ...noticed,
    what: '{key}: any is lost: requests that pass one check and fail another are refused.',
    why: 'Every filter and policy of a route has to let a request pass; the Gateway API has no choice between them. That is stricter than before, never more open.',
    do: 'Keep the one check that everybody passes, or give the clients of the other check a route of their own.',
  },
  'access-log/lost': {
    ...harmless,
    what: '{key} is lost: the access log of the gateway holds these requests if it holds any.',
    why: 'What is logged is a setting of the implementation for a whole Gateway; the Gateway API has no field for it.',
    do: 'Leave the requests out where the logs are collected, if they are many or private.',
  },
  'tracing/lost': {
    ...harmless,
    what: '{key} is lost: whether these requests are traced is up to the settings of the gateway.',
    why: 'The Gateway API has no field for traces; where they go is a setting of the implementation for a whole Gateway.',
    do: 'Switch tracing on in your gateway if dashboards or alerts need the spans.',
  },
  'response-buffering/lost': {
    ...harmless,
    what: '{key} is lost: answers pass through as the client takes them.',
    why: 'Gateways stream answers, and the Gateway API has no field for their buffers.',
    do: 'Nothing, unless a backend serves few connections and slow clients keep them busy.',
  },
  'backend-http-version/lost': {
    ...noticed,
    what: '{key}: 1.0 is lost: the backend is spoken to in HTTP/1.1.',
    why: 'The Gateway API has no field for it, and no gateway speaks HTTP/1.0 to backends.',
    do: 'Check that the backend takes chunked bodies and connections that stay open.',
  },
  'fastcgi-parameters/lost': {
    ...harmless,
    what: '{key} is lost with the FastCGI protocol it belongs to.',
    why: 'No field of the Gateway API makes a gateway speak FastCGI; the rules are closed for that.',
    do: 'Set the same in the web server that will speak FastCGI in front of the application.',
  },
  'redirect-port/left-out': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{key} has no counterpart: redirects name no port.',
    why: 'nginx writes the port of its own listener, 80 or 443 unless --http-port or --https-port say otherwise; a Location without a port means the same ports.',
    do: 'Nothing, unless the flags of the controller name other ports that clients reach.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprequestredirectfilter',
  },
  'request-buffering/assumed': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{key}: off is written nowhere: most gateways pass request bodies on while they arrive.',
    why: 'The Gateway API has no field for it; a gateway that reads bodies whole before it forwards them is the exception.',
    do: 'Test a large upload on your gateway, or name it with --target.',
  },
});

type PlainCode = Exclude<keyof typeof lossCodes, 'redirect-port/left-out' | 'request-buffering/assumed'>;

/** An intent without a field, whose loss opens nothing. */
export function lostAs<K extends RuleIntentKind>(code: PlainCode): Lower<K> {
  return (intent: IntentOf<K>, _draft, context) => ({ kind: 'lost', findings: [raise(lossCodes, code, subjectOf(intent, context), { key: keyOf(intent) })] });
}

export const lowerRedirectPort: Lower<'redirect-port'> = (intent, _draft, context) => ({
  kind: 'approximate',
  findings: [raise(lossCodes, 'redirect-port/left-out', subjectOf(intent, context), { key: keyOf(intent) })],
});

export const lowerRequestBuffering: Lower<'request-buffering'> = (intent, _draft, context) => ({
  kind: 'approximate',
  findings: [raise(lossCodes, 'request-buffering/assumed', subjectOf(intent, context), { key: keyOf(intent) })],
});
