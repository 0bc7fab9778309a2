import type { CollectedIntents } from '../annotations/define.ts';
import { CATCH_ALL, type EffectiveConfiguration, type Location, type Server, type ServiceBackend } from '../nginx/configuration.ts';
import type { ExternalAuthIntent, Intent, IntentKind, UrlAnswer } from './intents.ts';
import { locationServing, serverNamed } from './serving.ts';

/** What leaves a sub-request, and the status of its answer, as they are. Whatever is not listed may refuse it, answer it or send it elsewhere. */
const transparent: ReadonlySet<IntentKind> = new Set<IntentKind>([
  ...(['access-log', 'affinity', 'bandwidth-limit', 'body-buffer', 'body-size', 'connection-header', 'cors', 'load-balance', 'metadata', 'redirect-port'] as const),
  ...(['request-buffering', 'response-buffering', 'response-header-size', 'response-headers', 'retries', 'service-upstream', 'timeouts', 'tracing', 'upstream-hash'] as const),
  ...(['tls-ciphers', 'www-redirect'] as const),
]);

interface Address {
  readonly scheme: string;
  /** Undefined: the host of the request. */
  readonly host: string | undefined;
  readonly path: string;
  readonly query: string;
}

/** Of a URL of a usual port without user, escapes, and variables behind the host. */
const address = /^(https?):\/\/(?:(\$host|\$http_host)|([a-z0-9.-]+))(?::(80|443))?(\/[\w.~/-]*)?(\?[^$#]*)?$/iu;

function readAddress(url: string): Address | undefined {
  const [, scheme = '', variable, host, port, path = '/', query = ''] = address.exec(url) ?? [];
  const usual = scheme.toLowerCase() === 'https' ? '443' : '80';
  if (scheme === '' || (port !== undefined && port !== usual) || /\/\.{0,2}(?=\/)|\/\.{1,2}$/u.test(path)) return undefined;
  return { scheme: scheme.toLowerCase(), host: variable === undefined ? host?.toLowerCase() : undefined, path, query };
}

/** Conditions, answers and changes between the server and the Service. CORS answers preflights alone, and the sub-request is none. */
function obstaclesOf(location: Location, server: Server, { scheme, path }: Address, { byLocation, byServer }: CollectedIntents): readonly string[] {
  const intents: readonly Intent[] = [...(byServer.get(server.host) ?? []), ...(byLocation.get(location.id) ?? [])];
  const onPaths = server.locations.flatMap(({ id }) => byLocation.get(id) ?? []).filter(({ kind }) => kind === 'path-answer');
  const kinds = [...intents, ...onPaths].map(({ kind }) => kind).filter((kind) => !transparent.has(kind));
  const acting = kinds.filter((kind) => !(kind === 'https-redirect' && scheme === 'https') && !(kind === 'app-root' && path !== '/'));
  return [...new Set(acting)].sort();
}

function speaksPlainHttp({ appProtocol }: ServiceBackend): boolean {
  return appProtocol === '' || appProtocol.toLowerCase() === 'http';
}

function answerOf(server: Server, address: Address, collected: CollectedIntents): UrlAnswer {
  const location = locationServing(server, address.path);
  const where = `${address.path} of ${server.host === CATCH_ALL ? 'unknown hosts' : server.host}`;
  if (location?.backend.kind !== 'service' || location.denied !== undefined) return { kind: 'unusable', reason: `and no Service of the input answers ${where}` };
  const { backend } = location;
  const obstacles = [...obstaclesOf(location, server, address, collected), ...(speaksPlainHttp(backend) ? [] : [`appProtocol ${backend.appProtocol}`])];
  if (obstacles.length > 0) return { kind: 'unusable', reason: `which is ${where}, and that is no plain way to Service ${backend.namespace}/${backend.name}: ${obstacles.join(', ')}` };
  const { namespace, name, port } = backend;
  return { kind: 'service', namespace, name, port, path: `${address.path}${address.query}` };
}

/** Adds to checks of a URL who answers it, where a host of the input does. A host that is written out is looked up once. */
export function createUrlAnswers({ servers }: EffectiveConfiguration, collected: CollectedIntents): (intent: ExternalAuthIntent, asking: Server) => ExternalAuthIntent {
  const known = new Map<ExternalAuthIntent, ExternalAuthIntent>();
  const answered = (intent: ExternalAuthIntent, asked: Address, server: Server | undefined): ExternalAuthIntent =>
    server === undefined ? intent : { ...intent, answeredBy: answerOf(server, asked, collected) };
  return (intent, asking) => {
    const found = known.get(intent);
    if (found !== undefined) return found;
    const asked = readAddress(intent.url);
    if (asked !== undefined && asked.host === undefined) return answered(intent, asked, asking);
    const fixed = asked?.host === undefined ? intent : answered(intent, asked, serverNamed(servers, asked.host));
    known.set(intent, fixed);
    return fixed;
  };
}
