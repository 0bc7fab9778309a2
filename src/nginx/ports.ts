import type { PortRef } from '../model/ingress.ts';
import type { Service, ServicePort } from '../model/inventory.ts';

export type PortProblem =
  | { readonly code: 'backend/port-name-unresolved' | 'backend/no-such-port'; readonly port: string }
  | { readonly code: 'backend/no-port' };

export type PortResolution =
  | { readonly kind: 'port'; readonly port: number; readonly appProtocol: string }
  | { readonly kind: 'problem'; readonly problem: PortProblem };

const problem = (found: PortProblem): PortResolution => ({ kind: 'problem', problem: found });
const resolved = ({ port, appProtocol }: Pick<ServicePort, 'port' | 'appProtocol'>): PortResolution => ({ kind: 'port', port, appProtocol });

/**
 * The Service port an Ingress means: ingress-nginx takes its number, its targetPort (number or name) or its name, the first that fits.
 * Without the Service a number is taken as it stands. An ExternalName Service forwards to any number.
 * Source: serviceEndpoints in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
export function resolvePort(port: PortRef | undefined, service: Service | undefined): PortResolution {
  // The controller then looks for a Service without a name, and answers 503. Measured.
  if (port === undefined) return problem({ code: 'backend/no-port' });
  const text = port.kind === 'number' ? String(port.number) : port.name;
  if (service === undefined) {
    if (port.kind === 'number') return resolved({ port: port.number, appProtocol: '' });
    return problem({ code: 'backend/port-name-unresolved', port: text });
  }
  const found = service.ports.find((entry) => String(entry.port) === text || String(entry.targetPort ?? entry.port) === text || entry.name === text);
  if (found !== undefined) return resolved(found);
  if (service.type === 'ExternalName' && port.kind === 'number') return resolved({ port: port.number, appProtocol: '' });
  return problem({ code: 'backend/no-such-port', port: text });
}
