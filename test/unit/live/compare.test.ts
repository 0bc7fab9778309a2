import { describe, expect, it } from 'vitest';
import { compareObjects } from '../../../src/live/compare.ts';
import type { GatewayObject, JsonObject } from '../../../src/model/gateway.ts';

const group = 'gateway.networking.k8s.io';

const gateway = (name: string, listeners: readonly JsonObject[], namespace = 'shop'): GatewayObject => ({ apiVersion: `${group}/v1`, kind: 'Gateway', metadata: { name, namespace }, spec: { gatewayClassName: 'eg', listeners: [...listeners] } });
const http: JsonObject = { name: 'http', port: 80, protocol: 'HTTP' };
const https = (hostname: string, name = 'https'): JsonObject => ({ name, hostname, port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'tls' }] } });

const to = (service: string, weight = 1): JsonObject => ({ name: service, port: 80, weight });
const rule = (paths: readonly string[], ...backendRefs: readonly JsonObject[]): JsonObject => ({ matches: paths.map((value) => ({ path: { type: 'PathPrefix', value } })), backendRefs: [...backendRefs] });

interface Route {
  readonly namespace?: string;
  readonly parent?: JsonObject;
  readonly kind?: string;
}
const route = (name: string, hostnames: readonly string[], rules: readonly JsonObject[], { namespace = 'shop', parent = { name: 'edge' }, kind = 'HTTPRoute' }: Route = {}): GatewayObject => ({
  apiVersion: `${group}/v1`,
  kind,
  metadata: { name, namespace },
  spec: { parentRefs: [parent], ...(hostnames.length === 0 ? {} : { hostnames: [...hostnames] }), rules: [...rules] },
});

const edge = gateway('edge', [http, https('*.example.com')]);

/** `status name <- existing: changes`, one line an object. */
function told(desired: readonly GatewayObject[], existing: readonly GatewayObject[]): readonly string[] {
  return compareObjects([edge, ...desired], [edge, ...existing], { namespace: 'default' })
    .filter(({ desired: object }) => object?.kind !== 'Gateway')
    .map(({ status, desired: object, existing: found, changes }) => `${status} ${object?.name ?? ''} <- ${found.map(({ name }) => name).join('+')}: ${changes.map(({ text }) => text).join('; ')}`.trim());
}

describe('a Gateway', () => {
  it('is nobody else\'s when neither routes nor hosts have to do with it', () => {
    const found = compareObjects([gateway('shared', [http]), route('a', ['a.example.com'], [rule(['/'], to('web'))], { parent: { name: 'shared' } })], [gateway('internal', [http], 'infra')], { namespace: 'default' });
    expect(found.map(({ status, desired, existing }) => `${status} ${desired?.name ?? ''} ${existing.map(({ name }) => name).join()}`.trim())).toEqual(['added shared', 'added a']);
  });
});

describe('routes that are arranged in another way', () => {
  it('are the same: one route for two hosts', () => {
    const rules = [rule(['/'], to('web'))];
    expect(told([route('a', ['a.example.com'], rules), route('b', ['b.example.com'], rules)], [route('both', ['a.example.com', 'b.example.com'], rules)])).toEqual(['unchanged a <- both:', 'unchanged b <- both:']);
  });

  it('are the same: two routes for the paths of one host, and matches of one rule', () => {
    const whole = route('a', ['a.example.com'], [rule(['/api'], to('api')), rule(['/v2'], to('api')), rule(['/'], to('web'))]);
    expect(told([whole], [route('x', ['a.example.com'], [rule(['/v2', '/api'], to('api'))]), route('y', ['a.example.com'], [rule(['/'], to('web'))])])).toEqual(['unchanged a <- x+y:']);
  });

  it('differ in what one of them does for one host', () => {
    const existing = route('both', ['a.example.com', 'b.example.com'], [rule(['/'], to('web')), rule(['/api'], to('api', 80), to('canary', 20))]);
    const desired = [route('a', ['a.example.com'], [rule(['/'], to('web')), rule(['/api'], to('api'))]), route('b', ['b.example.com'], [rule(['/'], to('web')), rule(['/api'], to('api', 4), to('canary', 1))])];
    expect(told(desired, [existing])).toEqual(['changed a <- both: `/api` of a.example.com: weight 80/20 (api:80, canary:80) became 100 (api:80)', 'unchanged b <- both:']);
  });
});

