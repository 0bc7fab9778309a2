import { raise } from '../../diagnostics/finding.ts';
import type { ClientCertificateIntent } from '../../plan/intents.ts';
import type { HostContext, Verdict } from '../define.ts';
import type { HostDraft } from '../draft.ts';
import { certificateHeaders } from '../standard/client-certificate.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { fragment } from './policies.ts';

/** What a ClientTrafficPolicy cannot say, as a phrase; '' when it can say everything. */
function inexpressible(intent: ClientCertificateIntent): string {
  if (intent.matchCn !== '') return 'auth-tls-match-cn';
  return intent.verify === 'optional_no_ca' ? 'auth-tls-verify-client optional_no_ca' : '';
}

function differencesOf(intent: ClientCertificateIntent): string {
  const list = [
    intent.errorPage === '' ? '' : 'auth-tls-error-page has no counterpart',
    intent.depth <= 1 ? '' : 'the chain may be longer than auth-tls-verify-depth',
  ].filter((part) => part !== '');
  return list.length === 0 ? 'nothing else differs' : list.join('; ');
}

/** The listener of the host has its own policy, so hosts with and without client certificates can share a Gateway. */
export function lowerClientCertificate(intent: ClientCertificateIntent, draft: HostDraft, context: HostContext): Verdict {
  const subject = subjectOf(intent, {});
  const host = context.host.server.host;
  const setting = inexpressible(intent);
  if (setting !== '') return { kind: 'closed', findings: [raise(codes, 'envoy-gateway/client-certificate-lost', subject, { host, setting })] };
  draft.distrustedHeaders = certificateHeaders;
  draft.listenerPolicies.push(
    fragment('ClientTrafficPolicy', {
      tls: {
        clientValidation: {
          ...(intent.verify === 'optional' ? { optional: true } : {}),
          caCertificateRefs: [{ kind: 'Secret', group: '', name: intent.secret.name }],
        },
      },
      ...(intent.passCertificate ? { headers: { xForwardedClientCert: { mode: 'SanitizeSet', certDetailsToAdd: ['Cert', 'Subject'] } } } : {}),
    }),
  );
  const args = { host, differences: differencesOf(intent), secret: `${intent.secret.namespace}/${intent.secret.name}` };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/client-certificate-differences', subject, args)] };
}
