import { describe, expect, it } from 'vitest';
import type { Surroundings } from '../../../../src/annotations/snippets/define.ts';
import { intentsOf } from '../../../../src/annotations/snippets/effects.ts';
import { readSnippet } from '../../../../src/annotations/snippets/read.ts';

const shop: Surroundings = {
  block: 'location',
  grpc: false,
  wholeHost: false,
  defaultType: 'text/html',
  constants: new Map([
    ['host', 'shop.example.com'],
    ['server_name', 'shop.example.com'],
    ['namespace', 'web'],
    ['service_name', 'shop'],
    ['service_port', '80'],
  ]),
};
const anyHost: Surroundings = { ...shop, constants: new Map() };

function intents(text: string, surroundings = shop): readonly unknown[] {
  const { steps } = readSnippet(text, surroundings.block, surroundings);
  return intentsOf(steps, [], surroundings).map((intent) => Object.fromEntries(Object.entries(intent).filter(([key]) => key !== 'from')));
}

const unread = (text: string, surroundings = shop): readonly string[] =>
  readSnippet(text, surroundings.block, surroundings).unread.map(({ line, directive, protective }) => `${line} ${directive}${protective ? ' !' : ''}`);
const notes = (text: string, surroundings = shop): readonly string[] => readSnippet(text, surroundings.block, surroundings).notes.map(({ line, code }) => `${line} ${code}`);

describe('headers of the response', () => {
  it.each([
    ['more_set_headers "A: 1" \'B: x; y\';', { set: [{ name: 'A', value: '1' }, { name: 'B', value: 'x; y' }], add: [], remove: [] }],
    ['more_set_headers "A:"; more_set_headers B;', { set: [], add: [], remove: ['A', 'B'] }],
    ['more_clear_headers A; more_set_headers "a: 1";', { set: [{ name: 'a', value: '1' }], add: [], remove: [] }],
    ['more_set_headers "a: 1"; more_clear_headers A;', { set: [], add: [], remove: ['A'] }],
    ['add_header A 1 always;', { set: [], add: [{ name: 'A', value: '1' }], remove: [] }],
    ['add_header A 1 always; proxy_hide_header a;', { set: [{ name: 'A', value: '1' }], add: [], remove: [] }],
    ['add_header A 1 always; add_header A 2 always;', { set: [], add: [{ name: 'A', value: '1, 2' }], remove: [] }],
    ['more_set_headers "A: $host/${service_name}";', { set: [{ name: 'A', value: 'shop.example.com/shop' }], add: [], remove: [] }],
  ])('%s', (text, expected) => {
    expect(intents(text)).toEqual([{ kind: 'response-headers', ...expected }]);
    expect(unread(text)).toEqual([]);
  });

  it.each(['more_set_headers "A: $request_id";', 'more_set_headers -s 404 "A: b";', 'more_clear_headers "X-*";', 'add_header A b sometimes;', 'more_set_headers "A b: c";'])('leaves %s', (text) => {
    expect(intents(text)).toEqual([]);
    expect(unread(text)).toHaveLength(1);
  });

  it('says what add_header without always does', () => {
    expect(notes('add_header A 1;\nadd_header B "";')).toEqual(['1 snippets/every-status', '2 snippets/nothing-to-carry']);
  });
});

