import { BlockList, isIP, isIPv6 } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/** Empty counts as unset, as for Go. */
const variable = (env: Environment, name: string): string => [env[name], env[name.toLowerCase()]].find((value) => value !== undefined && value !== '') ?? '';

interface Address {
  /** Lower case, without brackets. */
  readonly host: string;
  readonly port: string;
}

const family = (ip: string): 'ipv4' | 'ipv6' => (isIPv6(ip) ? 'ipv6' : 'ipv4');

function isIn(ip: string, network: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  if (isIP(base) === 0 || isIP(ip) === 0 || !/^\d{1,3}$/u.test(bits) || Number(bits) > (isIPv6(base) ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(bits), family(base));
  return list.check(ip, family(ip));
}

const isLocal = (host: string): boolean => host === 'localhost' || isIn(host, '127.0.0.0/8') || isIn(host, '::1/128');

/** `host`, `host:port`, `[ipv6]:port`: a lone IPv6 address has no port. */
function splitPort(entry: string): { readonly name: string; readonly port: string | undefined } {
  const match = isIPv6(entry) ? null : /^(?:\[(?<six>[^\]]*)\]|(?<name>[^:]*))(?::(?<port>\d*))?$/u.exec(entry);
  return { name: match?.groups?.['six'] ?? match?.groups?.['name'] ?? entry, port: match?.groups?.['port'] };
}

/** Whether an entry of NO_PROXY names the server: a network, an address, a domain with what is below it, or (`.domain`) only what is below. */
function isNamed({ host, port }: Address, entry: string): boolean {
  if (entry === '*' || isIn(host, entry)) return true;
  const { name, port: only } = splitPort(entry);
  if (name === '' || (only !== undefined && only !== '' && only !== port)) return false;
  if (isIP(name) !== 0) return isIn(host, `${name}/${isIPv6(name) ? '128' : '32'}`);
  const below = name.replace(/^\*(?=\.)/u, '');
  return below.startsWith('.') ? host.endsWith(below) : host === below || host.endsWith(`.${below}`);
}

/**
 * The proxy that the environment names for a server, as kubectl takes it; undefined: none.
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config: HTTPS_PROXY, HTTP_PROXY, NO_PROXY, and never for the machine itself.
 */
export function proxyFor(server: string, env: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const proxy = variable(env, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  const address = { host: hostname.toLowerCase().replace(/^\[(.*)\]$/u, '$1'), port: port === '' ? (protocol === 'https:' ? '443' : '80') : port };
  if (proxy === '' || isLocal(address.host)) return undefined;
  const exceptions = variable(env, 'NO_PROXY').toLowerCase().split(',');
  if (exceptions.some((entry) => entry.trim() !== '' && isNamed(address, entry.trim()))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}
