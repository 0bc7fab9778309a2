import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { fakeApi, refuse, status, type FakeApi, type FakeObject, type Handler } from '../support/fake-api.ts';

const input = 'fixtures/scenarios/readme/input.yaml';
const kinds = { httproutes: 'HTTPRoute', gateways: 'Gateway' } as const;

/** The group with the kinds of the output, served as v1. */
const discovery: Handler = (_request, response, { pathname }) => {
  const match = /^\/apis\/gateway\.networking\.k8s\.io(?:\/(v1))?$/u.exec(pathname);
  if (match === null) return false;
  const resources = Object.entries(kinds).map(([name, kind]) => ({ name, kind, namespaced: true, verbs: ['get', 'list', 'patch'] }));
  response.end(JSON.stringify(match[1] === undefined ? { versions: [{ version: 'v1' }] } : { resources }));
  return true;
};

const opened: FakeApi[] = [];
afterEach(() => opened.splice(0).forEach((api) => api.close()));

async function cluster(objects: readonly FakeObject[], handler: Handler = () => false): Promise<FakeApi> {
  const api = await fakeApi(objects, (request, response, url) => handler(request, response, url) || discovery(request, response, url));
  opened.push(api);
  return api;
}

let own: readonly FakeObject[] = [];
beforeEach(async () => {
  const list: unknown = JSON.parse((await cli(['convert', input, '-o', 'json'])).stdout);
  own = typeof list === 'object' && list !== null && 'items' in list && Array.isArray(list.items) ? (list.items as readonly FakeObject[]) : [];
});

describe('diff against a cluster', () => {
  it('finds its own output there, and says that no controller has accepted it', async () => {
    const { kubeconfig } = await cluster(own);
    const { code, stdout } = await cli(['diff', input, '--kubeconfig', kubeconfig]);
    expect(stdout).toContain('OK  nothing differs (4 unchanged)');
    expect(stdout).toContain('status/no-controller');
    expect(stdout).toContain('HTTPRoute shop/shop-example-com exists, but no controller has accepted it');
    expect(code).toBe(0);
    expect((await cli(['diff', input, '--kubeconfig', kubeconfig, '--fail-on', 'lossy'])).code).toBe(1);
  });

  it('takes the word of an acceptance for it, and says when none is needed', async () => {
    const { kubeconfig } = await cluster(own);
    const args = ['diff', input, '--kubeconfig', kubeconfig, '--fail-on', 'lossy'];
    const used = await cli([...args, '--accept', 'status/no-controller']);
    expect(used.stdout).not.toContain('acceptance/unused');
    expect(used.code).toBe(0);
    expect((await cli([...args, '--accept', 'status/unresolved'])).stdout.replace(/\s+/gu, ' ')).toContain('Nothing of this input needs the acceptance status/unresolved');
  });

  it('calls nothing added that it may not see', async () => {
    const { kubeconfig } = await cluster(own, (_request, response, { pathname }) => pathname.endsWith('/httproutes') && refuse(response, 403, 'Forbidden', 'no'));
    const { code, stdout } = await cli(['diff', input, '--kubeconfig', kubeconfig]);
    expect(code).toBe(3);
    expect(stdout).toContain('1 unchanged, 3 not readable');
    expect(stdout).toContain('cluster/forbidden');
    expect(stdout).not.toContain('added');
  });

  it('looks where it is allowed to when it may not look everywhere', async () => {
    const { kubeconfig } = await cluster(own, (_request, response, { pathname }) => pathname.endsWith('/v1/httproutes') && refuse(response, 403, 'Forbidden', 'no'));
    const { code, stdout } = await cli(['diff', input, '--kubeconfig', kubeconfig]);
    expect(code).toBe(3);
    expect(stdout).toContain('(4 unchanged)');
    expect(stdout).toContain('across all namespaces');
  });

  it('calls added what is not where it may look, though it may not look everywhere', async () => {
    const { kubeconfig } = await cluster(own.filter(({ metadata }) => metadata.name !== 'admin-example-com'), (_request, response, { pathname }) => pathname.endsWith('/v1/httproutes') && refuse(response, 403, 'Forbidden', 'no'));
    const { code, stdout } = await cli(['diff', input, '--kubeconfig', kubeconfig]);
    expect(code).toBe(3);
    expect(stdout).toContain('1 added (3 unchanged)');
  });

  it('names the cluster that it cannot reach', async () => {
    const { kubeconfig } = await cluster([]);
    const { code, stderr } = await cli(['diff', input, '--kubeconfig', kubeconfig, '--server', 'http://127.0.0.1:1']);
    expect(code).toBe(3);
    expect(stderr).toContain('context "fake"');
    expect(stderr).not.toContain('    at ');
  });

  it('compares behaviour with the routes of the cluster', async () => {
    const { kubeconfig } = await cluster(own);
    const { stdout } = await cli(['diff', input, '--behaviour', '--kubeconfig', kubeconfig]);
    expect(stdout).toMatch(/^Compared {5}\d+ requests/mu);
    expect(stdout).toContain('unexplained');
  });
});

const dryRun = ['--dry-run=server', '--kubeconfig'];

const forbidden: Handler = (_request, response) => refuse(response, 403, 'Forbidden', 'httproutes.gateway.networking.k8s.io "web" is forbidden: User "rd" cannot patch resource "httproutes" in API group "gateway.networking.k8s.io" in the namespace "shop"');

