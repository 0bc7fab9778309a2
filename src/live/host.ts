/** Hostnames as routes and listeners compare them: '' stands for none. Source: https://gateway-api.sigs.k8s.io/geps/gep-718/ */
export function hostsMeet(a: string, b: string): boolean {
  if (a === '' || b === '' || a === b) return true;
  if (a.startsWith('*.')) return b.endsWith(a.slice(1));
  return b.startsWith('*.') && a.endsWith(b.slice(1));
}

/** Whether a hostname takes the requests of another one as well, unless a nearer one does. */
export function covers(wide: string, host: string): boolean {
  return wide !== host && (wide === '' || (wide.startsWith('*.') && host.endsWith(wide.slice(1))));
}

/** Hostnames of a route or the one of a listener, in one spelling; [''] for none. */
export function hostsOf(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? [''] : [...new Set(texts.map((text) => text.toLowerCase()))];
}

export const hostWords = (host: string): string => (host === '' ? 'any host' : host);
