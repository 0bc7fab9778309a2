/** Where one side of a comparison listens. Nothing is ever sent anywhere else. */
export interface Address {
  /** Name or IP address, without brackets. */
  readonly host: string;
  /** Undefined: that scheme is not asked for. */
  readonly ports: Readonly<Record<'http' | 'https', number | undefined>>;
}

/** How an address is written; for messages. */
export const addressForm = 'HOST[:HTTP-PORT[,HTTPS-PORT]], such as 10.0.0.1, 10.0.0.1:8080,8443, [::1]:8080 or lb.example.com:,- (no https)';

const form = /^(?:\[([\da-fA-F:.]+(?:%[\w.-]+)?)\]|([A-Za-z\d](?:[\w.-]*[A-Za-z\d])?))(?::(\d*|-)(?:,(\d*|-))?)?$/u;

/** `-` is no port, nothing is the usual one; the string says what is wrong. */
function portOf(text: string | undefined, usual: number): number | undefined | string {
  if (text === '-') return undefined;
  if (text === undefined || text === '') return usual;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : `${text} is no port`;
}

/** Reads `HOST[:HTTP-PORT[,HTTPS-PORT]]`; a string says what is wrong with it. */
export function readAddress(text: string): Address | string {
  const match = form.exec(text);
  const host = match?.[1] ?? match?.[2];
  if (match === null || host === undefined) return `give ${addressForm}`;
  const [http, https] = [portOf(match[3], 80), portOf(match[4], 443)];
  if (typeof http === 'string') return http;
  if (typeof https === 'string') return https;
  return http === undefined && https === undefined ? 'one of the two ports must be there' : { host, ports: { http, https } };
}

/** `10.0.0.1:80`, `[::1]:80`. */
export function authority({ host }: Address, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** For people: `10.0.0.1 (http 80, https 443)`. */
export function addressText({ host, ports: { http, https } }: Address): string {
  return `${host} (${[http === undefined ? 'no http' : `http ${http}`, https === undefined ? 'no https' : `https ${https}`].join(', ')})`;
}
