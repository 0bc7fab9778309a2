import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnostics/finding.ts';
import { readHost } from '../../../src/input/host.ts';
import { findPlaceholder } from '../../../src/input/placeholder.ts';
import type { Ingress } from '../../../src/model/ingress.ts';
import { codesOf, ingress, read } from './read.ts';

async function readOne(text: string): Promise<{ readonly ingress: Ingress | undefined; readonly codes: readonly string[]; readonly findings: readonly Finding[]; readonly unreadable: number }> {
  const { value, findings } = await read(text);
  return { ingress: value.ingresses[0], codes: codesOf(findings), findings, unreadable: value.counts.unreadable };
}

const path = async (changes: Parameters<typeof ingress>[0]): Promise<Ingress['rules'][number]['paths'][number] | undefined> => (await readOne(ingress(changes))).ingress?.rules[0]?.paths[0];

describe('backends', () => {
  const cases: readonly (readonly [string, string, string, unknown, readonly string[]])[] = [
    ['v1', 'networking.k8s.io/v1', '{ service: { name: a, port: { name: http } } }', { service: 'a', port: { kind: 'name', name: 'http' } }, []],
    ['v1beta1', 'networking.k8s.io/v1beta1', '{ serviceName: a, servicePort: 80 }', { service: 'a', port: { kind: 'number', number: 80 } }, []],
    ['extensions with a named port', 'extensions/v1beta1', '{ serviceName: a, servicePort: http }', { service: 'a', port: { kind: 'name', name: 'http' } }, []],
    ['the old form in v1', 'networking.k8s.io/v1', '{ serviceName: a, servicePort: 80 }', { service: 'a', port: { kind: 'number', number: 80 } }, ['input/mixed-generations']],
    ['the new form in v1beta1', 'networking.k8s.io/v1beta1', '{ service: { name: a, port: { number: 80 } } }', { service: 'a' }, ['input/mixed-generations']],
    ['both forms in v1', 'networking.k8s.io/v1', '{ serviceName: b, servicePort: 1, service: { name: a, port: { number: 80 } } }', { service: 'a' }, ['input/both-backend-forms']],
    ['both forms in v1beta1', 'networking.k8s.io/v1beta1', '{ serviceName: b, servicePort: 1, service: { name: a, port: { number: 80 } } }', { service: 'b' }, ['input/both-backend-forms']],
    ['a resource', 'networking.k8s.io/v1', '{ resource: { kind: StorageBucket, name: static } }', { kind: 'resource', description: 'StorageBucket static' }, []],
    ['digits in quotes', 'networking.k8s.io/v1', '{ service: { name: a, port: { number: "80" } } }', { port: { kind: 'number', number: 80 } }, ['input/quoted-port']],
    ['a bare port', 'networking.k8s.io/v1', '{ service: { name: a, port: 80 } }', { port: { kind: 'number', number: 80 } }, []],
    ['a number and a name', 'networking.k8s.io/v1', '{ service: { name: a, port: { number: 80, name: http } } }', { port: { kind: 'number', number: 80 } }, ['input/two-ports']],
    ['an empty name beside the number', 'networking.k8s.io/v1', '{ service: { name: a, port: { number: 80, name: "" } } }', { port: { kind: 'number', number: 80 } }, []],
    ['no port', 'networking.k8s.io/v1', '{ service: { name: a, port: null } }', { service: 'a', port: undefined }, []],
    ...['0', '-1', '65536', '80.5', '1e9', 'true', '[80]', '{ a: b }', '"8 0"', '08080'].map((port) => [`port ${port}`, 'networking.k8s.io/v1', `{ service: { name: a, port: { number: ${port} } } }`, { service: 'a', port: undefined }, ['input/invalid-port']] as const),
    ['a placeholder for the port', 'networking.k8s.io/v1', '{ service: { name: a, port: { number: $(PORT) } } }', { service: 'a', port: undefined }, ['input/template-placeholder']],
    ['an unquoted template', 'networking.k8s.io/v1', '{ service: { name: a, port: { number: {{ .Values.port }} } } }', { service: 'a', port: undefined }, ['input/template-placeholder']],
    ['a Service that cannot be', 'networking.k8s.io/v1', '{ service: { name: a.b, port: { number: 80 } } }', undefined, ['input/invalid-service-name']],
    ['no Service', 'networking.k8s.io/v1', '{ service: { port: { number: 80 } } }', undefined, ['input/no-backend']],
    ['nothing', 'networking.k8s.io/v1', 'null', undefined, ['input/no-backend']],
    ['text', 'networking.k8s.io/v1', 'a:80', undefined, ['input/wrong-type']],
    ['an unknown field', 'networking.k8s.io/v1', '{ service: { name: a, prot: { number: 80 } } }', { service: 'a', port: undefined }, ['input/unknown-field']],
  ];

  it.each(cases)('reads %s', async (_what, apiVersion, backend, expected, codes) => {
    const read = await readOne(ingress({ apiVersion, backend }));
    const found = read.ingress?.rules[0]?.paths[0]?.backend;
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(Object(expected));
    expect(read.codes).toEqual(codes);
  });

  it.each([
    ['networking.k8s.io/v1', 'defaultBackend', []],
    ['networking.k8s.io/v1beta1', 'backend', []],
    ['networking.k8s.io/v1', 'backend', ['input/mixed-generations']],
    ['extensions/v1beta1', 'defaultBackend', ['input/mixed-generations']],
  ])('reads the default backend of %s in %s', async (apiVersion, field, codes) => {
    const backend = apiVersion === 'networking.k8s.io/v1' ? '{ service: { name: a, port: { number: 80 } } }' : '{ serviceName: a, servicePort: 80 }';
    const found = await readOne(ingress({ apiVersion, spec: `  ${field}: ${backend}\n` }));
    expect(found.ingress?.defaultBackend).toMatchObject({ service: 'a', port: { number: 80 } });
    expect(found.codes).toEqual(codes);
  });
});

