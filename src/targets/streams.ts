import { defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { aboutSetting } from '../nginx/controller-keys.ts';
import type { StreamService } from '../nginx/configuration.ts';
import type { Plan } from '../plan/plan.ts';
import type { LoweringOptions } from './define.ts';

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
  'stream/snippet': {
    fidelity: 'lost',
    risk: 'security',
    what: 'No TCP or UDP port is converted, because key stream-snippet of the controller ConfigMap may refuse clients of all of them: nothing listens there afterwards.',
    why: 'It is raw nginx configuration around every port, for example allow and deny, and the Gateway API has no place for it.',
    do: 'Set up with the gateway or with NetworkPolicies what it does, then accept this code; or expose the Services with load balancers of their own.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#stream-snippet',
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

interface LoweredStreams {
  readonly value: readonly StreamService[];
  readonly findings: readonly Finding[];
}

/** Text around all ports, which may refuse clients of each: unless its loss is accepted, no port is opened without it. */
function snippetAround({ settings }: Plan): Finding | undefined {
  if ((settings.raw.get('stream-snippet') ?? '').trim() === '') return undefined;
  return raise(streamCodes, 'stream/snippet', aboutSetting(settings, 'stream-snippet'), {});
}

/** TCP and UDP ports as listeners with a route each, where version and channel have the kinds. */
export function lowerStreams(plan: Plan, { profile, accepted }: Pick<LoweringOptions, 'profile' | 'accepted'>): LoweredStreams {
  const { streams = [] } = plan;
  const snippet = streams.length === 0 ? undefined : snippetAround(plan);
  if (snippet !== undefined && !accepted(snippet)) return { value: [], findings: [snippet] };
  const { value, findings } = lowerPorts(streams, profile);
  return { value, findings: snippet === undefined ? findings : [snippet, ...findings] };
}

function lowerPorts(streams: readonly StreamService[], profile: LoweringOptions['profile']): LoweredStreams {
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
