import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Location, Server } from '../nginx/configuration.ts';
import { parseBoolean } from '../nginx/values.ts';
import { inputOf, intentOf, keys, meanings, readBackendTls, speaksTls, table, type BackendTls, type BackendTlsInput } from './backend-tls-value.ts';
import { isCanary } from './canary.ts';
import { codes as shared } from './codes.ts';
import { defineFamily, type LocationReading } from './define.ts';
import { refused } from './refused.ts';
import { usesOf } from './setting.ts';
import { presentOf } from './siblings.ts';

const template = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl';

export const codes = defineCodes({
  'backend-tls/no-ca': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} verifies nothing today: Secret {secret} has no ca.crt.',
    why: 'Without a certificate authority the controller writes no verification into the nginx configuration, and any certificate of the backend will do.',
    do: 'Add ca.crt to {secret} if the backend is to be verified, see that it still answers, and convert again.',
    source: template,
  },
  'backend-tls/inherited': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The TLS settings that {annotation} names also hold for path {path} of {host}, which belongs to Ingress {other}.',
    why: 'ingress-nginx writes the settings of the first Ingress with a certificate authority into the server block, and locations without settings of their own inherit them.',
    do: 'Nothing. proxy-ssl-location-only: true in the ConfigMap of the controller ends it.',
    source: template,
  },
});

/** Canaries of the host. They have no path of their own, and yet their settings count for the server block. */
function canariesOf({ host, locations }: Server): readonly Ingress[] {
  const canaries = locations.flatMap(({ backend }) => (backend.kind === 'service' ? (backend.upstream.canary?.ingress ?? []) : []));
  return canaries.filter(({ rules }) => rules.some((rule) => rule.host === host));
}

/** The first Ingress of the host whose Secret may have a CA lends its settings to the whole server; canaries are taken for the younger ones. */
function lenderOf(input: BackendTlsInput, server: Server): BackendTlsInput | undefined {
  if (parseBoolean(input.settings.raw.get('proxy-ssl-location-only') ?? '') === true) return undefined;
  for (const ingress of [...server.ingresses, ...canariesOf(server)]) {
    const candidate = inputOf(ingress, input);
    const tls = readBackendTls(candidate);
    if (tls.secret !== undefined && tls.hasCa) return candidate;
  }
  return undefined;
}

function readLocation(input: BackendTlsInput, own: BackendTls, location: Location, server: Server): LocationReading {
  if (!speaksTls(input) || location.denied !== undefined) return { intents: [], structural: location.denied === undefined ? [] : usesOf(own.reading.set).map(({ key }) => key) };
  const mine = intentOf(own, input, location);
  if (mine !== undefined) return { intents: [mine] };
  const lender = lenderOf(input, server);
  if (lender === undefined || lender.ingress === input.ingress) return { intents: [] };
  const lent = intentOf(readBackendTls(lender), input, location);
  const [use] = lent?.from ?? [];
  if (lent === undefined || use === undefined) return { intents: [] };
  const args = { annotation: use.key, path: location.path, host: server.host, other: `${input.ingress.ref.namespace}/${input.ingress.ref.name}` };
  return { intents: [lent], findings: [raise(codes, 'backend-tls/inherited', aboutAnnotation(use.ingress, use.key), args)] };
}

/** Paths of other Ingresses that speak TLS without settings of their own, and so have those of the server block. */
function hasHeirs(input: BackendTlsInput, { locations }: Server): boolean {
  return locations.some(({ ingress }) => {
    if (ingress === undefined || ingress === input.ingress) return false;
    const other = inputOf(ingress, input);
    return speaksTls(other) && readBackendTls(other).secret === undefined;
  });
}

const unused = (own: BackendTls, reason: string): readonly Finding[] =>
  [...own.reading.set].map(([name, { use }]) => raise(shared, 'annotation/no-effect', aboutAnnotation(use.ingress, use.key), { annotation: use.key, reason, meaning: table[name].meaning }));

/** What the settings of an Ingress that has no use for them itself do for the rest of the host: `otherwise` says why there is none. */
function readLent(input: BackendTlsInput, own: BackendTls, server: Server, otherwise: string): LocationReading {
  if (!hasHeirs(input, server)) return { intents: [], findings: unused(own, otherwise) };
  if (lenderOf(input, server)?.ingress === input.ingress) return { intents: [], structural: usesOf(own.reading.set).map(({ key }) => key) };
  return { intents: [], findings: unused(own, 'the other paths of the host have the settings of another Ingress') };
}

const needsCa = ['proxy-ssl-verify', 'proxy-ssl-verify-depth', 'proxy-ssl-ciphers', 'proxy-ssl-protocols'] as const;

function withoutCa(own: BackendTls): readonly Finding[] {
  const { secret, hasCa } = own;
  if (secret === undefined || hasCa) return [];
  const uses = needsCa.flatMap((name) => own.reading.set.get(name)?.use ?? []);
  return uses.map(({ ingress, key }) => raise(codes, 'backend-tls/no-ca', aboutAnnotation(ingress, key), { annotation: key, secret: `${secret.namespace}/${secret.name}` }));
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxyssl/main.go */
export const backendTls = defineFamily({
  id: 'backend-tls',
  keys,
  codes,
  implicit: true,
  serverScope: 'any',
  intents: ['backend-tls'],
  meanings,
  docs: {
    nginx:
      'Speaks TLS to backends with backend-protocol HTTPS, GRPCS or AUTO_HTTP without looking at their certificate and without naming them (SNI). With proxy-ssl-secret it shows them a client certificate, and with proxy-ssl-verify it checks theirs against ca.crt and proxy-ssl-name. All other names wait for the secret. The settings also reach the other paths of the host.',
    gateway: 'BackendTLSPolicy, which always verifies and needs the name and the CA; a client certificate only for a whole Gateway (spec.tls.backend).',
    loss: 'TLS without verification, the depth of the chain, ciphers and versions have no counterpart; where TLS to the backend cannot be written at all, the rules are closed.',
  },
  read: (input) => {
    const own = readBackendTls(input);
    const { set, rest } = own.reading;
    if (isCanary(input.ingress, input.settings)) return { ...rest, forServer: (server) => readLent(input, own, server, 'a canary has the settings of the Ingress it is attached to') };
    if (set.has('proxy-ssl-secret') && own.secret === undefined) {
      return { ...refused(presentOf(keys.map(input.get)), 'answers no request of the Ingress, because proxy-ssl-secret names no Secret that may be used here') };
    }
    return {
      ...rest,
      findings: [...(rest.findings ?? []), ...(speaksTls(input) ? withoutCa(own) : [])],
      forLocation: (location, server) => readLocation(input, own, location, server),
      forServer: (server) => (set.size === 0 || speaksTls(input) ? { intents: [] } : readLent(input, own, server, 'the backend is spoken to without TLS (backend-protocol)')),
    };
  },
});
