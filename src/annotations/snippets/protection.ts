import type { SnippetIntent } from '../../plan/intents.ts';
import { scanSnippet, type SnippetDirective } from './scan.ts';

type Context = Exclude<SnippetIntent['context'], 'modsecurity'>;

/** Directives that change an answer, a log or the connection to the backend, and never who is let in. */
const harmless: ReadonlySet<string> = new Set([
  ...['more_set_headers', 'more_clear_headers', 'add_header', 'add_trailer', 'expires', 'etag', 'charset', 'charset_types', 'default_type', 'if_modified_since'],
  ...['proxy_hide_header', 'proxy_pass_header', 'grpc_hide_header', 'grpc_pass_header', 'proxy_intercept_errors', 'error_page', 'recursive_error_pages'],
  ...['proxy_buffering', 'proxy_request_buffering', 'proxy_max_temp_file_size', 'proxy_temp_file_write_size', 'proxy_limit_rate', 'proxy_socket_keepalive'],
  ...['proxy_http_version', 'proxy_redirect', 'proxy_cookie_domain', 'proxy_cookie_path', 'proxy_cookie_flags', 'proxy_no_cache', 'proxy_force_ranges'],
  ...['proxy_ssl_name', 'proxy_ssl_server_name', 'proxy_ssl_session_reuse', 'client_max_body_size', 'client_body_in_single_buffer', 'client_body_in_file_only'],
  ...['large_client_header_buffers', 'underscores_in_headers', 'ignore_invalid_headers', 'merge_slashes', 'chunked_transfer_encoding'],
  ...['access_log', 'error_log', 'log_not_found', 'log_subrequest', 'rewrite_log', 'server_tokens', 'keepalive_requests', 'keepalive_disable', 'lingering_close', 'lingering_time'],
  ...['tcp_nodelay', 'tcp_nopush', 'sendfile', 'aio', 'directio', 'output_buffers', 'postpone_output', 'reset_timedout_connection', 'resolver'],
  ...['absolute_redirect', 'port_in_redirect', 'server_name_in_redirect', 'limit_rate', 'limit_rate_after', 'break', 'http2_push', 'http2_push_preload'],
]);

const harmlessForm = /^(?:gzip|brotli|sub_filter|proxy_cache|proxy_next_upstream|opentelemetry|opentracing)(?:_|$)|_(?:buffers?|buffer_size|timeout)$/;

/** Request headers with a fixed meaning that identifies nobody; a gateway sets most of them itself. */
const plainHeaders: ReadonlySet<string> = new Set([
  ...['host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-forwarded-scheme', 'x-forwarded-prefix', 'x-forwarded-server', 'x-forwarded-ssl'],
  ...['x-original-forwarded-for', 'x-original-uri', 'x-original-url', 'x-original-method', 'x-original-host', 'x-scheme', 'x-real-ip', 'x-url-scheme', 'forwarded', 'via'],
  ...['upgrade', 'connection', 'accept', 'accept-encoding', 'accept-language', 'user-agent', 'x-request-id', 'x-request-start', 'x-correlation-id', 'l5d-dst-override'],
]);

/** Words in the name of a header that may say who the client is or what it may do. */
const identity =
  /auth|user|group|role|email|token|cookie|cert|secret|key|ident|remote|admin|access|session|subject|tenant|internal|trust|jwt|claim|sign|client|cred|pass|account|scope|perm|login|sso|saml|oidc|origin|ip$/;

/** A header the backend may rely on: losing it, or losing that the client's own is replaced, could let somebody in. */
function identifies(name: string, value: string, context: Context): boolean {
  const lower = name.toLowerCase();
  if (plainHeaders.has(lower)) return false;
  // The authentication service decides by what it is sent.
  return context === 'auth' || value === '' || identity.test(lower);
}

/** `more_set_input_headers 'A: b' 'C: d'`: options such as -r and their values carry no colon. */
function setsPlainHeaders(args: readonly string[], context: Context): boolean {
  return args.every((arg) => {
    const colon = arg.indexOf(':');
    return colon < 0 ? arg.startsWith('-') : !identifies(arg.slice(0, colon).trim(), arg.slice(colon + 1).trim(), context);
  });
}

/** Variables that say where a request went, not whose it is: a redirect that depends on them turns nobody away. */
const addressVariables: ReadonlySet<string> = new Set(
  ['host', 'http_host', 'server_name', 'http_x_forwarded_host', 'scheme', 'https', 'http_x_forwarded_proto', 'server_port', 'request_uri', 'uri', 'document_uri', 'request_method']
    .concat(['http_user_agent', 'http_accept_language', 'is_args']),
);

