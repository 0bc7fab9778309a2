import type { TargetName } from '../../src/targets/names.ts';
import type { KubernetesObject } from '../traffic/object.ts';
import { send, type Answer, type Ends } from '../traffic/send.ts';
import { servedObjects } from './served.ts';
import { subjectsOf } from './subject.ts';
import { addressOf } from './world/addresses.ts';
import type { Implementation } from './world/state.ts';
import type { World } from './world/world.ts';

const prefix = 'nginx.ingress.kubernetes.io/';

export interface Made {
  readonly annotations: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly path?: string;
  readonly pathType?: string;
  readonly tls?: boolean;
}

export const host = 'shop.example.com';

/** An Ingress of one path to the Service of its own name. */
export function ingress({ annotations, name = 'web', path = '/', pathType = 'Prefix', tls = false }: Made): KubernetesObject {
  const backend = { service: { name, port: { number: 80 } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop', annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [prefix + key, value])) },
    spec: { ingressClassName: 'nginx', rules: [{ host, http: { paths: [{ path, pathType, backend }] } }], ...(tls ? { tls: [{ hosts: [host], secretName: 'shop-tls' }] } : {}) },
  };
}

export interface Asking extends Ends {
  readonly method?: string;
  readonly scheme?: 'http' | 'https';
  readonly headers?: Readonly<Record<string, string>>;
}

export type Ask = (target: string, how?: Asking) => Promise<Answer>;

/** Serves Ingresses and returns a way to ask for paths of their host. @throws when an object is refused */
export async function serveAndAsk(world: World, { target, implementation }: { readonly target: TargetName; readonly implementation: Implementation }, ingresses: readonly KubernetesObject[]): Promise<Ask> {
  const given = servedObjects(ingresses, world);
  const [subject] = await subjectsOf(given, target, implementation);
  if (subject === undefined) throw new Error('no Gateway comes out');
  const { refused, complaints } = await world.serve(implementation, subject.objects, given);
  if (refused.length + complaints.length > 0) throw new Error([...refused, ...complaints].join('\n'));
  return async (asked, { method = 'GET', scheme = 'http', headers = {}, ...ends } = {}) => {
    const request = { method, scheme, host, target: asked, headers: new Map(Object.entries(headers)), address: '' };
    return await send(request, new Map(), { to: addressOf[implementation], ...ends });
  };
}
