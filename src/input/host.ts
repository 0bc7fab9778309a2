import { isObjectName } from './names.ts';

/** A host as nginx and the Gateway API compare it, or why it cannot be one. */
export type Host = { readonly ok: true; readonly host: string } | { readonly ok: false; readonly reason: string };

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/u;
const port = /:\d+$/u;

function reasonOf(host: string): string {
  if (host.includes('://')) return 'a host has no scheme';
  if (host.includes('/')) return 'a host has no path';
  if (port.test(host)) return 'a host has no port';
  if (host.includes('_')) return 'an underscore is not allowed in a host';
  if (host.includes('*')) return 'a wildcard must be the whole first label, as in *.example.com';
  return host.length > 253 ? 'a host has at most 253 characters' : 'a host consists of letters, digits, hyphens and dots';
}

/**
 * Rules of the API server (k8s.io/kubernetes pkg/apis/networking/validation, ValidateIngressSpec) after what the author plainly meant:
 * blanks around it, upper case and a final dot are taken away.
 */
export function readHost(text: string): Host {
  let host = text.trim().toLowerCase();
  if (host.endsWith('.')) host = host.slice(0, -1);
  if (host === '') return { ok: true, host };
  const name = host.startsWith('*.') ? host.slice(2) : host;
  if (ipv4.test(host) || host.startsWith('[')) return { ok: false, reason: 'an IP address is not a host' };
  if (!isObjectName(name) || host.length > 253) return { ok: false, reason: reasonOf(host) };
  return name.split('.').some((part) => part.length > 63) ? { ok: false, reason: 'a label of a host has at most 63 characters' } : { ok: true, host };
}