describe('headers of the request', () => {
  it('leaves headers that the controller sends, variables of its own, and answers made of the one of a service', () => {
    const text = 'auth_request_set $u $upstream_http_x_user; auth_request_set $proxy_host a; proxy_set_header Host $u; proxy_set_header X-Real-IP $u; add_header X-User $u;';
    expect(intents(text)).toEqual([]);
    expect(unread(text)).toHaveLength(4);
  });

  it.each([
    ['proxy_set_header A 1; more_set_input_headers "B: 2";', { set: [{ name: 'B', value: '2' }, { name: 'A', value: '1' }], remove: [] }],
    ['proxy_set_header A 1; more_set_input_headers "A: 2";', { set: [{ name: 'A', value: '1' }], remove: [] }],
    ['proxy_set_header A ""; more_clear_input_headers B;', { set: [], remove: ['B', 'A'] }],
    ['proxy_set_header l5d $service_name.$namespace:$service_port;', { set: [{ name: 'l5d', value: 'shop.web:80' }], remove: [] }],
    ['proxy_set_header X-User $u; auth_request_set $u $upstream_http_x_user;', { set: [], remove: [], answered: ['X-User'] }],
    ['auth_request_set $u $upstream_http_x_user; proxy_set_header X-Name $u; proxy_set_header X-User "${u}@a";', { set: [], remove: ['X-Name', 'X-User'] }],
    ['auth_request_set $s $upstream_status; proxy_set_header X-S $s; proxy_set_header X-S 1;', { set: [{ name: 'X-S', value: '1' }], remove: [] }],
    ['proxy_set_header X-Forwarded-Proto https;', { set: [{ name: 'X-Forwarded-Proto', value: 'https' }], remove: [] }],
  ])('%s', (text, expected) => {
    expect(intents(text)).toEqual([{ kind: 'request-headers', ...expected }]);
  });

  it.each(['proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Connection "upgrade";', 'proxy_set_header Host $http_host;', 'proxy_set_header X-A $http_x_a;', 'grpc_set_header A b;'])(
    'carries nothing of %s',
    (text) => {
      expect([intents(text), unread(text), notes(text)]).toEqual([[], [], ['1 snippets/nothing-to-carry']]);
    },
  );

  it.each(['proxy_set_header Host other.example.com;', 'proxy_set_header X-User $remote_user;', 'more_set_input_headers "X-Real-IP: 1";', 'more_set_input_headers -r "A: b";'])('leaves %s', (text) => {
    expect([intents(text), unread(text).length]).toEqual([[], 1]);
  });

  it('knows that the server block sets none', () => {
    expect(intents('proxy_set_header A 1;', { ...shop, block: 'server' })).toEqual([]);
    expect(intents('more_set_input_headers "A: 1";', { ...shop, block: 'server' })).toHaveLength(1);
  });
});

describe('answers', () => {
  it.each<[string, number, string, 'query' | 'path' | 'request-uri' | undefined, true?]>([
    ['return 301 https://www.example.com$request_uri;', 301, 'https://www.example.com', 'request-uri'],
    ['return 302 $scheme://$host/a/;', 302, '$scheme://$host/a/', undefined],
    ['return https://www.example.com/;', 302, 'https://www.example.com/', undefined],
    ['return 308 /a;', 308, '/a', undefined],
    ['return 301 https://www.example.com/a?$args;', 301, 'https://www.example.com/a', 'query'],
    ['return 301 https://www.example.com$uri;', 301, 'https://www.example.com', 'path', true],
    ['return 301 https://www.$host$request_uri;', 301, 'https://www.shop.example.com', 'request-uri'],
    ['rewrite ^ https://www.example.com$request_uri? permanent;', 301, 'https://www.example.com', 'request-uri', true],
    ['rewrite ^/(.*)$ https://www.example.com/$1 permanent;', 301, 'https://www.example.com', 'request-uri', true],
    ['rewrite ^(.*)$ https://www.example.com/a$1? redirect;', 302, 'https://www.example.com/a', 'path', true],
    ['rewrite ^ https://www.example.com/a;', 302, 'https://www.example.com/a', 'query'],
    ['rewrite ^ https://www.example.com/a?;', 302, 'https://www.example.com/a', undefined],
  ])('%s', (text, status, location, follows, decodes) => {
    expect(intents(text)).toEqual([{ kind: 'redirect', status, location, ...(follows === undefined ? {} : { follows }), ...(decodes === undefined ? {} : { decodes }) }]);
  });

  it.each(['return 301 https://$http_x/;', 'return 301;', 'return 301 a;', 'rewrite ^/a /b permanent;', 'rewrite ^/a(.*)$ https://www.example.com/$1;', 'return;', 'return 403 a b;'])('leaves %s', (text) => {
    expect([intents(text), unread(text).length]).toEqual([[], 1]);
  });

  it('reads a status with and without a body', () => {
    expect(intents("return 200 'hello';")).toEqual([{ kind: 'fixed-response', status: 200, body: 'hello', contentType: 'text/html' }]);
    expect(intents('return 403;')).toEqual([{ kind: 'fixed-response', status: 403, body: '', contentType: '' }]);
  });

  it('stops at the first answer', () => {
    expect(intents('return 403; return 301 https://a.example.com/;')).toEqual([{ kind: 'fixed-response', status: 403, body: '', contentType: '' }]);
    expect(notes('return 403;\n\nreturn 404;')).toEqual(['3 snippets/nothing-to-carry']);
  });

  it('keeps a redirect behind an unread condition unread, and applies a refusal', () => {
    expect(unread('if ($http_a = b) { break; }\nreturn 301 https://a.example.com/;')).toEqual(['1 if ($http_a = b)', '2 return 301']);
    expect(intents('if ($http_a = b) { break; }\nreturn 403;')).toEqual([{ kind: 'fixed-response', status: 403, body: '', contentType: '' }]);
  });
});

