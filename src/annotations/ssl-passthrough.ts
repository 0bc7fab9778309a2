import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { CATCH_ALL, type Server } from '../nginx/configuration.ts';
import { parseBoolean } from '../nginx/values.ts';
import type { TlsPassthroughIntent } from '../plan/intents.ts';
import { defineFamily, type LocationReading, type PresentAnnotation } from './define.ts';
import { refused } from './refused.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/tls/#ssl-passthrough';
const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go';

const codes = defineCodes({
  'ssl-passthrough/not-enabled': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: the controller runs without --enable-ssl-passthrough.',
    why: 'Without that flag ingress-nginx ends TLS itself on every host, and so does the Gateway.',
    do: 'Remove {annotation}, or write a TLSRoute with a Passthrough listener if the backend should get TLS unopened.',
    source: documentation,
  },
  'ssl-passthrough/flag-assumed': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'TLS of {host} is handed to the backend unopened, because {annotation} asks for it; whether ingress-nginx does so today is not known.',
    why: 'The annotation works only with the flag --enable-ssl-passthrough of the controller, and its flags were not given.',
    do: "Give the flags (--controller-args='--enable-ssl-passthrough', or without it) and convert again.",
    source: documentation,
  },
  'ssl-passthrough/off': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: its value switches nothing on.',
    why: 'TLS ends at ingress-nginx unless the value is true.',
    do: 'Remove {annotation}.',
    source: documentation,
  },
  'ssl-passthrough/no-root-backend': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on {host}: nothing serves the path /.',
    why: 'ingress-nginx hands TLS to the backend of / alone, and without one it ends TLS itself.',
    do: 'Remove {annotation}, or give {host} a path / with the Service that should get TLS.',
    source,
  },
  'ssl-passthrough/host-not-exact': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on {host}.',
    why: 'ingress-nginx compares the server name of the TLS connection with the host letter by letter, so a wildcard or an absent host never matches.',
    do: 'Remove {annotation}, or list the exact hosts.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/pkg/tcpproxy/tcp.go',
  },
  'ssl-passthrough/other-paths': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Over TLS every path of {host} goes to the backend of /; {count} other paths are served over plain HTTP only, and annotations count there only.',
    why: 'ingress-nginx does not open the connection, so it sees neither path nor headers.',
    do: 'Check that nothing relies on the other paths, or on authentication and address lists, over TLS.',
    source: documentation,
  },
});

function readServer(annotation: PresentAnnotation, server: Server, assumed: boolean): LocationReading {
  const about = aboutAnnotation(annotation.ingress, annotation.key);
  const args = { annotation: annotation.key, host: server.host };
  if (server.host === CATCH_ALL || server.host.startsWith('*')) return { intents: [], findings: [raise(codes, 'ssl-passthrough/host-not-exact', about, args)] };
  const root = server.locations.find(({ path }) => path === '/');
  if (root?.backend.kind !== 'service') return { intents: [], findings: [raise(codes, 'ssl-passthrough/no-root-backend', about, args)] };
  const intent: TlsPassthroughIntent = { kind: 'tls-passthrough', from: [annotation], assumed };
  const findings: Finding[] = [];
  if (assumed) findings.push(raise(codes, 'ssl-passthrough/flag-assumed', about, args));
  const others = server.locations.filter(({ path }) => path !== '/').length;
  if (others > 0) findings.push(raise(codes, 'ssl-passthrough/other-paths', about, { host: server.host, count: `${others}` }));
  return { intents: [intent], findings };
}

export const sslPassthrough = defineFamily({
  id: 'ssl-passthrough',
  keys: ['ssl-passthrough'],
  codes,
  intents: ['tls-passthrough'],
  docs: {
    nginx:
      'Hands TLS connections whose server name is exactly the host to the Service of the path /, unopened. Works only with --enable-ssl-passthrough. Plain HTTP of the host is served as usual; all other annotations are void over TLS.',
    gateway: 'A listener with tls.mode Passthrough and a TLSRoute.',
    loss: 'Where TLSRoute is missing, the host cannot be carried over: ending TLS at the gateway would show it what it must not see.',
  },
  read: ({ ingress, settings, get }) => {
    const annotation = get('ssl-passthrough');
    if (annotation === undefined) return {};
    const { key, raw } = annotation;
    const value = raw === '' ? false : parseBoolean(raw);
    if (value === undefined) return refused([annotation], 'drops the Ingress, because ssl-passthrough is no boolean');
    if (!value) return { findings: [raise(codes, 'ssl-passthrough/off', aboutAnnotation(ingress, key), { annotation: key })] };
    if (settings.sslPassthrough === false) return { findings: [raise(codes, 'ssl-passthrough/not-enabled', aboutAnnotation(ingress, key), { annotation: key })] };
    return { forServer: (server) => readServer(annotation, server, settings.sslPassthrough === undefined) };
  },
});
