import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { ClientCertificateIntent } from '../../plan/intents.ts';
import type { HostContext, LowerHost } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

const gep = 'https://gateway-api.sigs.k8s.io/geps/gep-91/';

export const clientCertificateCodes = defineCodes({
  'client-certificate/lost': {
    fidelity: 'lost',
    risk: 'security',
    what: '{key} is lost, so all rules of {host} are closed: they answer 500 and forward nothing.',
    why: 'The Gateway API asks for client certificates on a whole Gateway or port (spec.tls.frontend); {reason}.',
    do: 'Use a target that has a policy for it (--target), or check the certificate elsewhere and accept this code.',
    source: gep,
  },
  'client-certificate/unconfirmed': {
    fidelity: 'lost',
    risk: 'security',
    what: 'All rules of {host} are closed until you confirm that your gateway asks for client certificates; its Gateway says so (spec.tls.frontend), and has an address of its own beside Gateways that do not: {differences}.',
    why: 'The field is an extended feature, GatewayFrontendClientCertificateValidation: a gateway without it ignores the field and lets everybody in. It holds for a whole Gateway, and ends the connection where nginx answers 400.',
    do: 'See that `kubectl get gatewayclass -o yaml` lists the feature. Then copy ca.crt of Secret {ca} into a ConfigMap of the same name (without it every handshake fails), point the DNS name of {host} at its Gateway, adapt backends that read ssl-client-* headers (they get none), and accept this code. Without the feature, use a target that has a policy for it (--target).',
    source: gep,
  },
});

/**
 * What nginx tells the backend about the certificate. It overwrites what the client sends; a gateway would pass it on.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
export const certificateHeaders: readonly string[] = ['ssl-client-cert', 'ssl-client-issuer-dn', 'ssl-client-subject-dn', 'ssl-client-verify'];

/** Why the field cannot say it, as a clause; undefined when it can. */
function obstacleOf({ verify, matchCn }: ClientCertificateIntent, { profile }: HostContext): string | undefined {
  if (!profile.supports('frontend-client-certificate')) return `the field ${profile.missing('frontend-client-certificate')}`;
  if (matchCn !== '') return 'it compares no subject (auth-tls-match-cn)';
  // AllowInsecureFallback takes certificates of anybody, and no header tells the backend which one is good.
  return verify === 'on' ? undefined : `what auth-tls-verify-client: ${verify} lets the application decide by ssl-client-verify, nobody could decide`;
}

function differencesOf({ errorPage, depth }: ClientCertificateIntent): string {
  const list = [errorPage === '' ? '' : 'auth-tls-error-page has no counterpart', depth <= 1 ? '' : 'the chain may be longer than auth-tls-verify-depth'].filter((part) => part !== '');
  return list.length === 0 ? 'plain HTTP is served without them, as before' : list.join('; ');
}

/**
 * All hosts with the same authority share a Gateway, whose HTTPS listeners ask for certificates. Whether the implementation does is for the user
 * to know, so the rules stay closed until the finding is accepted: docs/adr/0020-client-certificates.md.
 */
export const lowerClientCertificate: LowerHost<'client-certificate'> = (intent, draft, context) => {
  const subject = subjectOf(intent, {});
  const { host } = context.host.server;
  const reason = obstacleOf(intent, context);
  if (reason !== undefined) return { kind: 'closed', findings: [raise(clientCertificateCodes, 'client-certificate/lost', subject, { key: keyOf(intent), host, reason })] };
  draft.clientAuthority = intent.secret;
  draft.distrustedHeaders = certificateHeaders;
  const args = { host, ca: `${intent.secret.namespace}/${intent.secret.name}`, differences: differencesOf(intent) };
  return { kind: 'closed', findings: [raise(clientCertificateCodes, 'client-certificate/unconfirmed', subject, args)] };
};
