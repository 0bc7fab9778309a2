import { defineCodes } from '../diagnostics/finding.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/authtls/main.go';

export const codes = defineCodes({
  'client-certificate/companion-without-secret': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: {secret} is not set, so no client certificate is asked for.',
    why: 'ingress-nginx reads the client certificate annotations only beside auth-tls-secret.',
    do: 'If clients should show a certificate, set {secret}, or the validation on the Gateway. If not, remove {annotation}.',
    source,
  },
  'client-certificate/no-ca': {
    fidelity: 'exact',
    risk: 'none',
    what: 'NO CLIENT CERTIFICATE IS CHECKED TODAY: Secret {name} of {annotation} has no key ca.crt.',
    why: 'Without a certificate authority ingress-nginx leaves the check off and serves the host to everybody. The routes are as open as the Ingress.',
    do: 'Put the certificate authority under ca.crt of {name} if clients should show a certificate, see that they have to, and convert again.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
  'client-certificate/verify-off': {
    fidelity: 'exact',
    risk: 'none',
    what: 'No client certificate is checked today: {annotation} is off.',
    why: 'With auth-tls-verify-client off nginx asks for no certificate, whatever auth-tls-secret holds. The routes are as open as the Ingress.',
    do: 'Set {annotation} to on if clients should show a certificate; otherwise remove the client certificate annotations.',
    source: 'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_verify_client',
  },
  'client-certificate/value-ignored': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The value of {annotation} has no effect: nginx works with {used}.',
    why: 'ingress-nginx takes the default in place of a value it does not know.',
    do: 'Set {annotation} to {used}, or to the value you meant.',
    source,
  },
});
