import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { deafPort, edge, type Edge } from '../support/servers.ts';

const readme = 'fixtures/scenarios/readme/input.yaml';
const plain = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
  rules:
  - host: shop.example.com
    http: { paths: [{ path: /api, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
  - host: other.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;

let directory = '';
let input = '';
const open: Edge[] = [];
const start = async (...args: Parameters<typeof edge>): Promise<Edge> => {
  const started = await edge(...args);
  open.push(started);
  return started;
};
const alike: RequestListener = (_request, response) => response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 2 }).end('ok');
const fast = ['--rate', '1000', '--max-requests', '40'];
const probe = async (before: Pick<Edge, 'address'>, after: Pick<Edge, 'address'>, ...more: readonly string[]): ReturnType<typeof cli> =>
  await cli(['probe', input, '--before', before.address, '--after', after.address, ...fast, ...more]);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gwmigrate-probe-'));
  input = join(directory, 'input.yaml');
  writeFileSync(input, plain);
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('probe', () => {
  it('sends the same requests to both addresses, with Host, SNI and scheme as a client would', async () => {
    const [before, after] = [await start(alike), await start(alike)];
    const { code, stdout, stderr } = await probe(before, after);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('OK  both addresses answer alike\n');
    expect(stdout).toContain('Sent         40 requests to each address: 40 equal, 0 explained, 0 unexplained, 0 unanswered by both\n');
    expect(after.seen).toEqual(before.seen);
    expect(new Set(before.seen.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD']));
    expect(new Set(before.seen.map(({ scheme }) => scheme))).toEqual(new Set(['http', 'https']));
    for (const { scheme, host, name } of before.seen) if (scheme === 'https') expect(name.toLowerCase()).toBe((host ?? '').toLowerCase());
    expect(before.seen.map(({ host }) => host)).toEqual(expect.arrayContaining(['shop.example.com', 'other.example.com', 'unknown.gwmigrate.invalid', undefined]));
  });

  it('sends paths as they are, and keeps a connection for the requests of a host', async () => {
    const [before, after] = [await start(alike), await start(alike)];
    await probe(before, after, '--max-requests', '300');
    expect(before.seen.map(({ target }) => target)).toEqual(expect.arrayContaining(['//api', '/api/../api', '/api%2Fx', '/API', '/api?q=1']));
    expect(before.connections()).toBeLessThan(before.seen.length / 4);
  });

  it('never sends credentials', async () => {
    const [before, after] = [await start(alike), await start(alike)];
    await cli(['probe', readme, '--before', before.address, '--after', after.address, '--rate', '1000', '--method', 'GET', '--max-requests', '1000']);
    expect(before.seen.length).toBeGreaterThan(200);
    expect(before.seen.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  });

  it('says what differs, and follows no redirect', async () => {
    const after = await start((request, response) => {
      if (request.url === '/api/x') response.writeHead(404).end();
      else if (request.url === '/api/') response.writeHead(302, { location: 'https://elsewhere.example.com/' }).end();
      else response.writeHead(200, { 'content-type': 'text/plain', 'x-frame-options': 'DENY' }).end('ok');
    });
    const before = await start((request, response) => {
      if (request.url === '/api/') response.writeHead(302, { location: 'https://shop.example.com/' }).end();
      else alike(request, response);
    });
    const { code, stdout } = await probe(before, after, '--method', 'GET', '--max-requests', '90');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}\d+ differences that nothing explains$/mu);
    expect(stdout).toMatch(/GET https:\/\/shop\.example\.com\/api\/x {3}before: 200 {3}after: 404 {3}unexplained: status\n/u);
    expect(stdout).toMatch(/before: https:\/\/shop\.example\.com\/ {3}after: https:\/\/elsewhere\.example\.com\/ {3}unexplained: location\n/u);
    expect(stdout).toMatch(/before: none {3}after: DENY {3}unexplained: header x-frame-options\n/u);
    expect(stdout).toMatch(/^ {4}curl -sS .* --connect-to shop\.example\.com:443:ADDRESS:443 https:\/\/shop\.example\.com\/api\/x$/mu);
    const chosen = await probe(before, after, '--method', 'GET', '--header', 'X-Other');
    expect(chosen.stdout).not.toContain('x-frame-options');
  });

  it('compares bodies only when asked', async () => {
    const [before, after] = [await start(alike), await start((_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('other'))];
    expect((await probe(before, after)).code).toBe(0);
    const { code, stdout } = await probe(before, after, '--body-hash');
    expect(code).toBe(1);
    expect(stdout).toContain('unexplained: body');
  });

  it('compares the certificate of each host, and knows the hosts that had the default one', async () => {
    const before = await start(alike, (name) => (/^shop\.example\.com$/iu.test(name) ? 'own' : 'fake'));
    const after = await start(alike, () => 'own');
    const { stdout } = await probe(before, after, '--method', 'GET');
    expect(stdout).toMatch(/GET https:\/\/other\.example\.com\/ {3}before: ingress\.local {3}after: shop\.example\.com www\.shop\.example\.com {3}because default\/default-certificate-on-every-host, listener\/no-certificate\n/u);
    const other = await probe(await start(alike), await start(alike, () => 'signed'));
    expect(other.stdout).toContain('before: DEPTH_ZERO_SELF_SIGNED_CERT   after: UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  it('marks what the findings announced', async () => {
    const before = await start((request, response) => response.writeHead(request.headers.host === 'admin.example.com' ? 401 : 200).end());
    const after = await start((request, response) => response.writeHead(request.headers.host === 'admin.example.com' ? 500 : 200).end());
    const { stdout, code } = await cli(['probe', readme, '--before', before.address, '--after', after.address, ...fast]);
    expect(stdout).toMatch(/Differs, and findings say so that fail the run\n {2}basic-auth\/lost {2}x\d+\n {4}GET http:\/\/admin\.example\.com\/ {3}before: 401 {3}after: 500 {3}because basic-auth\/lost\n/u);
    expect(code).toBe(1);
    const accepted = await cli(['probe', readme, '--before', before.address, '--after', after.address, ...fast, '--fail-on', 'never']);
    expect(accepted.code).toBe(0);
    expect(accepted.stdout).toContain('Differs, and findings say so\n  basic-auth/lost');
  });
});

describe('probe, when an address does not answer as it should', () => {
  it('says so, keeps what it learnt, and ends with 3', async () => {
    const before = await start(alike);
    const http = (await start(alike)).ports.http;
    const after = { address: `127.0.0.1:${http},${await deafPort()}` };
    const { code, stdout } = await probe(before, after);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^STOP {2}not everything could be asked: what follows is a part\n {2}the new address 127\.0\.0\.1 does not answer on port \d+ \(https\): ECONNREFUSED$/mu);
    expect(stdout).toMatch(/^Sent {9}\d+ requests to each address: [1-9]\d* equal/mu);
    expect(stdout).toMatch(/^Not sent {5}[1-9]/mu);
  });

  it('gives up a port that hangs', async () => {
    const { code, stdout } = await probe(await start(alike), await start(() => undefined), '--timeout', '0.05');
    expect(code).toBe(3);
    expect(stdout).toContain('no answer within 0.05 s');
  });

  it('compares resets and broken answers like any other', async () => {
    const before = await start(alike);
    const after = await start((request) => {
      if (request.url === '/api') request.socket.destroy();
      else request.socket.end('this is no HTTP\r\n\r\n');
    });
    const { code, stdout } = await probe(before, after);
    expect(code).toBe(1);
    expect(stdout).toContain('after: reset (ECONNRESET)');
    expect(stdout).toMatch(/after: malformed \(HPE_/u);
  });

  it('asks only for the scheme that both have', async () => {
    const [before, after] = [await start(alike), await start(alike)];
    const { stdout } = await probe({ address: `127.0.0.1:${before.ports.http},-` }, after);
    expect(stdout).toMatch(/^Before {7}127\.0\.0\.1 \(http \d+, no https\)$/mu);
    expect(new Set(after.seen.map(({ scheme }) => scheme))).toEqual(new Set(['http']));
  });
});

describe('probe refuses', () => {
  it.each([
    [['--before', '10.0.0.1'], '--after'],
    [['--before', 'http://10.0.0.1', '--after', '10.0.0.2'], '--before http://10.0.0.1: give HOST'],
    [['--before', '10.0.0.1:99999', '--after', '10.0.0.2'], '99999 is no port'],
    [['--before', '10.0.0.1', '--after', '10.0.0.2', '--method', 'POST'], 'POST may change what it reaches'],
    [['--before', '10.0.0.1', '--after', '10.0.0.2', '--rate', '0'], 'from 0.01 to 1000'],
    [['--before', '10.0.0.1', '--after', '10.0.0.2', '--report', 'sarif'], 'text or json'],
  ])('%j', async (args, message) => {
    const { code, stderr } = await cli(['probe', readme, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('unsafe methods, unless told', async () => {
    const [before, after] = [await start(alike), await start(alike)];
    expect((await probe(before, after, '--method', 'POST', '--unsafe-methods')).code).toBe(0);
    expect(new Set(before.seen.map(({ method }) => method))).toEqual(new Set(['POST']));
  });
});

describe('probe without sending', () => {
  it('says what it could not read and asks nothing about', async () => {
    const broken = join(directory, 'broken.yaml');
    writeFileSync(broken, `${plain}---\nkind: Ingress\nmetadata: [\n`);
    const { code, stderr } = await cli(['probe', broken, '--before', '192.0.2.1', '--after', '192.0.2.2', '--dry-run']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Left out of the input, or read with a doubt\n {2}input\/unreadable-yaml\n/u);
  });

  it('prints the requests', async () => {
    const { code, stdout } = await cli(['probe', readme, '--before', '192.0.2.1', '--after', '192.0.2.2', '--dry-run', '--max-requests', '25']);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('golden/probe-dry-run.txt');
  });

  it('writes a script and a Hurl file, the same bytes each time', async () => {
    const write = async (name: string): Promise<string> => {
      const folder = join(directory, name);
      const { code, stdout } = await cli(['probe', readme, '--before', '192.0.2.1', '--after', '[2001:db8::1]:8080,8443', '--max-requests', '12', '--write', folder]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      return folder;
    };
    const [one, two] = [await write('one'), await write('two')];
    const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
    for (const file of ['probe.sh', 'probe.hurl']) expect(read(one, file)).toBe(read(two, file));
    expect(statSync(join(one, 'probe.sh')).mode & 0o100).toBe(0o100);
    await expect(read(one, 'probe.sh')).toMatchFileSnapshot('golden/probe.sh');
    await expect(read(one, 'probe.hurl')).toMatchFileSnapshot('golden/probe.hurl');
  });

  it('writes a script that finds what the program finds', async () => {
    const folder = join(directory, 'run');
    const before = await start(alike);
    const after = await start((request, response) => response.writeHead(request.url === '/api/x' ? 404 : 200, { 'content-type': 'text/plain' }).end('ok'));
    await probe(before, after, '--write', folder, '--method', 'GET', '--max-requests', '90');
    expect(before.seen).toEqual([]);
    const result = await runScript(join(folder, 'probe.sh'));
    expect(result).toMatchObject({ code: 1 });
    expect(result.stdout).toMatch(/^GET https:\/\/shop\.example\.com\/api\/x {3}unexplained\n {2}before {2}200\n/mu);
    expect(after.seen.map(({ target }) => target)).toEqual(expect.arrayContaining(['/api', '/api/x']));
  });
});

async function runScript(file: string): Promise<{ readonly code: number; readonly stdout: string }> {
  return await new Promise((resolve) => {
    execFile('sh', [file], { env: { ...process.env, PAUSE: '0' } }, (error, stdout) => resolve({ code: error === null ? 0 : Number(error.code), stdout }));
  });
}

it('reports as JSON to its schema', async () => {
  const [before, after] = [await start(alike), await start((_request, response) => response.writeHead(404).end())];
  const { stdout } = await probe(before, after, '--report', 'json');
  const report: unknown = JSON.parse(stdout);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const schema: unknown = JSON.parse(readFileSync('schemas/probe.v1.schema.json', 'utf8'));
  if (typeof schema !== 'object' || schema === null) throw new Error('no schema');
  ajv.validate(schema, report);
  expect(ajv.errorsText()).toBe('No errors');
  expect(report).toMatchObject({ summary: { sent: 40, equal: 0 } });
});