describe('conditions', () => {
  const refusal = [{ kind: 'fixed-response', status: 403, body: '', contentType: '' }];

  it.each(["$host = 'shop.example.com' ", '$host != a.example.com', '$host ~ ^shop\\.', '$host ~* SHOP', '$host !~ ^a', '$http_host = shop.example.com', '$server_name = shop.example.com', '$namespace = web'])(
    '(%s) always holds',
    (condition) => {
      expect(intents(`if (${condition}) { return 403; }`)).toEqual(refusal);
      expect(intents(`if (${condition}) { return 403; }`, anyHost)).toEqual([]);
      expect(unread(`if (${condition}) { return 403; }`, anyHost)).toHaveLength(1);
    },
  );

  it.each(['$host = a.example.com', '$host ~ ^a', '$host !~* SHOP'])('(%s) never holds', (condition) => {
    const text = `if (${condition}) { return 403; }`;
    expect([intents(text), unread(text), notes(text)]).toEqual([[], [], []]);
  });

  it.each([
    ['$request_method !~ ^(GET|HEAD)$', ['GET', 'HEAD'], []],
    ['$request_method != GET', ['GET'], []],
    ['$request_method = POST', undefined, ['POST']],
    ['$request_method ~* "^(put|delete)$"', undefined, ['DELETE', 'PUT']],
  ])('(%s) is a guard', (condition, allowed, refused) => {
    expect(intents(`if (${condition}) { return 405; }`)).toEqual([{ kind: 'method-guard', allowed, refused, status: 405 }]);
  });

  it('joins guards', () => {
    expect(intents('if ($request_method = PUT) { return 405; } if ($request_method !~ ^(GET|PUT)$) { return 403; }')).toEqual([{ kind: 'method-guard', allowed: ['GET'], refused: ['PUT'], status: 405 }]);
  });

  it('reads the redirect to HTTPS', () => {
    expect(intents('if ($scheme != https) { return 301 https://$host$request_uri; }')).toEqual([{ kind: 'https-redirect', status: 301, preserveTrailingSlash: true }]);
    expect(unread('if ($scheme = http) { return 301 https://www.example.com/; }')).toHaveLength(1);
  });

  it('reads the refusal of plain HTTP, and no other answer to it', () => {
    expect(intents('if ($scheme = http) { return 444; }')).toEqual([{ kind: 'plain-http', status: 444 }]);
    expect(unread('if ($scheme = http) { return 200; }')).toHaveLength(1);
    expect(unread('if ($scheme = https) { return 403; }')).toEqual(['1 if ($scheme = https) !']);
  });

  it.each([
    '$request_method = PROPFIND', '$request_method ~ ^P', '$http_user_agent ~ bot', '$cookie_a', '$host ~ (a+)+$', '$host ~ [', '-f $request_filename', '$scheme = ftp', '',
  ])('(%s) is not known beforehand', (condition) => {
    expect([intents(`if (${condition}) { return 403; }`), unread(`if (${condition}) { return 403; }`).length]).toEqual([[], 1]);
  });

  it('leaves a block that does more than it can say', () => {
    expect(unread('if ($host = shop.example.com) { add_header A b; return 403; }')).toEqual(['1 if ($host = shop.example.com) !']);
    expect(unread('if ($request_method = POST) { more_set_headers "A: b"; return 405; }')).toHaveLength(1);
    expect(unread('if ($request_method = OPTIONS) { return 204; }')).toEqual(['1 if ($request_method = OPTIONS)']);
  });
});

