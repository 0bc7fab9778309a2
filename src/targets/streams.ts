import { defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { StreamService } from '../nginx/streams.ts';
import type { Profile } from './profile.ts';

const routes = 'https://gateway-api.sigs.k8s.io/guides/tcp/';

export const streamCodes = defineCodes({
  'stream/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{protocol} port {port} is not converted: nothing listens there afterwards.',
    why: 'A {protocol}Route {missing}.',
    do: 'Choose a newer --gateway-api-version or --channel experimental if your gateway has it, or expose Service {service} with a load balancer of its own.',
    source: routes,
  },
  'stream/proxy-protocol': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'TCP port {port} is converted without the PROXY protocol, which nginx {direction}.',
    why: 'Listeners and TCPRoutes of the Gateway API have no field for it.',
    do: 'Set it with a policy of your gateway on listener tcp-{port} before the switch, or the two ends do not understand each other.',
    source: routes,
  },
});

function direction({ decode, encode }: StreamService['proxyProtocol']): string {
  if (decode && encode) return 'reads from clients and sends to the Service';
  return decode ? 'reads from clients' : 'sends to the Service';
}

/** TCP and UDP ports as listeners with a route each, where version and channel have the kinds. */
export function lowerStreams(streams: readonly StreamService[], profile: Profile): { readonly value: readonly StreamService[]; readonly findings: readonly Finding[] } {
  if (!profile.supports('tcp-route')) {
    const missing = profile.missing('tcp-route');
    const lost = streams.map(({ protocol, port, backend, about }) =>
      raise(streamCodes, 'stream/lost', about, { protocol, port: String(port), missing, service: `${backend.namespace}/${backend.name}` }),
    );
    return { value: [], findings: lost };
  }
  const spoken = streams.filter(({ proxyProtocol: { decode, encode } }) => decode || encode);
  return {
    value: streams,
    findings: spoken.map(({ port, proxyProtocol, about }) => raise(streamCodes, 'stream/proxy-protocol', about, { port: String(port), direction: direction(proxyProtocol) })),
  };
}
