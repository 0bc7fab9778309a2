import type { IngressBackend } from '../model/ingress.ts';
import { CATCH_ALL, type Location, type Server } from './configuration.ts';

/** What `$service_name` and `$service_port` hold: as written in the Ingress. */
export interface NamedService {
  readonly service: string;
  readonly port: string;
}

function named(backend: IngressBackend | undefined): NamedService | undefined {
  if (backend?.kind !== 'service') return undefined;
  const { service, port } = backend;
  return { service, port: port === undefined ? '' : port.kind === 'number' ? String(port.number) : port.name };
}

/**
 * The Service that the variables of a location name. It is looked for by the text of the path alone, so of two paths that differ in their type
 * the first counts for both, and a path `/` of any type counts for the automatic one. Measured.
 * Source: getIngressInformation in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go
 */
export function namedService({ ingress, path }: Pick<Location, 'ingress' | 'path'>, { host }: Pick<Server, 'host'>): NamedService | undefined {
  if (ingress === undefined) return undefined;
  const paths = ingress.rules.filter((rule) => (rule.host === '' ? CATCH_ALL : rule.host) === host).flatMap((rule) => rule.paths);
  const first = paths.find((one) => one.backend.kind === 'service' && (one.path === '' ? '/' : one.path) === path);
  return named(first?.backend ?? ingress.defaultBackend);
}
