import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAddress, type Address } from '../../src/probe/address.ts';
import { chooseRequests } from '../../src/probe/choose.ts';
import { renderHurl } from '../../src/probe/hurl.ts';
import { renderScript } from '../../src/probe/script.ts';
import { curlCommand } from '../../src/report/divergences.ts';
import type { ProbeRequest } from '../../src/verify/outcome.ts';
import { edge, type Edge } from '../support/servers.ts';

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function run(program: string, args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  return await new Promise((resolve) => {
    execFile(program, args, { env: { ...process.env, PAUSE: '0', HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr }),
    );
  });
}

function addressOf({ address }: Edge): Address {
  const read = readAddress(address);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

/** Everything that a shell, curl or Hurl reads in a way of its own. */
const hostile = ["/'", '/"$(touch\${IFS}owned)"', '/`id`', '/$HOME/${PATH}', '/a;b|c&d>e<f', '/{{status}}', '/{a,b}[1-3]', '/\\u{41}\\n\\', '/%00%2F..%5c', '/../..//./x', '/*?x=~&y=!!', '/-o', '/@file', '/%{certs}%s', '/((a))'];
const printable = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)).filter((char) => char !== '#'), maxLength: 12 });
const targets = [...hostile, ...fc.sample(printable.map((text) => `/${text}`), { seed: 5, numRuns: 25 })];
const value = "'; echo \"$(id)\" `id` \\ {{x}} #";
const request = (target: string, scheme: 'http' | 'https'): ProbeRequest => ({ method: 'GET', scheme, host: 'shop.example.com', target, headers: new Map([['x-canary', value]]), address: '' });
const requests = targets.map((target, at) => request(target, at % 4 === 0 ? 'https' : 'http'));
const expectation = { predicted: () => undefined, nginx: () => ({ kind: 'answered', status: 404, responseHeaders: new Map() }) as const };

let directory = '';
let before: Edge;
let after: Edge;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gwmigrate-scripts-'));
  [before, after] = [await edge((_request, response) => response.end('ok')), await edge((_request, response) => response.end('ok'))];
});
afterAll(async () => {
  await before.close();
  await after.close();
  rmSync(directory, { recursive: true });
});

const options = (): Parameters<typeof renderScript>[2] => ({ before: addressOf(before), after: addressOf(after), headers: [], bodyHash: true, rate: 1000, timeoutSeconds: 20 });
const written = (name: string, text: string): string => {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
};
/** What arrived since, as it arrived. */
function arrived(edge: Edge, since: number): readonly string[] {
  return edge.seen.slice(since).map(({ scheme, host, target, headers }) => `${scheme} ${host ?? ''} ${target} ${String(headers['x-canary'])}`);
}
const sent = requests.map(({ scheme, host, target }) => `${scheme} ${host} ${target} ${value}`);

describe('the script', () => {
  it.skipIf(!has('curl'))('brings every request to the server as it is, through a real shell', async () => {
    const since = [before.seen.length, after.seen.length] as const;
    const { code, text } = await run('sh', [written('probe.sh', renderScript(requests, expectation, options()))]);
    expect(text).toBe(`${requests.length} requests to each address: 0 differ unexpectedly, 0 as expected, 0 answers missing\n`);
    expect(code).toBe(0);
    expect(arrived(before, since[0])).toEqual(sent);
    expect(arrived(after, since[1])).toEqual(sent);
  }, 120_000);

  it.skipIf(!has('shellcheck'))('is clean to shellcheck', async () => {
    expect(await run('shellcheck', ['-s', 'sh', '-S', 'warning', written('check.sh', renderScript(requests, expectation, options()))])).toEqual({ code: 0, text: '' });
  }, 60_000);

  it.skipIf(!has('bash'))('is read by bash', async () => {
    expect(await run('bash', ['-n', written('bash.sh', renderScript(requests, expectation, options()))])).toEqual({ code: 0, text: '' });
  });
});

