import { describe, expect, it } from 'vitest';
import { annotationNames, catalogue } from '../../src/catalogue.ts';
import { annotationTable } from '../../src/nginx/annotation-table.ts';
import { exampleValues } from '../../src/annotations/examples.ts';
import { targetNames } from '../../src/targets/names.ts';
import { cli } from '../support/cli.ts';
import { runText } from '../support/migration.ts';

describe('explain', () => {
  it.each([[['explain']], [['explain', '--list']]])('%j lists everything', async (args) => {
    const text = (await cli(args)).stdout;
    for (const code of catalogue.keys()) expect(text).toContain(`  ${code}  (`);
    const json = JSON.parse((await cli([...args, '-o', 'json'])).stdout) as unknown;
    const { codes, annotations } = json as { codes: readonly string[]; annotations: readonly { name: string; outcomes: Readonly<Record<string, string>> }[] };
    expect(codes).toEqual([...catalogue.keys()]);
    expect(annotations.map(({ name }) => name)).toEqual(annotationNames);
    for (const { name, outcomes } of annotations) {
      expect(Object.keys(outcomes), name).toEqual([...targetNames]);
      expect(text, name).toMatch(new RegExp(`^  ${name} .*(?:yes|about|no|in routes|no effect)$`, 'mu'));
    }
    expect(annotations).toContainEqual({ name: 'limit-rps', family: 'rate-limit', invalid: 'drop', outcomes: expect.objectContaining({ standard: 'lost', 'envoy-gateway': 'approximate' }) as unknown });
    expect(annotations).toContainEqual(expect.objectContaining({ name: 'use-regex', outcomes: expect.objectContaining({ standard: 'routes' }) as unknown }));
    expect(annotations).toContainEqual(expect.objectContaining({ name: 'secure-backends', outcomes: expect.objectContaining({ standard: 'nothing' }) as unknown }));
  });

  it('takes a name or --list, not both', async () => {
    expect((await cli(['explain', '--list', 'cors/origins'])).code).toBe(2);
  });

  it('says what every target makes of an annotation', async () => {
    const { stdout } = await cli(['explain', 'limit-rps']);
    expect(stdout).toContain('standard, rate-limit (lost)');
    expect(stdout).toContain('envoy-gateway, rate-limit (approximate)');
    const json = JSON.parse((await cli(['explain', 'limit-rps', '-o', 'json'])).stdout) as { targets: readonly { target: string }[]; links: readonly string[] };
    expect(json.targets.map(({ target }) => target)).toContain('envoy-gateway');
    for (const link of json.links) expect(link).toMatch(/^https:\/\//u);
  });

  it.each([...annotationNames])('%s is explained, with an example unless nothing reads it', async (name) => {
    const { code, stdout } = await cli(['explain', name]);
    expect(code).toBe(0);
    expect(stdout.includes('example:')).toBe(annotationTable[name].group !== 'removed');
  });

  it('shows how a loss is accepted, where there is one', async () => {
    expect((await cli(['explain', 'rate-limit/lost'])).stdout).toContain('--accept rate-limit/lost@NAMESPACE/NAME');
    expect((await cli(['explain', 'timeouts/unit'])).stdout).not.toContain('--accept');
  });
});

describe('examples', () => {
  it.each(Object.entries(exampleValues))('%s: %j is a value that ingress-nginx takes', async (name, value) => {
    const { migration } = await runText(
      `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, annotations: { nginx.ingress.kubernetes.io/${name}: ${JSON.stringify(value)} } }
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`,
      '--controller-args=--enable-ssl-passthrough --enable-annotation-validation=true',
    );
    const findings = migration.findings.filter(({ annotation }) => annotation?.endsWith(`/${name}`) === true).map(({ code }) => code);
    expect(migration.configuration.left, findings.join(' ')).toEqual([]);
    expect(findings.filter((code) => /invalid|ignored-value|not-a|wrong/u.test(code))).toEqual([]);
  });
});
