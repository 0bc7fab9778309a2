import { describe, expect, it } from 'vitest';
import { collect, type Collected } from '../../support/collected.ts';
import { configuration, ingress, location, server } from '../../support/nginx-model.ts';

function read(value: string): Collected & { readonly intents: unknown } {
  const result = collect(configuration([server('shop.example.com', [location(ingress('shop', { 'upstream-vhost': value }), '/')])]));
  return { ...result, intents: result.locations['shop.example.com /'] };
}

const host = (text: string): unknown => [{ kind: 'upstream-host', host: text }];

describe('upstream-vhost', () => {
  it.each([
    ['internal.example.com', host('internal.example.com')],
    [' internal.example.com ', host('internal.example.com')],
    ['$service_name.$namespace.svc.cluster.local:$service_port', host('shop.web.svc.cluster.local:80')],
    ['${ingress_name}.local', host('shop.local')],
    ['$request_id.local', host('$request_id.local')],
    ['$service_names.local', host('$service_names.local')],
    ['$host', []],
    ['', []],
  ])('"%s"', (value, intents) => {
    expect(read(value).intents).toEqual(intents);
  });

  it.each([
    ['$host', 'inert upstream-vhost/same-host'],
    ['', 'inert upstream-vhost/empty'],
    ['$service_name.local', 'translated upstream-vhost/variables-filled-in'],
    ['internal.example.com', 'translated'],
  ])('books "%s" as %s', (value, outcome) => {
    expect(read(value).ledger).toEqual([`shop/upstream-vhost: ${outcome}`]);
  });
});