describe('paths', () => {
  it.each([
    ['path: ""', '/', []],
    ['path: null', '/', []],
    ['path: /a/(.*)', '/a/(.*)', []],
    ['path: a', '/a', ['input/relative-path']],
    ['path: 2024', '/2024', ['input/relative-path', 'input/unquoted-scalar']],
    ['path: /(?<name>a)', '/(?<name>a)', []],
    ['path: /${BASE}/x', undefined, ['input/template-placeholder']],
    ['path: [a]', undefined, ['input/wrong-type']],
  ])('reads %s', async (line, text, codes) => {
    const found = await readOne(ingress({ path: line }));
    expect(found.ingress?.rules[0]?.paths.map((one) => one.path)).toEqual(text === undefined ? [] : [text]);
    expect(found.codes).toEqual(codes);
    expect(found.unreadable).toBe(text === undefined ? 1 : 0);
  });

  it('defaults and repairs the path type', async () => {
    const typed = (type: string, apiVersion = 'networking.k8s.io/v1'): string => ingress({ apiVersion, backend: apiVersion.endsWith('v1') ? '{ service: { name: a, port: { number: 80 } } }' : '{ serviceName: a, servicePort: 80 }' }).replace('        pathType: Prefix\n', type);
    const results = await Promise.all(['', '        pathType: exact\n', '        pathType: Regex\n'].map(async (type) => await readOne(typed(type))));
    expect(results.map(({ ingress, codes }) => [ingress?.rules[0]?.paths[0]?.pathType, ...codes])).toEqual([
      ['ImplementationSpecific', 'input/missing-path-type'],
      ['Exact', 'input/unknown-path-type'],
      ['ImplementationSpecific', 'input/unknown-path-type'],
    ]);
    expect((await readOne(typed('', 'extensions/v1beta1'))).codes).toEqual([]);
  });

  it('says where each path stands', async () => {
    const found = await path({ path: 'path: /x' });
    expect(found?.origin.source.locate(found.origin.path)).toEqual({ file: 'a.yaml', line: 10, column: 9 });
    expect(found?.backend.origin.path).toEqual(['spec', 'rules', 0, 'http', 'paths', 0, 'backend']);
  });
});

