import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import { normaliseText } from '../nginx/values.ts';
import type { BackendProtocolIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyReading } from './define.ts';

export const codes = defineCodes({
  'backend-protocol/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}): backends are spoken to in plain HTTP today, and in the output.',
    why: 'The controller takes HTTP, HTTPS, AUTO_HTTP, GRPC, GRPCS and FCGI, in any case, and falls back to HTTP for anything else.',
    do: 'Correct or delete {annotation}.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/backendprotocol/main.go',
  },
  'backend-protocol/lower-case': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{annotation} is {value} in lower case, with which nginx applies only half of its settings; the output applies all of them.',
    why: 'The protocol is compared without case where the request is passed on, and with case where the headers, timeouts and parameters of gRPC and FastCGI are written.',
    do: 'Check timeouts and headers of the service after the move; they follow the other annotations from then on.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl',
  },
});

type Protocol = BackendProtocolIntent['protocol'] | 'HTTP';
const protocols: ReadonlyMap<string, Protocol> = new Map(
  (['HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI'] as const).map((protocol) => [protocol, protocol]),
);
/** Those the template compares with case. */
const halfDone: ReadonlySet<Protocol> = new Set(['GRPC', 'GRPCS', 'FCGI']);

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/backendprotocol/main.go */
export const backendProtocol = defineFamily({
  id: 'backend-protocol',
  keys: ['backend-protocol'],
  codes,
  intents: ['backend-protocol'],
  docs: {
    nginx: 'Speaks plain HTTP, TLS (without looking at the certificate), the scheme of the client, gRPC, gRPC over TLS or FastCGI to the endpoints.',
    gateway: 'GRPCRoute, appProtocol of the Service port, and BackendTLSPolicy, which always verifies the certificate.',
    loss: 'TLS without verification, the scheme of the client, and FastCGI have no counterpart.',
  },
  read: ({ get }): FamilyReading => {
    const present = get('backend-protocol');
    if (present === undefined) return {};
    const { ingress, key, raw } = present;
    const about = aboutAnnotation(ingress, key);
    const written = normaliseText(raw);
    const protocol = protocols.get(written.toUpperCase());
    if (protocol === undefined) {
      return { inert: [key], findings: [raise(codes, 'backend-protocol/ignored-value', about, { annotation: key, value: JSON.stringify(raw) })] };
    }
    // What every route does anyway.
    if (protocol === 'HTTP') return { structural: [key] };
    const findings = halfDone.has(protocol) && written !== protocol ? [raise(codes, 'backend-protocol/lower-case', about, { annotation: key, value: written })] : [];
    return { intents: [{ kind: 'backend-protocol', from: [{ ingress, key }], protocol }], findings };
  },
});
