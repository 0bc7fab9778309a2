import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { objectKey } from '../model/object.ts';
import { hasForm, normaliseText, parseBoolean, parseInteger } from '../nginx/values.ts';
import type { ClientCertificateIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyInput, type PresentAnnotation } from './define.ts';
import { refused } from './refused.ts';
import { parseSecretName, type SecretName } from './secret-name.ts';
import { presentOf } from './siblings.ts';

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

const keys = [
  'auth-tls-secret',
  'auth-tls-verify-client',
  'auth-tls-verify-depth',
  'auth-tls-error-page',
  'auth-tls-pass-certificate-to-upstream',
  'auth-tls-match-cn',
] as const;
type Input = FamilyInput<(typeof keys)[number]>;

const nameForm = /^[-._~a-zA-Z0-9/:]*$/;
const pageForm = /^(?:@[A-Za-z0-9_-]+|(?:(?:https?:\/\/)?[A-Za-z0-9.-]+(?::\d+)?)?(?:\/[A-Za-z0-9_.-]+)*\/?)$/;

const textOf = (annotation: PresentAnnotation | undefined): string => (annotation === undefined ? '' : normaliseText(annotation.raw));
const isFilled = (annotation: PresentAnnotation | undefined): annotation is PresentAnnotation => annotation !== undefined && annotation.raw !== '';

/** Why nginx refuses the whole host or drops the Ingress; undefined when it does neither. */
function obstacleOf({ get }: Input, secret: SecretName | undefined, keysOfSecret: ReadonlySet<string> | undefined): string | undefined {
  if (secret === undefined) return 'auth-tls-secret does not name a Secret of the same namespace as namespace/name';
  const usable = keysOfSecret === undefined || keysOfSecret.has('ca.crt') || (keysOfSecret.has('tls.crt') && keysOfSecret.has('tls.key'));
  if (!usable) return 'the Secret of auth-tls-secret holds neither a certificate authority nor a certificate';
  const page = get('auth-tls-error-page');
  if (isFilled(page) && !hasForm(page.raw, pageForm)) return 'auth-tls-error-page is no page the controller accepts';
  const pass = get('auth-tls-pass-certificate-to-upstream');
  if (isFilled(pass) && parseBoolean(pass.raw) === undefined) return 'auth-tls-pass-certificate-to-upstream is no boolean';
  const name = get('auth-tls-match-cn');
  return isFilled(name) && !name.raw.startsWith('CN=') ? 'auth-tls-match-cn does not start with CN=' : undefined;
}

interface Checked<T> {
  readonly value: T;
  readonly ignored: PresentAnnotation | undefined;
}

function verifyOf(annotation: PresentAnnotation | undefined): Checked<ClientCertificateIntent['verify'] | 'off'> {
  const text = textOf(annotation);
  if (text === 'on' || text === 'off' || text === 'optional' || text === 'optional_no_ca') return { value: text, ignored: undefined };
  return { value: 'on', ignored: annotation };
}

/** 0 becomes 1; nginx does not load a negative depth, so it cannot be in use. */
function depthOf(annotation: PresentAnnotation | undefined): Checked<number> {
  const depth = annotation === undefined ? undefined : parseInteger(annotation.raw);
  return depth !== undefined && depth > 0 ? { value: depth, ignored: undefined } : { value: 1, ignored: annotation };
}

const ignoredValue = ({ ignored, value }: Checked<string | number>): readonly Finding[] =>
  ignored === undefined ? [] : [raise(codes, 'client-certificate/value-ignored', aboutAnnotation(ignored.ingress, ignored.key), { annotation: ignored.key, used: `${value}` })];

export const clientCertificate = defineFamily({
  id: 'client-certificate',
  keys,
  codes,
  serverScope: 'first',
  docs: {
    nginx:
      'Asks for a client certificate on the TLS port of the whole host: 400, or the error page, without a good one, 403 when its subject does not match. Plain HTTP is not covered: with ssl-redirect off it goes past the check. The first Ingress of the host with a certificate authority decides; a Secret without ca.crt leaves the check off.',
    gateway: 'Gateway API validates client certificates per port of the Gateway, not per host; some gateways do it per listener.',
    loss: 'Without a counterpart anybody could reach the host, so all its rules are closed. The headers with the verified subject go to the backend under other names, or not at all.',
  },
  read: (input) => {
    const { ingress, settings, inventory, get } = input;
    const all = presentOf(keys.map(get));
    const annotation = get('auth-tls-secret');
    const text = textOf(annotation);
    if (annotation === undefined || text === '') {
      const missing = `${settings.annotationsPrefix}/auth-tls-secret`;
      return { findings: all.map(({ key }) => raise(codes, 'client-certificate/companion-without-secret', aboutAnnotation(ingress, key), { annotation: key, secret: missing })) };
    }
    const also = all.filter(({ key }) => key !== annotation.key).map(({ key }) => key);
    const secret = hasForm(annotation.raw, nameForm) && text.includes('/') ? parseSecretName(text, ingress.ref.namespace, settings) : undefined;
    const known = secret === undefined ? undefined : inventory.secrets.get(objectKey(secret.namespace, secret.name));
    const obstacle = obstacleOf(input, secret, known?.keys);
    if (secret === undefined || obstacle !== undefined) return refused(all, `refuses every request to the host, because ${obstacle ?? 'auth-tls-secret is no Secret'}`);
    if (known?.keys.has('ca.crt') === false) {
      const args = { annotation: annotation.key, name: `${secret.namespace}/${secret.name}` };
      return { findings: [raise(codes, 'client-certificate/no-ca', { ...aboutAnnotation(ingress, annotation.key), also }, args)] };
    }
    const verify = verifyOf(get('auth-tls-verify-client'));
    const depth = depthOf(get('auth-tls-verify-depth'));
    const matchCn = textOf(get('auth-tls-match-cn'));
    const findings = [...ignoredValue(verify), ...ignoredValue(depth)];
    const mode = verify.value;
    if (mode === 'off') {
      if (matchCn !== '') return refused(all, 'answers 403 to every request, because auth-tls-match-cn compares a certificate that auth-tls-verify-client: off never asks for');
      const off = get('auth-tls-verify-client') ?? annotation;
      const others = all.filter(({ key }) => key !== off.key).map(({ key }) => key);
      return { findings: [raise(codes, 'client-certificate/verify-off', { ...aboutAnnotation(ingress, off.key), also: others }, { annotation: off.key })] };
    }
    const passCertificate = parseBoolean(get('auth-tls-pass-certificate-to-upstream')?.raw ?? '') === true;
    const intent: ClientCertificateIntent = {
      kind: 'client-certificate',
      from: all,
      secret,
      verify: mode,
      depth: depth.value,
      errorPage: textOf(get('auth-tls-error-page')),
      passCertificate,
      matchCn,
    };
    return { forServer: () => ({ intents: [intent] }), findings };
  },
});