describe('the match table', () => {
  const secure = { name: 'edge', sectionName: 'https' };
  const plain = { name: 'edge', sectionName: 'http' };

  it('tells the schemes of a host apart', () => {
    const redirect: JsonObject = { matches: [{ path: { type: 'PathPrefix', value: '/' } }], filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] };
    const desired = [route('web', ['a.example.com'], [rule(['/'], to('web'))], { parent: secure }), route('web-redirect', ['a.example.com'], [redirect], { parent: plain })];
    expect(told(desired, [route('s', ['a.example.com'], [rule(['/'], to('web'))], { parent: secure }), route('p', ['a.example.com'], [redirect], { parent: plain })])).toEqual(['unchanged web <- s:', 'unchanged web-redirect <- p:']);
    expect(told(desired, [route('one', ['a.example.com'], [rule(['/'], to('web'))])])).toEqual(['unchanged web <- one:', 'changed web-redirect <- one: `/` of a.example.com: web:80 became redirect to scheme https (301)']);
  });

  describe('takes a route for wider hosts for what it does already', () => {
    const redirect = (statusCode: number): JsonObject => ({ matches: [{ path: { type: 'PathPrefix', value: '/' } }], filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode } }] });
    const web = route('web', ['a.example.com'], [rule(['/'], to('web'))], { parent: secure });
    const desired = [web, route('web-redirect', ['a.example.com'], [redirect(308)], { parent: plain })];
    const own = route('s', ['a.example.com'], [rule(['/'], to('web'))], { parent: secure });
    const wide = (hosts: readonly string[], ...rules: readonly JsonObject[]): GatewayObject => route('to-https', hosts, rules, { parent: plain, namespace: 'infra' });
    const atEdge = (object: GatewayObject): GatewayObject => ({ ...object, spec: { ...object.spec, parentRefs: [{ name: 'edge', namespace: 'shop', sectionName: 'http' }] } });

    it.each([[[]], [['*.example.com']], [['*.example.com', 'example.org']]])('redirects of %j', (hosts) => {
      expect(told(desired, [own, atEdge(wide(hosts, redirect(308)))])).toEqual(['unchanged web <- s:', 'unchanged web-redirect <- to-https:']);
    });

    it('and says what it does in another way', () => {
      expect(told(desired, [own, atEdge(wide([], redirect(301)))])).toEqual(['unchanged web <- s:', 'changed web-redirect <- to-https: `/` of a.example.com: redirect to scheme https (301) became redirect to scheme https (308)']);
    });

    it.each([
      ['forwards instead', [own, atEdge(wide([], rule(['/'], to('default'))))]],
      ['is for other hosts', [own, atEdge(wide(['*.example.org'], redirect(308)))]],
      ['does it for some paths alone', [own, atEdge(wide([], { ...redirect(308), matches: [{ path: { type: 'PathPrefix', value: '/old' } }] }))]],
      ['is one of a Gateway that serves nothing else of this', [own, gateway('internal', [http], 'infra'), route('to-https', [], [redirect(308)], { parent: { name: 'internal' }, namespace: 'infra' })]],
    ])('but none that %s', (_what, existing) => {
      expect(told(desired, existing).filter((line) => line.includes('web-redirect'))).toEqual(['added web-redirect <- :']);
    });

    it('but not where the host has a route of its own, whatever that is for', () => {
      const nearer = route('old', ['a.example.com'], [rule(['/old'], to('old'))], { parent: plain });
      expect(told(desired, [own, nearer, atEdge(wide([], redirect(308)))]).filter((line) => line.includes('web-redirect'))).toEqual([expect.stringMatching(/^changed web-redirect <- old: /u)]);
    });

    it('but goes by the route of the host where there is one', () => {
      const nearer = route('plain', ['a.example.com'], [rule(['/'], to('web'))], { parent: plain });
      expect(told(desired, [own, nearer, atEdge(wide([], redirect(308)))])).toContain('changed web-redirect <- plain: `/` of a.example.com: web:80 became redirect to scheme https (308)');
    });
  });

  it('holds sections of unknown Gateways for what their names allow', () => {
    const at = (sectionName: string): Route => ({ parent: { name: 'gone', sectionName } });
    const rules = [rule(['/'], to('web'))];
    const paired = (desired: Route, ...existing: readonly Route[]): readonly string[] => told([route('a', ['a.example.com'], rules, desired)], existing.map((one, index) => route(`x${String(index)}`, ['a.example.com'], rules, one))).map((line) => line.split(':')[0] ?? '');
    // One name is one listener, two are two; against a known listener any may be meant.
    expect(paired(at('web'), at('web'), at('other'))).toEqual(['unchanged a <- x0', 'extra  <- x1']);
    expect(paired({ parent: secure }, at('web'))).toEqual(['changed a <- x0']);
  });

  it('finds routes that are attached nowhere by their hosts', () => {
    const floating: GatewayObject = { ...route('b', ['a.example.com'], [rule(['/'], to('web'))]), spec: { hostnames: ['a.example.com'], rules: [rule(['/'], to('web'))] } };
    expect(told([route('a', ['a.example.com'], [rule(['/'], to('web'))], { parent: secure })], [floating])).toEqual(['changed a <- b: attached to nothing became shop/edge https:443']);
  });

  it('leaves out backends that get no requests', () => {
    expect(told([route('a', ['a.example.com'], [rule(['/'], to('web'))])], [route('b', ['a.example.com'], [rule(['/'], to('web'), to('canary', 0))])])).toEqual(['unchanged a <- b:']);
  });

  it('knows method, headers in any letter case, and the slash that means nothing', () => {
    const match = (path: string, header: string): JsonObject => ({ matches: [{ method: 'GET', path: { type: 'PathPrefix', value: path }, headers: [{ name: header, value: 'x' }] }], backendRefs: [to('web')] });
    expect(told([route('a', ['a.example.com'], [match('/api', 'x-tenant')])], [route('b', ['a.example.com'], [match('/api/', 'X-Tenant')])])).toEqual(['unchanged a <- b:']);
    expect(told([route('a', ['a.example.com'], [match('/api', 'x-tenant')])], [route('b', ['a.example.com'], [{ ...match('/api', 'x-tenant'), matches: [{ path: { type: 'PathPrefix', value: '/api' } }] }])])).toEqual([
      'changed a <- b: `/api` of a.example.com: became GET `/api` with header x-tenant = x',
    ]);
  });

  it('holds a route against one for the same host when no match is equal', () => {
    const expression: JsonObject = { matches: [{ path: { type: 'RegularExpression', value: '/api.*' } }], backendRefs: [to('web')] };
    expect(told([route('a', ['a.example.com'], [expression])], [route('b', ['a.example.com'], [rule(['/api'], to('web'))])])).toEqual(['changed a <- b: `/api` of a.example.com: became the expression `/api.*`']);
  });

  it('keeps kinds apart, and catch-alls of other namespaces and Gateways', () => {
    expect(told([route('a', ['a.example.com'], [rule(['/'], to('web'))])], [route('g', ['a.example.com'], [rule(['/'], to('web'))], { kind: 'GRPCRoute' })])).toEqual(['added a <- :', 'extra  <- g:']);
    const other = route('theirs', [], [rule(['/'], to('web'))], { namespace: 'crm', parent: { name: 'their-edge' } });
    expect(told([route('all', [], [rule(['/'], to('web'))])], [other])).toEqual(['added all <- :']);
  });
});

