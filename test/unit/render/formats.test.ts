import { describe, expect, it } from 'vitest';
import { fileNames } from '../../../src/render/files.ts';
import { renderJson } from '../../../src/render/json.ts';
import { renderNames } from '../../../src/render/name.ts';
import type { GatewayObject } from '../../../src/model/gateway.ts';

const object = (kind: string, name: string, namespace?: string, apiVersion = 'gateway.networking.k8s.io/v1'): GatewayObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  spec: {},
});
const route = object('HTTPRoute', 'shop', 'web');

describe('renderJson', () => {
  it('is one List that holds the objects', () => {
    expect(JSON.parse(renderJson([route]))).toEqual({ apiVersion: 'v1', kind: 'List', items: [route] });
    expect(renderJson([]).endsWith('}\n')).toBe(true);
  });
});

describe('renderNames', () => {
  it('names objects as kubectl does', () => {
    expect(renderNames([route, object('Namespace', 'a', undefined, 'v1')])).toBe('httproute.gateway.networking.k8s.io/shop\nnamespace/a\n');
  });
});

describe('fileNames', () => {
  const namesOf = (objects: readonly GatewayObject[]): readonly string[] => fileNames(objects, 'yaml').map(([name]) => name);

  it('says namespace, kind and name', () => {
    expect(namesOf([route, object('GatewayClass', 'eg'), object('Gateway', 'a.b')])).toEqual(['web_httproute_shop.yaml', 'gatewayclass_eg.yaml', 'gateway_a.b.yaml']);
    expect(fileNames([route], 'json')[0]?.[0]).toBe('web_httproute_shop.json');
  });

  it('keeps objects of two groups apart, and the order does not matter', () => {
    const objects = [object('Backend', 'a', 'b', 'x.example/v1'), object('Backend', 'a', 'b', 'y.example/v1')];
    expect(namesOf(objects)).toEqual(['b_backend_a_x.example.yaml', 'b_backend_a_y.example.yaml']);
    expect(namesOf(objects.toReversed())).toEqual(namesOf(objects).toReversed());
  });

  it('fits any file system and keeps long names apart', () => {
    const long = ['a', 'b'].map((end) => object('HTTPRoute', `${'a'.repeat(252)}${end}`, 'n'.repeat(63)));
    const names = namesOf(long);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(255);
  });
});
