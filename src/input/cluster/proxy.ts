type Environment = Readonly<Record<string, string | undefined>>;

const variable = (env: Environment, name: string): string => env[name] ?? env[name.toLowerCase()] ?? '';

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

function isExcepted(host: string, port: string, exceptions: string): boolean {
  return exceptions.split(',').some((raw) => {
    const entry = raw.trim().toLowerCase();
    if (entry === '') return false;
    if (entry === '*') return true;
    const [name = '', ownPort] = entry.startsWith('[') ? [entry] : entry.split(':');
    if (ownPort !== undefined && ownPort !== port) return false;
    const bare = name.replace(/^\*?\./u, '');
    return host === bare || host.endsWith(`.${bare}`);
  });
}

/**
 * The proxy that the environment names for a server, as kubectl takes it; undefined: none.
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config: HTTPS_PROXY, HTTP_PROXY, NO_PROXY, and never for the machine itself.
 */
export function proxyFor(server: string, env: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const proxy = variable(env, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '' || isLocal(hostname)) return undefined;
  const effectivePort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  if (isExcepted(hostname.toLowerCase(), effectivePort, variable(env, 'NO_PROXY'))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}
