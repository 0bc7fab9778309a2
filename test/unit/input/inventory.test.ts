import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/input/duplicates.ts';
import { objectKey } from '../../../src/model/object.ts';
import { codesOf, ingress, placesOf, read } from './read.ts';

const service = `apiVersion: v1
kind: Service
metadata: { name: shop, namespace: web, annotations: { a: b } }
spec:
  ports:
  - { name: http, port: 80, targetPort: web, appProtocol: h2c }
  - { port: 81, targetPort: 8081, protocol: UDP }
`;
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: tls, namespace: web }\ntype: kubernetes.io/tls\ndata: { tls.crt: dG9wc2VjcmV0, tls.key: dG9wc2VjcmV0 }\nstringData: { ca.crt: topsecret }\n';
const names = (ingresses: readonly { readonly ref: { readonly namespace: string; readonly name: string } }[]): readonly string[] => ingresses.map(({ ref }) => `${ref.namespace}/${ref.name}`);

describe('readInventory', () => {
  it('reads the objects that matter and counts the others', async () => {
    const { value, findings } = await read([
      ingress({ name: 'b' }),
      `${service}---\n${secret}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { a: "1", b: 2 }\n`,
      'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: public, annotations: { ingressclass.kubernetes.io/is-default-class: "true" } }\nspec: { controller: k8s.io/ingress-nginx }\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: web, labels: { team: shop } }\n',
      'apiVersion: apps/v1\nkind: Deployment\n---\napiVersion: voyager.appscode.com/v1\nkind: Ingress\nmetadata: { name: other }\n---\nkind: NetworkPolicy\nspec: { ingress: [] }\n---\njust text\n',
    ]);
    expect(findings).toEqual([]);
    expect(names(value.ingresses)).toEqual(['default/b']);
    expect(value.counts).toEqual({ documents: 10, unrelated: 4, unreadable: 0 });
    expect(value.services.get(objectKey('web', 'shop'))).toMatchObject({
      type: 'ClusterIP',
      ports: [
        { name: 'http', port: 80, targetPort: 'web', appProtocol: 'h2c', protocol: 'TCP' },
        { name: '', port: 81, targetPort: 8081, protocol: 'UDP' },
      ],
    });
    expect(value.configMaps.get(objectKey('default', 'settings'))?.data).toEqual(new Map([['a', '1'], ['b', '2']]));
    expect(value.ingressClasses.get('public')).toMatchObject({ controller: 'k8s.io/ingress-nginx', isDefault: true });
    expect(value.namespaces.get('web')?.get('team')).toBe('shop');
  });

  it('keeps the names of the keys of a Secret and nothing else of it', async () => {
    const { value } = await read(secret);
    const names = value.secrets.get(objectKey('web', 'tls'));
    expect(names).toMatchObject({ type: 'kubernetes.io/tls', keys: new Set(['tls.crt', 'tls.key', 'ca.crt']) });
    expect(contentOf(names)).not.toMatch(/topsecret|dG9wc2VjcmV0/u);
  });

  it('reads lists, also those whose items state no kind', async () => {
    const item = { metadata: { name: 'a', namespace: 'web' }, spec: { rules: [{ host: 'a.example.com', http: { paths: [{ path: 'x', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 1 } } } }] } }] } };
    const text = JSON.stringify({ kind: 'IngressList', apiVersion: 'networking.k8s.io/v1', items: [{ ...item, metadata: { name: 'z' } }, item] }, undefined, 1);
    const { value, findings } = await read(text);
    expect(names(value.ingresses)).toEqual(['default/z', 'web/a']);
    expect(value.ingresses.map(({ root }) => root)).toEqual([['items', 0], ['items', 1]]);
    const lines = text.split('\n').flatMap((line, index) => (line.includes('"path":') ? [index + 1] : []));
    expect(placesOf(findings)).toEqual(lines.map((line) => `input/relative-path a.yaml:${line}:10`));
    expect(lines.length).toBe(2);
  });

  it.each([
    ['the Ingress states one', ingress({ metadata: '  namespace: web\n' }), undefined, true],
    ['the user gives one', ingress(), 'web', true],
    ['nobody does', ingress(), undefined, false],
  ])('says whether a namespace is stated: %s', async (_what, text, namespace, stated) => {
    const { value } = await read(text, { namespace });
    expect(value.namespaceStated).toBe(stated);
    expect(value.ingresses[0]?.ref.namespace).toBe(namespace ?? (stated ? 'web' : 'default'));
  });

  it('converts the neighbours of broken documents', async () => {
    const broken = ['kind: Ingress\n a: b: c\n', 'kind: Ingress\nx: "\n', '{{- if .x }}\nkind: Ingress\n{{- end }}\n', '\tkind: Ingress\n', 'kind: Ingress\na: *x\n', `kind: Ingress\nx: ${'['.repeat(500)}\n`];
    const { value, findings } = await read([ingress({ name: 'first' }), ...broken, ingress({ name: 'last' })].join('---\n'));
    expect(names(value.ingresses)).toEqual(['default/first', 'default/last']);
    expect(value.counts.unreadable).toBe(broken.length);
    expect(codesOf(findings)).toEqual(['input/helm-template', 'input/too-deep', ...Array<string>(4).fill('input/unreadable-yaml')]);
  });

  it('passes over broken documents of kinds that do not matter', async () => {
    const { findings, value } = await read('kind: Deployment\nspec: {{ .Values.spec }}: x: y\n');
    expect(findings).toEqual([]);
    expect(value.counts).toMatchObject({ unrelated: 1, unreadable: 0 });
  });

  it('counts copies once, and chooses among different objects by their content', async () => {
    const plain = ingress({ host: 'a.example.com' });
    const annotated = ingress({ host: 'b.example.com', metadata: '  annotations: { x/y: z }\n' });
    const same = await read([plain, plain]);
    expect([same.value.ingresses.length, same.findings]).toEqual([1, []]);
    for (const texts of [[plain, annotated, plain], [annotated, plain, plain]]) {
      const { value, findings } = await read(texts);
      expect(value.ingresses.map(({ rules }) => rules[0]?.host)).toEqual(['b.example.com']);
      expect(codesOf(findings)).toEqual(['input/duplicate-object']);
      expect(findings[0]?.object).toBe(value.ingresses[0]?.ref);
      expect(value.unread.length).toBe(1);
    }
  });

  it('does not depend on the order of documents, files and keys', async () => {
    const documents = [ingress({ name: 'a' }), ingress({ name: 'a', host: 'other.example.com' }), ingress({ name: 'b', metadata: '  annotations: { b/b: "1", a/a: "2" }\n' }), service, secret, service.replace('80', '82')];
    const contents = async (texts: string | readonly string[]): Promise<unknown> => {
      const { value } = await read(texts);
      return [value.ingresses.map(contentOf), value.services.keys().map((key) => contentOf(value.services.get(key)))];
    };
    const expected = await contents(documents);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(documents, { minLength: documents.length }), fc.boolean(), async (shuffled, joined) => {
        expect(await contents(joined ? shuffled.join('---\n') : shuffled)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
    const swapped = await read(ingress({ metadata: '  annotations: { a/a: "2", b/b: "1" }\n' }));
    expect([...(swapped.value.ingresses[0]?.annotations.keys() ?? [])]).toEqual(['a/a', 'b/b']);
  });
});
