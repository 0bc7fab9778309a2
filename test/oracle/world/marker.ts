import type { Backends } from '../../traffic/backends.ts';
import type { KubernetesObject } from '../../traffic/object.ts';
import { send } from '../../traffic/send.ts';
import { supply } from '../../traffic/supply.ts';
import { certificateFor, secretOf, tlsSecret } from './certificates.ts';

const host = 'marker.oracle.invalid';
const namespace = 'ingress-nginx';
const secretName = 'marker';

/** A class that no input has, so that it is never taken away. */
export const markerClass: KubernetesObject = { kind: 'IngressClass', metadata: { name: 'oracle' }, spec: { controller: 'k8s.io/ingress-nginx' } };

/**
 * An Ingress that serves nothing and always is: when the controller has come to a new version of it, it has come to all that was done to Ingresses
 * before. It refers to the Secret of the marker, since the controller says nothing about one that no Ingress needs.
 */
export function witness(version: number): KubernetesObject {
  return { kind: 'Ingress', metadata: { name: 'witness', namespace, labels: { version: String(version) } }, spec: { ingressClassName: 'oracle', tls: [{ secretName }] } };
}

/** What the controller says when it has come to the Secret of the marker. */
export const secretIsKnown = `it is used in ingress annotations. Parsing" secret="${namespace}/${secretName}"`;

/** Annotations by which the marker is let through, whatever the ConfigMap says. */
const open = Object.fromEntries(
  Object.entries({ 'ssl-redirect': 'false', 'force-ssl-redirect': 'false', 'enable-global-auth': 'false', 'whitelist-source-range': '0.0.0.0/0' }).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]),
);

/**
 * What proves that an input is the one being served: it is put last, and has a class, a path, a Service, an endpoint and a certificate of its own
 * for every input.
 */
export class Marker {
  /** A text that a configuration has only when it serves the marker. */
  readonly path: string;
  private readonly name: string;

  constructor(round: number) {
    this.name = `round-${round}`;
    this.path = `/${this.name}/`;
  }

  /** Known when all classes before it are. */
  get class(): KubernetesObject {
    return { ...markerClass, metadata: { name: this.name } };
  }

  /** An Ingress that serves nothing; the controller takes it when it knows the class. */
  gate(attempt: number): KubernetesObject {
    return { kind: 'Ingress', metadata: { name: 'gate', namespace, labels: { attempt: String(attempt) } }, spec: { ingressClassName: this.name } };
  }

  get ingress(): KubernetesObject {
    const backend = { service: { name: this.name, port: { number: 80 } } };
    const rules = [{ host, http: { paths: [{ path: this.path, pathType: 'Prefix', backend }] } }];
    return { kind: 'Ingress', metadata: { name: 'marker', namespace, annotations: open }, spec: { ingressClassName: 'oracle', rules, tls: [{ hosts: [host], secretName }] } };
  }

  get secret(): KubernetesObject {
    return tlsSecret(namespace, secretName, certificateFor(`${namespace}/${this.name}`, [host]));
  }

  /** The Service and its endpoint. */
  services(backends: Backends): readonly KubernetesObject[] {
    return supply([this.ingress], backends, { key: '', certificate: '' }).filter(({ kind }) => kind === 'Service' || kind === 'EndpointSlice');
  }

  /** Whether new connections find the marker, and its certificate. */
  async answers(): Promise<boolean> {
    const request = { method: 'GET', host, target: this.path, headers: new Map<string, string>(), address: '' } as const;
    for (const scheme of ['http', 'https'] as const) {
      const answer = await send({ ...request, scheme }, new Map()).catch(() => undefined);
      if (answer?.echo?.service !== `${namespace}/${this.name}`) return false;
      if (scheme === 'https' && secretOf(answer.certificate ?? '') !== `${namespace}/${this.name}`) return false;
    }
    return true;
  }
}
