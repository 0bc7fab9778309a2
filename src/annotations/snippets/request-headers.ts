import { authVariableIn } from './auth-variables.ts';
import { nothing, nothingToCarry, type DirectiveRow, type ReadDirective, type Reading, type Step, type Surroundings } from './define.ts';
import { isHeaderName, splitHeader } from './response-headers.ts';
import { fixedText, onlyVariable } from './variables.ts';

/**
 * Headers that the controller's template sends with every request, and the variables with which a snippet says the same again.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
const sentAnyway: ReadonlyMap<string, readonly string[]> = new Map([
  ['host', ['host', 'http_host', 'best_http_host']],
  ['upgrade', ['http_upgrade']],
  ['connection', ['connection_upgrade', 'http_connection']],
  ['x-request-id', ['req_id', 'request_id']],
  ['x-real-ip', ['remote_addr']],
  ['x-forwarded-for', ['remote_addr', 'proxy_add_x_forwarded_for', 'full_x_forwarded_for']],
  ['x-forwarded-host', ['host', 'http_host', 'best_http_host']],
  ['x-forwarded-port', ['pass_port', 'server_port', 'pass_server_port']],
  ['x-forwarded-proto', ['scheme', 'pass_access_scheme']],
  ['x-forwarded-scheme', ['scheme', 'pass_access_scheme']],
  ['x-scheme', ['scheme', 'pass_access_scheme']],
  ['x-original-forwarded-for', ['http_x_forwarded_for']],
  ['proxy', []],
]);

/** The way of the client's own header through nginx without any directive. */
const passesOn = (name: string, value: string): boolean => onlyVariable(value) === `http_${name.toLowerCase().replaceAll('-', '_')}`;

/** Lines with which the documentation of nginx lets WebSockets through. */
const isWebsocketLine = (name: string, value: string): boolean => name === 'connection' && /^(?:upgrade|keep-alive|)$/i.test(value);

/** A header that says what the authentication service answered: by the same name gateways pass it on as well. */
function setAnswered(name: string, value: string, { answered = new Map() }: Surroundings): Reading | undefined {
  const variable = authVariableIn(value, answered);
  if (variable === undefined || !isHeaderName(name) || isComputed(name)) return undefined;
  if (variable.alone && variable.header === name.toLowerCase()) return { steps: [{ kind: 'request-header', filter: 'proxy', act: 'answered', name, value: '' }] };
  const reason = variable.header === '' ? 'something' : `header ${variable.header}`;
  return { steps: [{ kind: 'request-header', filter: 'proxy', act: 'remove', name, value: '' }], notes: [{ code: 'snippets/auth-header-renamed', reason }] };
}

function setOne(name: string, value: string, surroundings: Surroundings): ReturnType<ReadDirective> {
  const lower = name.toLowerCase();
  const variables = sentAnyway.get(lower);
  const variable = onlyVariable(value);
  if (isWebsocketLine(lower, value)) return nothingToCarry('a gateway passes Upgrade and Connection on for WebSockets by itself');
  if (variables !== undefined && variable !== undefined && variables.includes(variable)) return nothingToCarry('nginx sends this header with every request, and a gateway its own');
  if (variables === undefined && passesOn(name, value)) return nothingToCarry("the client's own header is passed on anyway");
  const fixed = fixedText(value, surroundings);
  if (fixed === undefined) return setAnswered(name, value, surroundings);
  if (!isHeaderName(name) || lower === 'host' || lower === 'connection') return undefined;
  const steps: readonly Step[] = [{ kind: 'request-header', filter: 'proxy', act: fixed === '' ? 'remove' : 'set', name, value: fixed }];
  return variables === undefined ? { steps } : { steps, notes: [{ code: 'snippets/sent-twice', reason: name }] };
}

/**
 * Directives of one location stand beside those of the template; in the server block they are void, since each location has its own.
 * Source: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header
 */
const setHeader = (forGrpc: boolean): ReadDirective => ({ args }, surroundings) => {
  const [name = '', value = ''] = args;
  if (args.length !== 2) return undefined;
  if (forGrpc !== surroundings.grpc) return nothingToCarry(`the backend is spoken to with ${surroundings.grpc ? 'gRPC' : 'HTTP'}, which has a directive of its own`);
  if (surroundings.block === 'server') return nothingToCarry('every location of the controller sets request headers itself, which makes those of the server block void');
  return setOne(name, value, surroundings);
};

/** Headers that the template computes, whatever the client sent. */
const isComputed = (name: string): boolean => sentAnyway.has(name.toLowerCase());

const moreSetInput: ReadDirective = ({ args }, surroundings) => {
  const steps: Step[] = [];
  for (const arg of args) {
    const { name, value } = splitHeader(arg);
    const fixed = fixedText(value, surroundings);
    if (arg.startsWith('-') || !isHeaderName(name) || fixed === undefined || isComputed(name)) return undefined;
    steps.push({ kind: 'request-header', filter: 'more', act: fixed === '' ? 'remove' : 'set', name, value: fixed });
  }
  return steps.length === 0 ? undefined : { steps };
};

const moreClearInput: ReadDirective = ({ args }) => {
  const names = args.map((arg) => splitHeader(arg).name);
  if (names.length === 0 || !names.every((name) => isHeaderName(name) && !isComputed(name))) return undefined;
  return { steps: names.map((name): Step => ({ kind: 'request-header', filter: 'more', act: 'remove', name, value: '' })) };
};

const more = 'https://github.com/openresty/headers-more-nginx-module#readme';

/** Those of the server block are void where a location asks, since the template says some there; the names of the template are not for snippets to change. */
const authRequestSet: ReadDirective = ({ args }) => (args.length === 2 && /^\$\w+$/.test(args[0] ?? '') && !/^\$(?:proxy|best|pass|balancer)_/.test(args[0] ?? '') ? nothing : undefined);

export const requestHeaderRows: Readonly<Record<string, DirectiveRow>> = {
  auth_request_set: { read: authRequestSet, source: 'https://nginx.org/en/docs/http/ngx_http_auth_request_module.html#auth_request_set' },
  proxy_set_header: { read: setHeader(false), source: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header' },
  grpc_set_header: { read: setHeader(true), source: 'https://nginx.org/en/docs/http/ngx_http_grpc_module.html#grpc_set_header' },
  more_set_input_headers: { read: moreSetInput, source: more },
  more_clear_input_headers: { read: moreClearInput, source: more },
};
