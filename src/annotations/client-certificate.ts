import { aboutAnnotation, raise, type Finding, type Subject } from '../diagnostics/finding.ts';
import { objectKey } from '../model/object.ts';
import { basicChars, errorPage } from '../nginx/forms.ts';
import { hasForm, isSubjectPattern, normaliseText, parseBoolean, parseInteger } from '../nginx/values.ts';
import type { ClientCertificateIntent } from '../plan/intents.ts';
import { codes } from './client-certificate-codes.ts';
import { codes as common } from './codes.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type PresentAnnotation } from './define.ts';
import { refused } from './refused.ts';
import { parseSecretName, type SecretName } from './secret-name.ts';
import { presentOf } from './siblings.ts';

const keys = [
  'auth-tls-secret',
  'auth-tls-verify-client',
  'auth-tls-verify-depth',
  'auth-tls-error-page',
  'auth-tls-pass-certificate-to-upstream',
  'auth-tls-match-cn',
] as const;
type Input = FamilyInput<(typeof keys)[number]>;

const textOf = (annotation: PresentAnnotation | undefined): string => (annotation === undefined ? '' : normaliseText(annotation.raw));
const isFilled = (annotation: PresentAnnotation | undefined): annotation is PresentAnnotation => annotation !== undefined && annotation.raw !== '';

/** Why nginx refuses the whole host or drops the Ingress; undefined when it does neither. */
function obstacleOf({ get }: Input, secret: SecretName | undefined, keysOfSecret: ReadonlySet<string> | undefined): string | undefined {
  if (secret === undefined) return 'auth-tls-secret does not name a Secret of the same namespace as namespace/name';
  const usable = keysOfSecret === undefined || keysOfSecret.has('ca.crt') || (keysOfSecret.has('tls.crt') && keysOfSecret.has('tls.key'));
  if (!usable) return 'the Secret of auth-tls-secret holds neither a certificate authority nor a certificate';
  const page = get('auth-tls-error-page');
  if (isFilled(page) && !hasForm(page.raw, errorPage)) return 'auth-tls-error-page is no page the controller accepts';
  const pass = get('auth-tls-pass-certificate-to-upstream');
  if (isFilled(pass) && parseBoolean(pass.raw) === undefined) return 'auth-tls-pass-certificate-to-upstream is no boolean';
  const name = get('auth-tls-match-cn');
  return isFilled(name) && !isSubjectPattern(name.raw) ? 'auth-tls-match-cn is not CN= and a regular expression' : undefined;
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

/** `0` comes to the same as the default. */
function ignoredValue({ ignored, value }: Checked<string | number>): readonly Finding[] {
  if (ignored === undefined) return [];
  const { ingress, key, raw } = ignored;
  const about = aboutAnnotation(ingress, key);
  if (typeof value === 'number' && (parseInteger(raw) ?? 0) < 0) return [raise(common, 'annotation/breaks-nginx', about, { annotation: key, value: JSON.stringify(raw), reason: 'a depth is no negative number' })];
  return [raise(codes, 'client-certificate/value-ignored', about, { annotation: key, used: `${value}` })];
}

/** The named annotation, and the other ones of the family with it. */
const aboutAll = (first: PresentAnnotation, all: readonly PresentAnnotation[]): Subject => ({
  ...aboutAnnotation(first.ingress, first.key),
  also: all.filter(({ key }) => key !== first.key).map(({ key }) => key),
});

function withoutSecret({ ingress, settings }: Input, all: readonly PresentAnnotation[]): FamilyReading {
  const secret = `${settings.annotationsPrefix}/auth-tls-secret`;
  return { findings: all.map(({ key }) => raise(codes, 'client-certificate/companion-without-secret', aboutAnnotation(ingress, key), { annotation: key, secret })) };
}

/** The check itself, with a Secret that has a certificate authority as far as is known. */
function readCheck({ get }: Input, annotation: PresentAnnotation, secret: SecretName, all: readonly PresentAnnotation[]): FamilyReading {
  const verify = verifyOf(get('auth-tls-verify-client'));
  const depth = depthOf(get('auth-tls-verify-depth'));
  const matchCn = textOf(get('auth-tls-match-cn'));
  if (verify.value === 'off') {
    if (matchCn !== '') return refused(all, 'answers 403 to every request, because auth-tls-match-cn compares a certificate that auth-tls-verify-client: off never asks for');
    const off = get('auth-tls-verify-client') ?? annotation;
    return { findings: [raise(codes, 'client-certificate/verify-off', aboutAll(off, all), { annotation: off.key })] };
  }
  const intent: ClientCertificateIntent = {
    kind: 'client-certificate',
    from: all.filter((one) => one !== verify.ignored && one !== depth.ignored),
    secret,
    verify: verify.value,
    depth: depth.value,
    errorPage: textOf(get('auth-tls-error-page')),
    passCertificate: parseBoolean(get('auth-tls-pass-certificate-to-upstream')?.raw ?? '') === true,
    matchCn,
  };
  return { forServer: () => ({ intents: [intent] }), findings: [...ignoredValue(verify), ...ignoredValue(depth)] };
}

export const clientCertificate = defineFamily({
  id: 'client-certificate',
  keys,
  codes,
  serverScope: 'first',
  intents: ['client-certificate'],
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
    if (annotation === undefined || text === '') return withoutSecret(input, all);
    const secret = hasForm(annotation.raw, basicChars) && text.indexOf('/') > 0 ? parseSecretName(text, ingress.ref.namespace, settings) : undefined;
    const found = secret === undefined ? undefined : inventory.secrets.get(objectKey(secret.namespace, secret.name))?.keys;
    // A Secret given without its data says nothing about its keys.
    const known = found?.size === 0 ? undefined : found;
    const obstacle = obstacleOf(input, secret, known);
    if (secret === undefined || obstacle !== undefined) return refused(all, `refuses every request to the host, because ${obstacle ?? 'auth-tls-secret is no Secret'}`);
    if (known?.has('ca.crt') !== false) return readCheck(input, annotation, secret, all);
    if (textOf(get('auth-tls-match-cn')) !== '') return refused(all, 'answers 403 to every request, because auth-tls-match-cn compares a certificate that nginx without ca.crt never asks for');
    const args = { annotation: annotation.key, name: `${secret.namespace}/${secret.name}` };
    return { findings: [raise(codes, 'client-certificate/no-ca', aboutAll(annotation, all), args)] };
  },
});
