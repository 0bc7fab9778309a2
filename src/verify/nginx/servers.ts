import { CATCH_ALL, type EffectiveConfiguration, type Server } from '../../nginx/configuration.ts';
import { readerOf } from './read.ts';
import { losesRedirects } from './redirect-group.ts';

/** Who answers for a name: a server, or the redirect that from-to-www-redirect adds for the name with or without `www.`. */
export type Answering = { readonly kind: 'server'; readonly server: Server } | { readonly kind: 'www'; readonly to: string };

interface Names {
  readonly exact: ReadonlyMap<string, Answering>;
  /** Aliases such as `*.example.com`, longest first: any number of labels, and before all patterns. */
  readonly wildcards: readonly { readonly suffix: string; readonly server: Server }[];
  /** In the order of the configuration, first match wins. */
  readonly patterns: readonly { readonly pattern: RegExp; readonly server: Server }[];
  readonly catchAll: Server | undefined;
}

/**
 * A wildcard host stands for one label of these characters.
 * Source: buildServerName in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go
 */
function hostPattern(host: string): RegExp {
  return new RegExp(`^[\\w-]+${host.slice(1).replaceAll('.', '\\.')}$`, 'i');
}

function aliasPattern(name: string): RegExp | undefined {
  try {
    return new RegExp(name.slice(1), 'i');
  } catch {
    return undefined;
  }
}

/** The annotation counts where its Ingress serves a path of the host. */
function redirectsTwin(server: Server, configuration: EffectiveConfiguration): boolean {
  const serving = server.ingresses.filter((ingress) => server.locations.some((location) => location.ingress === ingress && location.rule !== undefined));
  return serving.map((ingress) => readerOf(ingress, configuration.settings)).some((reader) => reader.isTrue('from-to-www-redirect') && !losesRedirects(reader));
}

function indexNames(configuration: EffectiveConfiguration): Names {
  const exact = new Map<string, Answering>();
  const wildcards: { suffix: string; server: Server }[] = [];
  const patterns: { pattern: RegExp; server: Server }[] = [];
  for (const server of configuration.servers) {
    if (server.host === CATCH_ALL) continue;
    if (server.host.startsWith('*.')) patterns.push({ pattern: hostPattern(server.host), server });
    else exact.set(server.host, { kind: 'server', server });
    for (const { name } of server.aliases) {
      const pattern = name.startsWith('~') ? aliasPattern(name) : undefined;
      if (pattern !== undefined) patterns.push({ pattern, server });
      else if (name.startsWith('*.')) wildcards.push({ suffix: name.slice(1), server });
      else if (!name.startsWith('~') && !exact.has(name)) exact.set(name, { kind: 'server', server });
    }
  }
  for (const server of configuration.servers) {
    if (server.host === CATCH_ALL || server.host.startsWith('*') || !redirectsTwin(server, configuration)) continue;
    const twin = server.host.startsWith('www.') ? server.host.slice(4) : `www.${server.host}`;
    if (!exact.has(twin)) exact.set(twin, { kind: 'www', to: server.host });
  }
  wildcards.sort((a, b) => b.suffix.length - a.suffix.length);
  return { exact, wildcards, patterns, catchAll: configuration.servers.find(({ host }) => host === CATCH_ALL) };
}

const indexes = new WeakMap<EffectiveConfiguration, Names>();

/**
 * The server of a Host header, case and one final dot ignored: exact names, then wildcard aliases, then patterns, then the server of
 * unknown names, which may have no Ingress at all (undefined).
 * Source: https://nginx.org/en/docs/http/server_names.html
 */
export function findServer(configuration: EffectiveConfiguration, host: string): Answering | undefined {
  let names = indexes.get(configuration);
  if (names === undefined) indexes.set(configuration, (names = indexNames(configuration)));
  const name = host.toLowerCase().replace(/\.$/, '');
  const exact = names.exact.get(name);
  if (exact !== undefined) return exact;
  const server =
    names.wildcards.find(({ suffix }) => name.endsWith(suffix) && name.length > suffix.length)?.server ??
    names.patterns.find(({ pattern }) => pattern.test(name))?.server ??
    names.catchAll;
  return server === undefined ? undefined : { kind: 'server', server };
}