describe('locations of the server block', () => {
  const server: Surroundings = { ...shop, block: 'server' };
  const refused = (status: number): object => ({ kind: 'response', status, body: '', contentType: '' });

  it.each([
    ['location = /a { return 404; }', refused(404)],
    ['location =/a { deny all; }', refused(403)],
    ['location = /a { deny all; auth_basic off; return 410; }', refused(410)],
    ['location = /a { internal; }', refused(404)],
    ['location = /a { internal; return 200 ok; }', refused(404)],
    ['location = /a { return 200; }', refused(200)],
    ['location = /a { allow 10.0.0.0/8; deny all; return 200 ok; }', { kind: 'response', status: 200, body: 'ok', contentType: 'text/html' }],
    ['default_type text/css; location = /a { default_type text/plain; return 200 ok; }', { kind: 'response', status: 200, body: 'ok', contentType: 'text/plain' }],
    ['default_type text/css; location = /a { return 200 ok; }', { kind: 'response', status: 200, body: 'ok', contentType: 'text/css' }],
    ['location = /a { add_header content-type text/plain; more_set_headers "A: b"; return 200 ok; }', { kind: 'response', status: 200, body: 'ok', contentType: 'text/plain', headers: [{ name: 'A', value: 'b' }] }],
    ['location = /a { access_log off; return 301 https://www.example.com/; }', { kind: 'redirect', status: 301, location: 'https://www.example.com/' }],
  ])('%s', (text, answer) => {
    expect(intents(text, server)).toEqual([{ kind: 'path-answer', match: { kind: 'exact', value: '/a' }, answer }]);
    expect(unread(text)).not.toEqual([]);
  });

  it.each([
    ['location /a { return 404; }', { kind: 'prefix', value: '/a', beforeRegexes: false }],
    ['location ^~ /a/ { return 404; }', { kind: 'prefix', value: '/a/', beforeRegexes: true }],
    ['location ^~/a { return 404; }', { kind: 'prefix', value: '/a', beforeRegexes: true }],
    ['location ~ ^/a { deny all; return 404; }', { kind: 'regex', value: '^/a', ignoreCase: false }],
    ['location ~* "\\.(a|b)$" { return 404; }', { kind: 'regex', value: '\\.(a|b)$', ignoreCase: true }],
  ])('%s', (text, match) => {
    expect(intents(text, server)).toEqual([{ kind: 'path-answer', match, answer: refused(404) }]);
    expect([intents(text), unread(text)]).toEqual([[], [expect.stringContaining(' !')]]);
    expect(intents(text, { ...shop, wholeHost: true })).toHaveLength(1);
  });

  it('have the type of their ending, which default_type does not change', () => {
    const text = 'location = /robots.txt { default_type text/html; return 200 "User-agent: *"; }';
    expect(intents(text, server)).toEqual([{ kind: 'path-answer', match: { kind: 'exact', value: '/robots.txt' }, answer: { kind: 'response', status: 200, body: 'User-agent: *', contentType: 'text/plain' } }]);
  });

  it.each(['location /a { proxy_pass http://10.0.0.1; }', 'location ~ ^/a { auth_basic off; }', 'location /a b { return 404; }', 'location = /a { proxy_pass http://10.0.0.1; }', 'location = /a { auth_basic off; }', 'location = /a { allow 10.0.0.0/8; deny all; }', 'location = /a { return 200 $time_local; }', 'location = /a { add_header A $uri; return 200; }', 'location = /a { add_header A b; return 301 https://b.example.com/; }', 'location = "/a b" { return 404; }', 'location = /a/../b { return 404; }'])(
    'leaves %s',
    (text) => {
      expect([intents(text, server), unread(text, server)]).toEqual([[], [expect.stringMatching(text.includes('return 301') ? /a$/ : / !$/)]]);
    },
  );
});

describe('the rest', () => {
  it('is named with its line and without values', () => {
    const text = 'gzip on;\n\nproxy_set_header Authorization "Basic c2VjcmV0";\nlocation /a { return 404; }\nset $a secret;';
    expect(unread(text)).toEqual(['1 gzip', '4 location /a !', '5 set $a']);
    expect(unread('proxy_set_header X-User "secret $remote_user";\nmore_set_input_headers "X-Key: s$time_local";')).toEqual(['1 proxy_set_header X-User !', '2 more_set_input_headers X-Key !']);
  });

  it('is everything when the text is no whole configuration', () => {
    for (const text of ['more_set_headers "A: b;', 'return 403', '} location / {', 'if ($host = a) {']) {
      expect([intents(text), readSnippet(text, 'location', shop).unread.map(({ protective }) => protective)]).toEqual([[], [true]]);
    }
  });

  it('is told apart from what the template says', () => {
    expect(notes('client_max_body_size 1m;\nproxy_read_timeout 5;')).toEqual(['1 snippets/refused-by-nginx', '2 snippets/refused-by-nginx']);
    expect(notes('client_max_body_size 1m;', { ...shop, block: 'server' })).toEqual(['1 snippets/nothing-to-carry']);
  });
});
