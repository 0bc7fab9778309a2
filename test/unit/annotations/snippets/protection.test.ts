import { describe, expect, it } from 'vitest';
import { isProtective } from '../../../../src/annotations/snippets/protection.ts';

describe('isProtective', () => {
  it.each([
    'more_set_headers "X-Frame-Options: DENY" "X-Robots-Tag: noindex";',
    'add_header Strict-Transport-Security "max-age=1" always;',
    'proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "upgrade";',
    'proxy_set_header X-Forwarded-Proto https; proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Shop-Theme dark;',
    'more_set_input_headers -r "Accept-Encoding: identity";',
    'gzip on; gzip_types text/css; brotli_static on;',
    'proxy_buffering off; proxy_buffers 8 16k; proxy_read_timeout 300s; client_max_body_size 0;',
    'access_log off; error_log /dev/stderr; expires 30d; sub_filter a b; sub_filter_once off; proxy_cache off;',
    "if ($host = 'shop.example.net' ) { rewrite ^ https://shop.example.com$request_uri? permanent; }",
    'if ($scheme = http) { return 301 https://$host$request_uri; }',
    'return 302 https://www.example.com/;',
    'rewrite ^/old(.*)$ /new$1 permanent;',
    'if ($request_method = OPTIONS) { add_header Access-Control-Max-Age 600; return 204; }',
    'if ($http_cookie ~ beta) { set $variant b; }',
    'proxy_ssl_verify off; proxy_ssl_server_name on;',
    'location = / { return 302 https://www.example.com/; }',
    '# nothing but a comment',
  ])('lets go of %s', (text) => {
    expect(isProtective(text, 'location')).toBe(false);
  });

  it.each([
    'deny all;',
    'allow 10.0.0.0/8; deny all;',
    'satisfy any;',
    'auth_request /check; auth_request_set $user $upstream_http_x_user;',
    'auth_basic off;',
    'limit_req zone=login burst=5;',
    'limit_conn perip 5;',
    'valid_referers none blocked example.com;',
    'if ($invalid_referer) { return 403; }',
    'if ($request_method !~ ^(GET|POST)$) { return 405; }',
    'if ($http_user_agent ~* bot) { return 444; }',
    'if ($cookie_session = "") { return 302 /login; }',
    'if ($remote_addr != 192.0.2.1) { rewrite ^ /sorry redirect; }',
    'if ($arg_token != abc) { return 204; }',
    'return 200 "ok";',
    'return 404;',
    'rewrite ^/admin /forbidden break;',
    'location = /metrics { return 404; }',
    'location ~* \\.css$ { expires 1d; }',
    'location /old { auth_basic off; return 301 /new; }',
    'location /old { return 200; }',
    'access_by_lua_block { ngx.exit(403) }',
    'access_by_lua_file /etc/x.lua;',
    'modsecurity on;',
    'proxy_set_header X-Auth-User $remote_user;',
    'proxy_set_header X-Forwarded-User "";',
    'proxy_set_header Authorization "Basic abc";',
    'more_set_input_headers "X-Api-Token: abc";',
    'more_clear_input_headers X-Shop-Theme;',
    'proxy_pass http://10.0.0.1;',
    'ssl_verify_client on;',
    'proxy_ssl_verify on;',
    'some_module_directive x;',
    'add_header A b',
    'add_header A b; } location /x {',
    'gzip on; deny 10.0.0.1;',
  ])('holds on to %s', (text) => {
    expect(isProtective(text, 'location')).toBe(true);
  });

  it.each([
    ['proxy_set_header X-Forwarded-Host $http_host;', false],
    ['if ($request_method = OPTIONS) { return 200; }', false],
    ['proxy_set_header X-Required-Team shop;', true],
    ['proxy_set_header X-Shop-Theme dark;', true],
  ])('knows that the authentication service decides by its headers: %s', (text, expected) => {
    expect(isProtective(text, 'auth')).toBe(expected);
  });

  it.each([
    ['SecRuleEngine On', true],
    ['SecRuleEngine Off', false],
    ['SecRuleEngine DetectionOnly\nSecAuditLog /dev/stdout', false],
    ['SecRule ARGS "@contains x" "id:1,deny"', true],
  ])('reads rules of ModSecurity: %s', (text, expected) => {
    expect(isProtective(text, 'modsecurity')).toBe(expected);
  });

  it('never counts the stream block: HTTP does not pass it', () => {
    expect(isProtective('server { listen 9000; deny all; proxy_pass db:5432; }', 'stream')).toBe(false);
  });
});