const refusals: readonly (readonly [string, Handler, number, string])[] = [
  ['dry-run/refused', (_request, response) => refuse(response, 500, 'InternalError', '.spec.listeners: duplicate entries for key [name="a"]'), 1, 'duplicate entries for key [name="a"]'],
  ['dry-run/refused', (_request, response) => refuse(response, 403, 'Forbidden', 'admission webhook "hosts.example.com" denied the request: not yours'), 1, 'denied the request: not yours'],
  ['dry-run/not-allowed', forbidden, 3, 'does not let you ask about Gateway (1 object), HTTPRoute (3 objects): httproutes'],
  ['dry-run/no-namespace', (_request, response) => refuse(response, 404, 'NotFound', 'namespaces "shop" not found'), 3, 'Namespace shop does not exist'],
];

describe('--dry-run=server', () => {
  const accepting: Handler = (request, response) => {
    if (request.method !== 'PATCH') return false;
    response.end('{}');
    return true;
  };

  it('asks about every object in order, and stores nothing', async () => {
    const { kubeconfig, requests } = await cluster([], accepting);
    const { code, stderr } = await cli(['convert', input, ...dryRun, kubeconfig, '--accept', 'basic-auth/lost', '--accept', 'path/escaped-slash-near-protection']);
    const patches = requests.filter(({ method }) => method === 'PATCH').map(({ path }) => path);
    expect(patches.map((path) => path.slice(path.indexOf('/namespaces/'), path.indexOf('?')))).toEqual(own.map(({ kind, metadata }) => `/namespaces/shop/${kind.toLowerCase()}s/${metadata.name}`));
    expect(patches.every((path) => path.includes('dryRun=All') && path.includes('fieldManager=gwmigrate'))).toBe(true);
    expect(stderr).not.toContain('dry-run/');
    expect(code).toBe(0);
  });

  it.each(refusals)('%s', async (finding, answer, expected, words) => {
    const { kubeconfig } = await cluster([], (request, response, url) => request.method === 'PATCH' && answer(request, response, url));
    const { code, stderr } = await cli(['convert', input, ...dryRun, kubeconfig]);
    expect(code).toBe(expected);
    expect(stderr.replace(/\s+/gu, ' ')).toContain(words);
    expect(stderr).toContain(finding);
  });

  it('is accepted by name, which is called unused only where the server was asked and said nothing of the kind', async () => {
    const refusing = await cluster([], (request, response) => request.method === 'PATCH' && refuse(response, 422, 'Invalid', 'no'));
    const accepted = ['basic-auth/lost', 'path/escaped-slash-near-protection', 'dry-run/refused'].flatMap((code) => ['--accept', code]);
    const refused = await cli(['convert', input, ...dryRun, refusing.kubeconfig, ...accepted, '--report', 'json']);
    expect(refused.code).toBe(0);
    expect(refused.stderr).not.toContain('the acceptance dry-run/refused');
    expect((await cli(['convert', input, ...accepted, '--report', 'json'])).stderr).not.toContain('the acceptance dry-run/refused');
    const { kubeconfig } = await cluster([], accepting);
    const { stderr } = await cli(['convert', input, ...dryRun, kubeconfig, ...accepted]);
    expect(stderr.replace(/\s+/gu, ' ')).toContain('Nothing of this input needs the acceptance dry-run/refused');
  });

  it('prints the causes that the server gives, rather than its message', async () => {
    const refusal = status(422, 'Invalid', 'HTTPRoute "x" is invalid: long', { details: { causes: [{ reason: 'FieldValueInvalid', message: 'Must have port for Service reference', field: 'spec.rules[0]' }] } });
    const { kubeconfig } = await cluster([], (request, response) => {
      if (request.method !== 'PATCH') return false;
      response.writeHead(422, { 'content-type': 'application/json' }).end(refusal);
      return true;
    });
    const { code, stdout } = await cli(['diff', input, ...dryRun, kubeconfig, '-o', 'json']);
    expect(code).toBe(1);
    expect(stdout).toContain('spec.rules[0]: Must have port for Service reference');
  });

  it('says which kinds the cluster does not have (dry-run/not-served)', async () => {
    const api = await fakeApi([]);
    opened.push(api);
    const { code, stderr } = await cli(['convert', input, ...dryRun, api.kubeconfig]);
    expect(code).toBe(1);
    expect(stderr).toContain('dry-run/not-served');
  });

  it('passes warnings on (dry-run/warning)', async () => {
    const { kubeconfig } = await cluster([], (request, response) => {
      if (request.method !== 'PATCH') return false;
      response.writeHead(200, { warning: '299 - "v1beta1 is deprecated"' }).end('{}');
      return true;
    });
    expect((await cli(['convert', input, ...dryRun, kubeconfig])).stderr).toContain('dry-run/warning');
  });

  it('stops when the server is gone (dry-run/unanswered)', async () => {
    const { kubeconfig } = await cluster([], (request) => {
      if (request.method !== 'PATCH') return false;
      request.socket.destroy();
      return true;
    });
    const { code, stderr } = await cli(['convert', input, ...dryRun, kubeconfig]);
    expect(code).toBe(3);
    expect(stderr).toContain('dry-run/unanswered');
  });

  it('leaves no word of it in a run without it', () => {
    expect(readFileSync('fixtures/scenarios/readme/expected/report.txt', 'utf8')).not.toContain('dry-run/');
  });
});
