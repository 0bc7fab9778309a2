import { raise, type Finding } from '../diagnostics/finding.ts';
import type { Inventory, Service } from '../model/inventory.ts';
import { compareText } from '../model/object.ts';
import { codes } from './codes.ts';

/** Names under which charts and distributions install the Service of ingress-nginx. */
const controllerServices: ReadonlySet<string> = new Set(['ingress-nginx-controller', 'nginx-ingress-controller', 'ingress-nginx', 'ingress-nginx-ingress-nginx-controller', 'rke2-ingress-nginx-controller', 'nginx-ingress-ingress-nginx-controller']);

/** Who reads annotations of a Service of type LoadBalancer to make the load balancer. */
const loadBalancerPrefixes: ReadonlySet<string> = new Set([
  ...['service.beta.kubernetes.io', 'service.kubernetes.io', 'networking.gke.io', 'cloud.google.com', 'metallb.io', 'metallb.universe.tf', 'load-balancer.hetzner.cloud'],
  ...['oci.oraclecloud.com', 'oci-network-load-balancer.oraclecloud.com', 'kubernetes.digitalocean.com', 'service.scaleway.com', 'loadbalancer.openstack.org', 'lbipam.cilium.io', 'io.cilium'],
]);

/** The Service of the controller, if the input holds it: of several the first by namespace and name. */
export function controllerService({ services }: Inventory): Service | undefined {
  const keys = services.keys().filter((key) => controllerServices.has(key.slice(key.indexOf('/') + 1)));
  return keys.toSorted(compareText).map((key) => services.get(key)).find((service) => service?.type === 'LoadBalancer');
}

/**
 * Annotations for the Service that the implementation makes for a Gateway: those by which the old one got its load balancer.
 * Source: https://gateway-api.sigs.k8s.io/geps/gep-1867/
 */
export function infrastructureAnnotations(service: Service | undefined, gateway: string, report: (finding: Finding) => void): ReadonlyMap<string, string> {
  if (service === undefined) return new Map();
  const kept = [...service.annotations].filter(([key]) => loadBalancerPrefixes.has(key.slice(0, Math.max(0, key.indexOf('/'))))).sort(([a], [b]) => compareText(a, b)).slice(0, 8);
  if (kept.length === 0) return new Map();
  const subject = { object: service.ref, origin: service.origin };
  const args = { service: `${service.ref.namespace}/${service.ref.name}`, gateway, annotations: kept.map(([key]) => key).join(', ') };
  report(raise(codes, 'gateway/infrastructure', subject, args));
  return new Map(kept);
}
