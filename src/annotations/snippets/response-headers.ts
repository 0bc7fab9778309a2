import { authVariableIn } from './auth-variables.ts';
import { nothingToCarry, type DirectiveRow, type ReadDirective, type Reading, type Step } from './define.ts';
import { fixedText } from './variables.ts';

const more = 'https://github.com/openresty/headers-more-nginx-module#readme';
const core = 'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header';
const proxy = 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_hide_header';

/** `Name: value`; without a value, or without a colon, the header is taken away. */
export function splitHeader(text: string): { readonly name: string; readonly value: string } {
  const colon = text.indexOf(':');
  return colon < 0 ? { name: text.trim(), value: '' } : { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}

export const isHeaderName = (name: string): boolean => /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/.test(name) && !/[*$]/.test(name);

/** Options such as -s (statuses) and -t (types of content) have no counterpart: a filter acts on every response. */
const moreSetHeaders: ReadDirective = ({ args }, surroundings) => {
  const steps: Step[] = [];
  for (const arg of args) {
    const { name, value } = splitHeader(arg);
    const fixed = fixedText(value, surroundings);
    if (arg.startsWith('-') || !isHeaderName(name) || fixed === undefined) return undefined;
    steps.push({ kind: 'response-header', filter: 'more', act: fixed === '' ? 'remove' : 'set', name, value: fixed });
  }
  return steps.length === 0 ? undefined : { steps };
};

const moreClearHeaders: ReadDirective = ({ args }) => {
  const names = args.map((arg) => splitHeader(arg).name);
  if (names.length === 0 || args.some((arg) => arg.startsWith('-')) || !names.every(isHeaderName)) return undefined;
  return { steps: names.map((name): Step => ({ kind: 'response-header', filter: 'more', act: 'remove', name, value: '' })) };
};

/** Statuses that add_header acts on unless it says `always`. */
const statuses = '200, 201, 204, 206, 301, 302, 303, 304, 307 and 308';

const addHeader: ReadDirective = ({ args }, surroundings): Reading | undefined => {
  const [name = '', value = '', always] = args;
  if (name.toLowerCase() === 'set-cookie' && authVariableIn(value, surroundings.answered ?? new Map())?.header === 'set-cookie') {
    return nothingToCarry('the controller adds the cookies of the authentication service to answers anyway');
  }
  const fixed = fixedText(value, surroundings);
  if (args.length < 2 || args.length > 3 || !isHeaderName(name) || fixed === undefined || (always !== undefined && always !== 'always')) return undefined;
  if (fixed === '') return { steps: [], notes: [{ code: 'snippets/nothing-to-carry', reason: 'nginx adds no header with an empty value' }] };
  const steps: readonly Step[] = [{ kind: 'response-header', filter: 'add', act: 'add', name, value: fixed }];
  return always === 'always' ? { steps } : { steps, notes: [{ code: 'snippets/every-status', reason: statuses }] };
};

const hideHeader = (grpcOnly: boolean): ReadDirective => ({ args }, { grpc }) => {
  const [name = ''] = args;
  if (args.length !== 1 || !isHeaderName(name)) return undefined;
  if (grpcOnly !== grpc) return { steps: [], notes: [{ code: 'snippets/nothing-to-carry', reason: `the backend is spoken to with ${grpc ? 'gRPC' : 'HTTP'}` }] };
  return { steps: [{ kind: 'response-header', filter: 'proxy', act: 'remove', name, value: '' }] };
};

export const responseHeaderRows: Readonly<Record<string, DirectiveRow>> = {
  more_set_headers: { read: moreSetHeaders, source: more },
  more_clear_headers: { read: moreClearHeaders, source: more },
  add_header: { read: addHeader, source: core },
  proxy_hide_header: { read: hideHeader(false), source: proxy },
  grpc_hide_header: { read: hideHeader(true), source: 'https://nginx.org/en/docs/http/ngx_http_grpc_module.html#grpc_hide_header' },
};
