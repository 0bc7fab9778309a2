import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, type ConvertOptions, type ConvertResult } from '../../src/convert.ts';
import { renderYaml } from '../../src/render/yaml.ts';
import { json } from '../../src/report/json.ts';
import { text } from '../../src/report/text.ts';
import { targetNames } from '../../src/targets/names.ts';
import { hostileIngress, ingresses, reversedKeys, stream } from './arbitrary-ingress.ts';

// The same requests every day; FC_SEED asks for others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 1) });

const runs = Number(process.env['FC_RUNS'] ?? 150);
const context = { colour: false, width: 100, command: 'audit', program: 'gwmigrate', failOn: 'security', failed: false } as const;

async function convertText(input: string, options: ConvertOptions = {}): Promise<ConvertResult> {
  return await convert([{ kind: 'text', file: 'input.yaml', text: input }], options);
}

const modes = fc.record({
  target: fc.constantFrom(...targetNames),
  regexHosts: fc.constantFrom('faithful' as const, 'literal' as const),
  defaults: fc.constantFrom('preserve' as const, 'report' as const, 'ignore' as const),
});
const versions = fc.constantFrom(...['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'].flatMap((version) => (['standard', 'experimental'] as const).map((channel) => [version, channel] as const)));

describe('any set of Ingresses', () => {
  it('is converted to valid objects with a closed ledger', async () => {
    await fc.assert(
      fc.asyncProperty(ingresses, modes, async (objects, mode) => {
        const { migration, internal, report } = await convertText(stream(objects), mode);
        expect(migration.findings.filter(({ code }) => code.startsWith('internal/'))).toEqual([]);
        expect(internal).toBe(false);
        expect(migration.findings.map(({ code }) => code)).not.toContain('annotation/unaccounted');
        const { configuration } = migration;
        const owed = [...configuration.ingresses, ...configuration.left.filter(({ status }) => status === 'refused').map(({ ingress }) => ingress)];
        expect(migration.ledger.length).toBe(owed.reduce((sum, ingress) => sum + ingress.annotations.size, 0));
        expect(json.report(report, context).length).toBeGreaterThan(0);
        for (const line of text.report(report, context).split('\n')) expect(line).not.toContain('undefined');
      }),
      { numRuns: runs },
    );
  });

  it('is valid for every supported version and channel', async () => {
    await fc.assert(
      fc.asyncProperty(ingresses, versions, async (objects, [gatewayApiVersion, channel]) => {
        const { migration } = await convertText(stream(objects), { gatewayApiVersion, channel });
        expect(migration.findings.filter(({ code }) => code.startsWith('internal/'))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('gives the same bytes in any order of documents, files and keys', async () => {
    const shuffled = ingresses.chain((objects) => fc.tuple(fc.constant(objects), fc.shuffledSubarray([...objects], { minLength: objects.length })));
    await fc.assert(
      fc.asyncProperty(shuffled, modes, async ([objects, other], mode) => {
        const one = await convertText(stream(objects), mode);
        const two = await convert(other.map((object, index) => ({ kind: 'text' as const, file: `${index}.yaml`, text: stream([reversedKeys(object)]) })), mode);
        expect(renderYaml(two.objects)).toBe(renderYaml(one.objects));
        const codes = (result: ConvertResult): readonly string[] => result.report.findings.map(({ finding }) => `${finding.code} ${JSON.stringify(finding.args)}`).sort();
        expect(codes(two)).toEqual(codes(one));
      }),
      { numRuns: runs },
    );
  });

  it('never forwards where a protection was lost', async () => {
    await fc.assert(
      fc.asyncProperty(ingresses, modes, async (objects, mode) => {
        const { migration } = await convertText(stream(objects), mode);
        const lost = new Set(
          migration.findings.filter(({ entry, annotation }) => entry.fidelity === 'lost' && entry.risk === 'security' && annotation !== undefined).map(({ object }) => object),
        );
        for (const rule of migration.lowered.rules) {
          // TLS that nginx hands through unopened never met the protections of its locations.
          const guarded = migration.plan.hosts.flatMap((host) => host.rules).find(({ id }) => id === rule.planRule)?.location.ingress;
          if (guarded !== undefined && lost.has(guarded.ref) && !rule.filters.some(({ type }) => type === 'RequestRedirect')) expect(rule.backendRefs, rule.id).toEqual([]);
        }
      }),
      { numRuns: runs },
    );
  });

  it('is not touched by an Ingress of another host', async () => {
    const stranger = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'stranger', namespace: 'shop', annotations: { 'nginx.ingress.kubernetes.io/use-regex': 'true' } }, spec: { ingressClassName: 'nginx', rules: [{ host: 'stranger.test', http: { paths: [{ path: '/x', pathType: 'ImplementationSpecific', backend: { service: { name: 'stranger', port: { number: 80 } } } }] } }] } };
    // Which listeners a Gateway has may change with the namespaces of the input; what a host serves may not.
    const routes = (result: ConvertResult): string =>
      JSON.stringify(result.objects.filter(({ kind, spec }) => kind === 'HTTPRoute' && !JSON.stringify(spec['hostnames'] ?? '').includes('stranger')).map(({ metadata, spec }) => [metadata, spec['hostnames'], spec['rules']]));
    await fc.assert(
      fc.asyncProperty(ingresses, async (objects) => {
        // With a second namespace in the input the Gateway moves, so the stranger lives where the others may live.
        const with_ = await convertText(stream([...objects, stranger]), { gateway: { namespace: 'infra', name: 'edge' } });
        const without = await convertText(stream(objects), { gateway: { namespace: 'infra', name: 'edge' } });
        expect(routes(with_)).toBe(routes(without));
      }),
      { numRuns: runs },
    );
  });
});

describe('hostile Ingresses', () => {
  it('never throw, never produce invalid output, never lose a neighbour', async () => {
    const neighbour = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'neighbour', namespace: 'quiet' }, spec: { ingressClassName: 'nginx', rules: [{ host: 'neighbour.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] } };
    await fc.assert(
      fc.asyncProperty(fc.array(hostileIngress, { maxLength: 3 }), modes, async (objects, mode) => {
        const { migration } = await convertText(stream([...objects, neighbour]), mode);
        expect(migration.findings.filter(({ code }) => code.startsWith('internal/'))).toEqual([]);
        const route = migration.objects.find(({ kind, spec }) => kind === 'HTTPRoute' && JSON.stringify(spec['hostnames'] ?? []).includes('neighbour.test'));
        expect(JSON.stringify(route?.spec['rules'] ?? '')).toContain('"web"');
      }),
      { numRuns: runs * 2 },
    );
  });

  it('never throw as plain text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (input) => {
        const { internal } = await convertText(`apiVersion: networking.k8s.io/v1\nkind: Ingress\n${input}`);
        expect(internal).toBe(false);
      }),
      { numRuns: runs * 2 },
    );
  });
});