describe('the curl command beside a difference', () => {
  it.skipIf(!has('curl'))('sends the request as it was compared, with or without a Host', async () => {
    const since = before.seen.length;
    const asked = [...requests, ...(['http', 'https'] as const).map((scheme) => ({ ...request('/x?y=1', scheme), host: '' }))];
    for (const one of asked) {
      const { http, https } = before.ports;
      const port = one.scheme === 'http' ? http : https;
      const command = curlCommand({ request: one }).replace(/:ADDRESS:\d+/u, `:127.0.0.1:${port}`).replace('//ADDRESS', `//127.0.0.1:${port}`);
      expect((await run('sh', ['-c', `${command} --noproxy '*'`])).code, command).toBe(0);
    }
    expect(arrived(before, since)).toEqual(asked.map(({ scheme, host, target }) => `${scheme} ${host} ${target} ${value}`));
    // Without a Host means without the header.
    expect(before.seen.slice(-2).map(({ host }) => host)).toEqual([undefined, undefined]);
  }, 120_000);
});

describe('the Hurl file', () => {
  it('keeps to the rate, names one client, and gives every pair names of its own', () => {
    const asked = [request('/a', 'http'), { ...request('/b', 'http'), headers: new Map([['user-agent', 'badbot']]) }];
    const redirected = { ...expectation, nginx: () => ({ kind: 'redirected', status: 308, location: 'https://a.test/' }) as const };
    const lines = renderHurl(asked, redirected, { ...options(), rate: 4 }).split('\n');
    expect(lines.filter((line) => line.startsWith('delay: '))).toEqual(['delay: 250ms', 'delay: 250ms']);
    expect(lines.filter((line) => /^user-agent: /iu.test(line))).toEqual(['User-Agent: gwmigrate-probe', 'User-Agent: gwmigrate-probe', 'user-agent: badbot', 'user-agent: badbot']);
    expect(lines.filter((line) => /\{\{|status\d|location\d/u.test(line))).toEqual(
      [1, 2].flatMap((number) => [`status${number}: status`, `location${number}: header "Location"`, `status == {{status${number}}}`, `header "Location" == "{{location${number}}}"`]),
    );
  });

  it.skipIf(!has('hurlfmt'))('is read by Hurl as it was meant', async () => {
    const { code, text } = await run('hurlfmt', ['--out', 'json', written('probe.hurl', renderHurl(requests, expectation, options()))]);
    expect(code).toBe(0);
    const read: unknown = JSON.parse(text);
    const entries = requests.flatMap(({ scheme, host, target }) => [`${scheme}://${host}${target}`, `${scheme}://${host}${target}`]);
    expect(read).toMatchObject({ entries: entries.map((url) => ({ request: { url, headers: [{ name: 'User-Agent' }, { name: 'x-canary', value }] } })) });
  }, 60_000);

  it.skipIf(!has('hurl'))('brings every request to the server as Hurl writes it', async () => {
    const since = before.seen.length;
    const { code, text } = await run('hurl', ['--test', '--noproxy', '*', written('run.hurl', renderHurl(requests.slice(0, hostile.length), expectation, options()))]);
    expect(text).toContain('100.0%');
    expect(code).toBe(0);
    expect(before.seen.slice(since)).toHaveLength(hostile.length);
  }, 120_000);
});

it('what no request line can carry is never chosen', () => {
  const addresses = [{ host: '10.0.0.1', ports: { http: 80, https: 443 } }];
  const odd = ['$(reboot).example.com', 'a b', "a'b", 'a\r\nX: y', 'ä.example.com', 'a/b'].map((host) => ({ ...request('/', 'http'), host }));
  const broken = ['/a b', '/a\r\nX: y', '/ä', '/#x', 'x'].map((target) => request(target, 'http'));
  const headers = [new Map([['authorization', 'Basic eDp5']]), new Map([['x', 'a\r\nb']]), new Map([['x y', 'a']])].map((map) => ({ ...request('/', 'http'), headers: map }));
  expect(chooseRequests([...odd, ...broken, ...headers], { methods: new Set(['GET']), most: 100, addresses })).toEqual([]);
  expect(chooseRequests(requests, { methods: new Set(['GET']), most: 100, addresses })).toHaveLength(requests.length);
});
