import { describe, expect, it } from 'vitest';
import { nameInStream } from '../../../src/input/stream-name.ts';
import { cli } from '../../support/cli.ts';
import { run } from '../../support/migration.ts';

const ingress = (name: string, annotation = ''): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/limit-rps: "10"
${annotation}spec:
  ingressClassName: nginx
  rules:
  - host: ${name}.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] }
`;

const helm = `---
# Source: shop/templates/search.yaml
${ingress('search')}---
# Source: shop/charts/checkout/templates/ingress.yaml
# rendered for the shop
${ingress('checkout')}`;

async function places(stdin: string): Promise<readonly string[]> {
  const { report } = await run(['-'], stdin);
  return report.findings
    .filter(({ finding }) => finding.code === 'rate-limit/lost')
    .map(({ finding }) => finding.origin?.source.locate(finding.origin.path))
    .map((at) => `${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0}`);
}

describe('a stream that names its files', () => {
  it('of Helm: template and line of the rendered text', async () => {
    expect(await places(helm)).toEqual(['shop/charts/checkout/templates/ingress.yaml:8:5', 'shop/templates/search.yaml:7:5']);
    expect(await places(helm.replaceAll('\n', '\r\n'))).toEqual(['shop/charts/checkout/templates/ingress.yaml:8:5', 'shop/templates/search.yaml:7:5']);
  });

  it('of kustomize with originAnnotations', async () => {
    const origin = (path: string): string => `    config.kubernetes.io/origin: |\n      ${path}\n`;
    expect(await places(ingress('search', origin('path: base/search.yaml')))).toEqual(['base/search.yaml:7:5']);
    expect(await places(ingress('search', origin('path: base/search.yaml\n      repo: https://git.example.com/shop\n      ref: v1')))).toEqual(['base/search.yaml:7:5']);
    expect(await places(ingress('search', origin('repo: https://git.example.com/shop\n      ref: v1\n      path: search.yaml')))).toEqual(['search.yaml:7:5']);
  });

  it('of kpt', async () => {
    expect(await places(ingress('search', "    internal.config.kubernetes.io/path: 'shop/search.yaml'\n"))).toEqual(['shop/search.yaml:7:5']);
  });

  it('keeps its own lines where no file is named', async () => {
    expect(await places(`${helm}---\n${ingress('search2')}`)).toContain('-:37:5');
  });

  it('says the template of a document that is broken', async () => {
    const { stdout, code } = await cli(['audit', '-'], '---\n# Source: shop/templates/broken.yaml\nkind: Ingress\n  broken: [\n');
    expect(code).toBe(3);
    expect(stdout).toContain('shop/templates/broken.yaml:');
  });
});

describe('a file', () => {
  it('that is on disk is named itself, whatever comments it holds', async () => {
    const { report } = await run(['fixtures/scenarios/input-helm-output/input.yaml']);
    const files = report.findings.flatMap(({ finding }) => (finding.origin === undefined ? [] : [finding.origin.source.locate(finding.origin.path).file]));
    expect(new Set(files)).toEqual(new Set(['fixtures/scenarios/input-helm-output/input.yaml']));
  });
});

describe('no name', () => {
  it.each([
    ['a comment further down', 'kind: Ingress\n# Source: shop/templates/x.yaml\n'],
    ['an empty one', '# Source: \nkind: Ingress\n'],
    ['control characters', '# Source: a\u001b[31mb\nkind: Ingress\n'],
    ['another comment', '# Sources: a\nkind: Ingress\n'],
  ])('%s', (_case, text) => {
    expect(nameInStream(text)).toBeUndefined();
  });
});