function onlyAddress(condition: string): boolean {
  const names = condition.match(/\$\{?[a-zA-Z_][a-zA-Z0-9_]*\}?/g) ?? [];
  return names.length > 0 && names.every((name) => addressVariables.has(name.replace(/[${}]/g, '')));
}

/** `return` and `rewrite` under the conditions they stand in. */
function answersHarmlessly({ name, args }: SnippetDirective, conditions: readonly string[], context: Context): boolean {
  const [first = '', replacement = '', flag = ''] = args;
  const redirects =
    name === 'return'
      ? /^30[12378]$/.test(first) || (args.length === 1 && /^(?:https?:\/\/|\$scheme:)/.test(first))
      : flag === 'redirect' || flag === 'permanent' || /^(?:https?:\/\/|\$scheme)/.test(replacement);
  if (redirects) return conditions.every(onlyAddress);
  if (name !== 'return' || !/^20[04]$/.test(first)) return false;
  // In the sub-request 2xx lets the request in, so losing it is stricter; elsewhere only the answer to a method (OPTIONS) is no refusal.
  return context === 'auth' || (conditions.length > 0 && conditions.every((condition) => /^\(?\s*\$request_method\s/.test(condition)));
}

/** A location that answers every request with a redirect; any other takes its path away from the Ingress and its backend. */
function onlyRedirects(block: readonly SnippetDirective[], context: Context): boolean {
  return block.some(({ name, args }) => name === 'return' && !/^20/.test(args[0] ?? '')) && block.every((child) => isHarmless(child, [], context));
}

function isHarmless(directive: SnippetDirective, conditions: readonly string[], context: Context): boolean {
  const { name, args, block } = directive;
  if (name === 'if' && block !== undefined) {
    const inner = [...conditions, args.join(' ')];
    return block.every((child) => isHarmless(child, inner, context));
  }
  if (name === 'location' && block !== undefined) return onlyRedirects(block, context);
  if (block !== undefined) return false;
  switch (name) {
    case 'return':
    case 'rewrite':
      return answersHarmlessly(directive, conditions, context);
    case 'proxy_set_header':
    case 'grpc_set_header':
      return args.length === 2 && !identifies(args[0] ?? '', args[1] ?? '', context);
    case 'more_set_input_headers':
      return setsPlainHeaders(args, context);
    case 'more_clear_input_headers':
      return args.every((arg) => plainHeaders.has(arg.replace(/:.*$/, '').toLowerCase()));
    case 'set':
      return !routing.test(args[0] ?? '');
    case 'proxy_ssl_verify':
      return args[0] === 'off';
    default:
      return harmless.has(name) || harmlessForm.test(name);
  }
}

/** Lines of ModSecurity that switch nothing on: the engine off or only watching, its logs and limits of memory. */
const idleRule = /^(?:#.*|SecRuleEngine\s+"?(?:Off|DetectionOnly)"?|SecAudit\w+\s.*|SecDebug\w+\s.*|SecTmpDir\s.*|SecDataDir\s.*)?$/i;

/** Whether a line of ModSecurity can refuse nothing. */
export const isIdleRule = (line: string): boolean => idleRule.test(line);

/** Variables of the controller's template that say where a request goes. */
const routing = /^\$\{?(?:proxy_upstream_name|proxy_alternative_upstream_name|proxy_host|\w*auth\w*)\}?$/i;

/** Whether one directive can refuse requests, alone or with what it changes. */
export function mayRefuse(directive: SnippetDirective, context: SnippetIntent['context']): boolean {
  return context === 'modsecurity' || (context !== 'stream' && !isHarmless(directive, [], context));
}

/**
 * Whether a snippet can refuse requests. Everything counts that is not known to be harmless, Lua, locations and broken text among it:
 * a rule is closed once too often rather than opened once.
 */
export function isProtective(text: string, context: SnippetIntent['context']): boolean {
  // Nothing in the stream block stands before HTTP, and what it opens is not carried over.
  if (context === 'stream') return false;
  if (context === 'modsecurity') return !text.split('\n').every((line) => idleRule.test(line.trim()));
  const { directives, complete } = scanSnippet(text);
  return !complete || !directives.every((directive) => isHarmless(directive, [], context));
}
