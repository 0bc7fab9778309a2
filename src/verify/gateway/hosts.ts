/** Hostnames as the Gateway API compares them: '' covers every host, `*.x` one or more labels before `.x`. */

/** The names that could cover `host`, narrowest first. Source: gateway-api apis/v1/shared_types.go, Hostname */
export function* coveringNames(host: string): Generator<string> {
  yield host;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) yield `*${host.slice(dot)}`;
  if (host !== '') yield '';
}

function covers(wide: string, narrow: string): boolean {
  if (wide === '' || wide === narrow) return true;
  return wide.startsWith('*.') && narrow.length >= wide.length && narrow.endsWith(wide.slice(1));
}

/** What two hostnames have in common: the narrower one; undefined when nothing. */
export function intersection(a: string, b: string): string | undefined {
  if (covers(a, b)) return b;
  return covers(b, a) ? a : undefined;
}
