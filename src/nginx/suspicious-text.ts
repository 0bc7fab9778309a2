import type { Ingress } from '../model/ingress.ts';

const files = /\/etc\/(?:passwd|shadow|group|nginx|ingress-controller)|\/var\/run\/secrets|_by_lua/;

/** A directive is its name with a semicolon anywhere after it; searched without a regular expression so that it stays linear. */
function hasDirective(text: string, directive: string): boolean {
  const start = text.indexOf(directive);
  return start >= 0 && text.includes(';', start + directive.length);
}

/** Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/inspector/rules.go */
function isSuspicious(text: string): boolean {
  return files.test(text) || hasDirective(text, 'alias') || hasDirective(text, 'root');
}

/** The first part of the Ingress that the controller takes for an attempt to write nginx configuration. */
export function suspiciousPart(ingress: Ingress): string | undefined {
  for (const { host, paths } of ingress.rules) {
    if (isSuspicious(host)) return `host ${host}`;
    for (const { path } of paths) if (isSuspicious(path)) return `path ${path}`;
  }
  for (const { hosts, secretName } of ingress.tls) {
    if (isSuspicious(secretName)) return `secretName ${secretName}`;
    const host = hosts.find(isSuspicious);
    if (host !== undefined) return `tls host ${host}`;
  }
  return undefined;
}
