import { aboutAnnotation, raise, type Subject } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { PasswordFormat } from '../model/inventory.ts';
import { objectKey } from '../model/object.ts';
import { basicChars, charsWithSpace } from '../nginx/forms.ts';
import { hasForm, normaliseText } from '../nginx/values.ts';
import type { BasicAuthIntent } from '../plan/intents.ts';
import { codes } from './basic-auth-codes.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type PresentAnnotation } from './define.ts';
import { withoutAuthentication } from './no-auth-locations.ts';
import { refused } from './refused.ts';
import { parseSecretName, type SecretName } from './secret-name.ts';
import { presentOf } from './siblings.ts';

const keys = ['auth-type', 'auth-secret', 'auth-secret-type', 'auth-realm'] as const;
type Key = (typeof keys)[number];

/** Password protection as the four annotations ask for it. Source: internal/ingress/annotations/auth/main.go (controller v1.15.1). */
export type BasicAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'off'; readonly realm: PresentAnnotation }
  | { readonly kind: 'refused'; readonly meaning: string }
  | { readonly kind: 'protected'; readonly intent: BasicAuthIntent };

const refusal = (because: string): BasicAuth => ({ kind: 'refused', meaning: `answers no request of the Ingress, because ${because}` });

const textOf = (annotation: PresentAnnotation | undefined): string => (annotation === undefined ? '' : normaliseText(annotation.raw));

function readSecret({ ingress, settings, inventory, get }: FamilyInput<Key>, type: 'auth-file' | 'auth-map'): SecretName | undefined {
  const annotation = get('auth-secret');
  if (annotation === undefined || !hasForm(annotation.raw, basicChars)) return undefined;
  const secret = parseSecretName(textOf(annotation), ingress.ref.namespace, settings);
  if (secret === undefined) return undefined;
  const known = inventory.secrets.get(objectKey(secret.namespace, secret.name));
  // A Secret given without its data says nothing about its keys.
  return known !== undefined && known.keys.size > 0 && type === 'auth-file' && !known.keys.has('auth') ? undefined : secret;
}

/** Kinds of hashes: those of the key auth, or of every user. */
function formatsOf({ inventory }: FamilyInput<Key>, { namespace, name }: SecretName, type: 'auth-file' | 'auth-map'): readonly PasswordFormat[] | undefined {
  const formats = inventory.secrets.get(objectKey(namespace, name))?.formats;
  if (formats === undefined) return undefined;
  const found = type === 'auth-file' ? (formats.get('auth') ?? []) : [...new Set([...formats.values()].flat())].sort();
  // A Secret whose data was taken out before it was given says nothing.
  return found.length === 0 ? undefined : found;
}

export function readBasicAuth(input: FamilyInput<Key>): BasicAuth {
  const { get } = input;
  const scheme = textOf(get('auth-type'));
  if (scheme === '') return { kind: 'none' };
  if (scheme !== 'basic' && scheme !== 'digest') return refusal('auth-type is neither basic nor digest');
  const type = textOf(get('auth-secret-type')) || 'auth-file';
  if (type !== 'auth-file' && type !== 'auth-map') return refusal('auth-secret-type is neither auth-file nor auth-map');
  const secret = readSecret(input, type);
  if (secret === undefined) return refusal('auth-secret names no Secret that holds passwords and may be used here');
  const realm = get('auth-realm');
  if (realm !== undefined && !charsWithSpace.test(realm.raw)) return refusal('auth-realm holds a character the controller does not take');
  // https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html#auth_basic: off is no realm. For digest it stays a protection: nobody measured it.
  if (realm !== undefined && scheme === 'basic' && textOf(realm) === 'off') return { kind: 'off', realm };
  const from = presentOf(keys.map(get));
  return { kind: 'protected', intent: { kind: 'basic-auth', from, scheme, secret, secretType: type, formats: formatsOf(input, secret, type), realm: textOf(realm) } };
}

/** The named annotation, and the other ones of the family with it. */
function aboutAll(ingress: Ingress, first: PresentAnnotation, all: readonly PresentAnnotation[]): Subject {
  return { ...aboutAnnotation(ingress, first.key), also: all.filter(({ key }) => key !== first.key).map(({ key }) => key) };
}

function notProtected({ ingress, settings, get }: FamilyInput<Key>): FamilyReading {
  const all = presentOf(keys.map(get));
  const type = get('auth-type');
  const secret = get('auth-secret');
  if (type !== undefined) return { findings: [raise(codes, 'basic-auth/empty-type', aboutAll(ingress, type, all), { annotation: type.key })] };
  const missing = `${settings.annotationsPrefix}/auth-type`;
  if (secret !== undefined) return { findings: [raise(codes, 'basic-auth/secret-without-type', aboutAll(ingress, secret, all), { annotation: secret.key, type: missing })] };
  const args = { type: missing };
  return { findings: all.map(({ key }) => raise(codes, 'basic-auth/companion-without-type', aboutAnnotation(ingress, key), { ...args, annotation: key })) };
}

export const basicAuth = defineFamily({
  id: 'basic-auth',
  keys,
  codes,
  intents: ['basic-auth'],
  docs: {
    nginx:
      'Asks for a user and a password (401), compares them with the htpasswd text or the users of a Secret, and removes the Authorization header before it forwards. Without auth-type nothing is asked; with auth-type and no usable Secret every request gets 503.',
    gateway: 'The Gateway API has no password protection. Some gateways have a policy that reads a Secret, often with another key name or fewer kinds of hashes.',
    loss: 'Without a counterpart anybody could reach the path, so the rule is closed. Digest authentication has no counterpart anywhere.',
  },
  read: (input) => {
    const { ingress, settings, get } = input;
    const auth = readBasicAuth(input);
    const all = presentOf(keys.map(get));
    switch (auth.kind) {
      case 'none':
        return notProtected(input);
      case 'off':
        return { findings: [raise(codes, 'basic-auth/realm-off', aboutAll(ingress, auth.realm, all), { annotation: auth.realm.key })] };
      case 'refused':
        return refused(all, auth.meaning);
      case 'protected':
        return {
          forLocation: (location, server) => {
            if (!withoutAuthentication(location, settings)) return { intents: [auth.intent] };
            const [first] = all;
            if (first === undefined) return { intents: [] };
            const args = { annotation: first.key, path: location.path, host: server.host };
            return { intents: [], findings: [raise(codes, 'basic-auth/exempt-path', aboutAll(ingress, first, all), args)] };
          },
        };
    }
  },
});