describe('what counts', () => {
  const web = route('a', ['a.example.com'], [rule(['/'], to('web'))]);

  it('is the object of the same name before one that does the same', () => {
    const same = route('other', ['a.example.com'], [rule(['/'], to('web'))]);
    expect(told([web], [route('a', ['z.example.com'], [rule(['/'], to('web'))]), same])).toEqual(['changed a <- a: hostname z.example.com became a.example.com', 'extra  <- other:']);
  });

  it('is extra only where it concerns a host of the conversion', () => {
    expect(told([web], [web, route('b', ['b.example.com'], [rule(['/'], to('b'))]), route('old', ['a.example.com'], [rule(['/old'], to('b'))])])).toEqual(['unchanged a <- a:', 'extra  <- old:']);
  });

  it('is another Gateway, when it exists but is not the same', () => {
    expect(told([web], [route('b', ['a.example.com'], [rule(['/'], to('web'))], { parent: { name: 'unknown' } })])).toEqual(['changed a <- b: attached to shop/unknown became shop/edge http:80, shop/edge https:443']);
  });

  it('is the order of expressions, and not of prefixes', () => {
    const expression = (value: string): JsonObject => ({ matches: [{ path: { type: 'RegularExpression', value } }], backendRefs: [to('web')] });
    const rules = [expression('/a.*'), expression('/.*'), rule(['/x'], to('x')), rule(['/x/y'], to('y'))];
    const [first, second, third, fourth] = rules;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error();
    expect(told([route('a', ['a.example.com'], rules)], [route('a', ['a.example.com'], [fourth, first, third, second])])).toEqual(['unchanged a <- a:']);
    expect(told([route('a', ['a.example.com'], rules)], [route('a', ['a.example.com'], [second, first, third, fourth])])).toEqual(['changed a <- a: the expression `/a.*`, the expression `/.*` of a.example.com: they are tried in another order']);
  });

  it('is no spelling of a duration', () => {
    const timed = (request: string): JsonObject => ({ ...rule(['/'], to('web')), timeouts: { request } });
    expect(told([route('a', ['a.example.com'], [timed('90s')])], [route('a', ['a.example.com'], [timed('1m30s')])])).toEqual(['unchanged a <- a:']);
    expect(told([route('a', ['a.example.com'], [timed('90s')])], [route('a', ['a.example.com'], [timed('1m31s')])])).toEqual(['changed a <- a: `/` of a.example.com: timeouts request 1m31s became request 1m30s']);
  });

  it('takes specs of any shape', () => {
    const broken = { ...web, spec: { parentRefs: 'none', hostnames: [null], rules: [null, { matches: {}, backendRefs: [7] }] } as unknown as JsonObject };
    expect(told([web], [broken])).toHaveLength(1);
  });
});