describe('readHost', () => {
  it.each([
    ['shop.example.com', 'shop.example.com'],
    ['*.example.com', '*.example.com'],
    ['Shop.Example.COM.', 'shop.example.com'],
    [' shop.example.com\t', 'shop.example.com'],
    ['localhost', 'localhost'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('reads %j as %s', (text, host) => {
    expect(readHost(text)).toEqual({ ok: true, host });
  });

  it.each(['a_b.example.com', 'a.example.com:8080', '10.0.0.1', '[::1]', '*', '*.', 'a.*.com', '*a.example.com', '*.*.example.com', 'https://a.example.com', 'a.example.com/x', 'a b', '-a.com', 'a..b', `${'a'.repeat(64)}.com`, 'a.'.repeat(130), 'ä.de', '.example.com'])(
    'refuses %j',
    (text) => {
      expect(readHost(text).ok).toBe(false);
    },
  );
});

describe('hosts', () => {
  it('leaves out a rule whose host cannot be', async () => {
    const found = await readOne(ingress({ host: 'a_b.example.com' }));
    expect([found.ingress?.rules, found.codes]).toEqual([[], ['input/invalid-host']]);
  });

  it('does not turn a certificate for an unusable host into one for every host', async () => {
    const spec = '  tls:\n  - { hosts: [a_b.c, "${X}"], secretName: x }\n  - { secretName: y }\n  - { hosts: [a_b.c, d.e, null], secretName: "${S}" }\n';
    const { ingress: found } = await readOne(ingress({ spec }));
    expect(found?.tls.map(({ hosts, secretName }) => ({ hosts, secretName }))).toEqual([
      { hosts: [], secretName: 'y' },
      { hosts: ['d.e'], secretName: '' },
    ]);
  });
});

describe('findPlaceholder', () => {
  it.each(['${VAR}', '${VAR:=x}', '$(VAR)', '<NAME>', '<your name>', '__NAME__', '{{ .Values.x }}', '#{X}#', '<< your-domain.com >>'])('finds %s', (text) => {
    expect(findPlaceholder(`a-${text}-b`)).toBeDefined();
  });
  it.each(['/api(/|$)(.*)', '/$2', '/a$', '/(?<id>x)', '/a{2,3}', 'a__b', '/x$(.*)', '$host$request_uri', 'a<b'])('leaves %s alone', (text) => {
    expect(findPlaceholder(text)).toBeUndefined();
  });
});

describe('metadata', () => {
  it('keeps numbers and booleans of annotations as they are written', async () => {
    const annotations = { a: '1.0', b: 'yes', c: 'true', d: '0x10', e: '80', f: '' };
    const metadata = `  annotations:\n${Object.entries(annotations).map(([key, text]) => `    ${key}: ${text}\n`).join('')}`;
    const found = await readOne(ingress({ metadata }));
    expect(Object.fromEntries(found.ingress?.annotations ?? [])).toEqual(annotations);
    expect(found.findings.map(({ code, annotation, object }) => [code, annotation, object === found.ingress?.ref])).toEqual(
      Object.keys(annotations).map((key) => ['input/unquoted-annotation', key, true]),
    );
  });

  it.each([
    ['no metadata.name', 'metadata:\n  labels: {}\n', 'input/no-name'],
    ['generateName', 'metadata: { generateName: x- }\n', 'input/no-name'],
    ['a name in upper case', 'metadata: { name: X }\n', 'input/invalid-name'],
    ['a name that is a map', 'metadata: { name: { a: b } }\n', 'input/invalid-name'],
    ['an invalid namespace', 'metadata: { name: x, namespace: a.b }\n', 'input/invalid-name'],
    ['a placeholder in the name', 'metadata: { name: "x-${ENV}" }\n', 'input/template-placeholder'],
    ['a placeholder in the namespace', 'metadata: { name: x, namespace: <NS> }\n', 'input/template-placeholder'],
    ['annotations in a list', 'metadata: { name: x, annotations: [a] }\n', 'input/annotations-not-a-map'],
    ['an annotation that is a map', 'metadata: { name: x, annotations: { a: { b: c } } }\n', 'input/annotation-not-text'],
    ['no spec', 'metadata: { name: x }\nspec:\n', 'input/partial-object'],
  ])('refuses an Ingress with %s', async (_what, metadata, code) => {
    const text = `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${metadata}${metadata.includes('spec') ? '' : 'spec: {}\n'}`;
    const { value, findings } = await read(text);
    expect([value.ingresses.length, value.unread.length, value.counts.unreadable, codesOf(findings)]).toEqual([0, 1, 1, [code]]);
  });

  it.each([
    ['"2024-03-01T10:00:00Z"', Date.UTC(2024, 2, 1, 10), []],
    ['2024-03-01T10:00:00Z', Date.UTC(2024, 2, 1, 10), []],
    ['null', undefined, []],
    ['yesterday', undefined, ['input/invalid-timestamp']],
    ['12', undefined, ['input/invalid-timestamp', 'input/unquoted-scalar']],
  ])('reads creationTimestamp %s', async (text, time, codes) => {
    const found = await readOne(ingress({ metadata: `  creationTimestamp: ${text}\n` }));
    expect([found.ingress?.createdAtMs, found.codes]).toEqual([time, codes]);
  });

  it('drops labels that the API server would refuse', async () => {
    const found = await readOne(ingress({ metadata: '  labels: { b: x, a: "", "c d": e, f: "g h", i: "${J}", example.com/k: l }\n' }));
    expect([...(found.ingress?.labels ?? [])]).toEqual([['a', ''], ['b', 'x'], ['example.com/k', 'l']]);
    expect(found.codes).toEqual(Array<string>(3).fill('input/invalid-label'));
  });

  it('reads a live dump without a word', async () => {
    const metadata = '  uid: 1b2c\n  generation: 2\n  managedFields:\n  - manager: kubectl\n    fieldsV1:\n      f:metadata:\n        f:annotations:\n          .: {}\n          f:kubectl.kubernetes.io/last-applied-configuration: {}\n      k:{"uid":"x"}: {}\n';
    const found = await readOne(`${ingress({ metadata })}status:\n  loadBalancer:\n    ingress:\n    - ip: 203.0.113.7\n`);
    expect(found.codes).toEqual([]);
  });
});
