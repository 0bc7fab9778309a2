import { accessRows } from './access.ts';
import { answerRows } from './answers.ts';
import { readIf } from './blocks.ts';
import { readLocation } from './locations.ts';
import { nothingToCarry, type DirectiveRow, type ReadDirective } from './define.ts';
import { requestHeaderRows } from './request-headers.ts';
import { responseHeaderRows } from './response-headers.ts';

const core = (name: string): string => `https://nginx.org/en/docs/http/ngx_http_core_module.html#${name}`;
const proxy = (name: string): string => `https://nginx.org/en/docs/http/ngx_http_proxy_module.html#${name}`;

/**
 * Each location of the template says these itself. Twice in one location is an error for nginx; in the server block the location's own wins.
 * Measured on the controller; the annotation that sets the value stands beside each.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
const saidByTemplate: Readonly<Record<string, { readonly annotation: string; readonly source: string }>> = {
  client_max_body_size: { annotation: 'proxy-body-size', source: core('client_max_body_size') },
  proxy_connect_timeout: { annotation: 'proxy-connect-timeout', source: proxy('proxy_connect_timeout') },
  proxy_read_timeout: { annotation: 'proxy-read-timeout', source: proxy('proxy_read_timeout') },
  proxy_send_timeout: { annotation: 'proxy-send-timeout', source: proxy('proxy_send_timeout') },
  proxy_buffering: { annotation: 'proxy-buffering', source: proxy('proxy_buffering') },
  proxy_buffer_size: { annotation: 'proxy-buffer-size', source: proxy('proxy_buffer_size') },
  proxy_buffers: { annotation: 'proxy-buffers-number', source: proxy('proxy_buffers') },
  proxy_max_temp_file_size: { annotation: 'proxy-max-temp-file-size', source: proxy('proxy_max_temp_file_size') },
  proxy_request_buffering: { annotation: 'proxy-request-buffering', source: proxy('proxy_request_buffering') },
  proxy_http_version: { annotation: 'proxy-http-version', source: proxy('proxy_http_version') },
  proxy_cookie_domain: { annotation: 'proxy-cookie-domain', source: proxy('proxy_cookie_domain') },
  proxy_cookie_path: { annotation: 'proxy-cookie-path', source: proxy('proxy_cookie_path') },
  proxy_redirect: { annotation: 'proxy-redirect-from', source: proxy('proxy_redirect') },
};

const said = (annotation: string): ReadDirective => (_directive, { block }) =>
  block === 'server'
    ? nothingToCarry(`every location of the controller says its own value, which ${annotation} sets`)
    : { steps: [], notes: [{ code: 'snippets/refused-by-nginx', reason: annotation }] };

/** What a gateway does, or leaves out, without being told. */
const outside = (reason: string): ReadDirective => () => nothingToCarry(reason);

const plainRows: Readonly<Record<string, DirectiveRow>> = {
  if: { read: readIf, rewrites: true, source: 'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if' },
  location: { read: readLocation, source: core('location') },
  default_type: {
    read: ({ args }) => (args.length === 1 ? { steps: [{ kind: 'content-type', value: args[0] ?? '' }] } : undefined),
    source: core('default_type'),
  },
  access_log: { read: outside('it is about the log files of nginx'), source: 'https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log' },
  error_log: { read: outside('it is about the log files of nginx'), source: 'https://nginx.org/en/docs/ngx_core_module.html#error_log' },
  log_not_found: { read: outside('it is about the log files of nginx'), source: core('log_not_found') },
  server_tokens: { read: outside('the controller removes the Server header anyway'), source: core('server_tokens') },
  port_in_redirect: { read: said('use-port-in-redirects of the ConfigMap'), source: core('port_in_redirect') },
  tcp_nodelay: { read: outside('it is about the sockets of nginx'), source: core('tcp_nodelay') },
  tcp_nopush: { read: outside('it is about the sockets of nginx'), source: core('tcp_nopush') },
  ...Object.fromEntries(Object.entries(saidByTemplate).map(([name, { annotation, source }]) => [name, { read: said(annotation), source }])),
};

/** Every directive that the reader knows. Whatever is not here is named as lost, and closes the rule when it could refuse a request. */
export const directives: ReadonlyMap<string, DirectiveRow> = new Map(
  Object.entries({ ...plainRows, ...responseHeaderRows, ...requestHeaderRows, ...answerRows, ...accessRows }),
);

