import { defineCodes, raise, type Finding } from '../../diagnostics/finding.ts';
import type { BackendTlsIntent } from '../../plan/intents.ts';
import { backendTlsPolicy, everyBackend } from '../backend-tls.ts';
import type { Lower, LoweringContext } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

const policy = 'https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/';

export const backendTlsCodes = defineCodes({
  'backend-tls/policy': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The certificate of {service} is verified by a BackendTLSPolicy against {ca} and the name {name}; until {ca} exists, requests fail.{differences}',
    why: 'The policy takes its CA from a ConfigMap with the key ca.crt beside the Service; ingress-nginx reads it from Secret {secret}. It also sends the name as SNI, and holds for every route to the Service.',
    do: "Create {ca} with ca.crt of Secret {secret} before the switch: kubectl create configmap NAME --from-file=ca.crt.",
    source: policy,
  },
  'backend-tls/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: {parts}.',
    why: 'Nothing is verified today (proxy-ssl-verify is off), and BackendTLSPolicy always verifies; a client certificate belongs to a whole Gateway (spec.tls.backend).',
    do: 'Switch proxy-ssl-verify on with proxy-ssl-name, see that the backend answers, and convert again.',
    source: policy,
  },
  'backend-tls/no-name': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The certificate of {service} cannot be verified, so the rules that use it are closed: they answer 500 and forward nothing.',
    why: 'proxy-ssl-name is absent, and nginx then expects the internal name of its upstream in the certificate, which none holds: it answers 502 today.',
    do: 'Set proxy-ssl-name to a name in the certificate of {service}, see that it answers, and convert again.',
    source: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_name',
  },
  'backend-tls/unsayable': {
    fidelity: 'lost',
    risk: 'security',
    what: 'The certificate of {service} cannot be verified as {key} asks for, so the rules that use it are closed: they answer 500 and forward nothing.',
    why: '{reason}',
    do: 'Remove the reason, or write a BackendTLSPolicy for {service} by hand and accept this code.',
    source: policy,
  },
});

/** Names a certificate may hold that the field takes: no wildcard, no address. */
const preciseHostname = /^(?!\d+(?:\.\d+){3}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** What a policy of the Service leaves out, as sentences. */
export function leftOut(intent: BackendTlsIntent): string {
  const parts = [
    intent.clientCertificate === true ? 'the client certificate (tls.crt of the Secret) is not shown' : '',
    intent.clientCertificate === undefined ? 'a client certificate in the Secret, if there is one, is not shown' : '',
    intent.depth > 1 ? `the chain may be longer than ${String(intent.depth)}` : '',
    intent.ciphers === '' ? '' : 'proxy-ssl-ciphers has no counterpart',
    intent.protocols.length === 0 ? '' : 'proxy-ssl-protocols has no counterpart',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` Not kept: ${parts.join('; ')}.`;
}

export function serviceNameOf({ rule }: LoweringContext): string {
  const { backend } = rule.location;
  return backend.kind === 'service' ? `${backend.namespace}/${backend.name}` : 'no Service';
}

/** Why no policy of the Service can say it, as a sentence; undefined when one can. */
function obstacle(intent: BackendTlsIntent, { profile }: LoweringContext): string | undefined {
  if (!profile.supports('backend-tls-policy')) return `BackendTLSPolicy ${profile.missing('backend-tls-policy')}.`;
  if (!preciseHostname.test(intent.name.toLowerCase())) return `A BackendTLSPolicy takes a host name, and ${intent.name} is none.`;
  if (intent.otherwise.length > 0) return `A BackendTLSPolicy holds for every route to the Service, and ${intent.otherwise.join(', ')} speaks to it in another way.`;
  return undefined;
}

/** Findings that close the rule; undefined: a policy can be written. */
export function verificationObstacle(intent: BackendTlsIntent, context: LoweringContext): Finding | undefined {
  const subject = subjectOf(intent, context);
  const service = serviceNameOf(context);
  if (intent.name === '') return raise(backendTlsCodes, 'backend-tls/no-name', subject, { service });
  const reason = obstacle(intent, context);
  return reason === undefined ? undefined : raise(backendTlsCodes, 'backend-tls/unsayable', subject, { service, key: keyOf(intent), reason });
}

/** What nobody does in place of nginx. Without verification the protocol itself closes the rule: see backend-protocol. */
function partsOf({ clientCertificate, serverName, secret }: BackendTlsIntent): string {
  const name = `Secret ${secret.namespace}/${secret.name}`;
  const certificate = clientCertificate === undefined ? `a client certificate in ${name}, if there is one, is not shown` : `the client certificate in ${name} is not shown`;
  const parts = [clientCertificate === false ? '' : certificate, serverName ? 'no name is sent when TLS begins' : ''].filter((part) => part !== '');
  return parts.length === 0 ? 'there is no TLS to the backend that it could detail' : parts.join('; ');
}

export const lowerBackendTls: Lower<'backend-tls'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  if (!intent.verify) return { kind: 'lost', findings: [raise(backendTlsCodes, 'backend-tls/lost', subject, { key: keyOf(intent), parts: partsOf(intent) })] };
  const wrong = verificationObstacle(intent, context);
  if (wrong !== undefined) return { kind: 'closed', findings: [wrong] };
  const { secret } = intent;
  const ca = { kind: 'ConfigMap', name: secret.name } as const;
  for (const ref of everyBackend(draft)) draft.objects.push(backendTlsPolicy(ref, intent, ca, context));
  const args = {
    service: serviceNameOf(context),
    ca: `ConfigMap ${secret.name}`,
    name: intent.name,
    secret: `${secret.namespace}/${secret.name}`,
    differences: leftOut(intent),
  };
  return { kind: 'approximate', findings: [raise(backendTlsCodes, 'backend-tls/policy', subject, args)] };
};
