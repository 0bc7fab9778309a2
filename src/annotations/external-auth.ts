import { aboutAnnotation, aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { ExternalAuthIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type PresentAnnotation } from './define.ts';
import { codes } from './external-auth-codes.ts';
import { externalAuthKeys, type ExternalAuthKey } from './external-auth-keys.ts';
import { readExternalAuth } from './external-auth-value.ts';
import { globalAuthEnabled, globalAuthOf } from './global-auth.ts';
import { withoutAuthentication } from './no-auth-locations.ts';
import { refused } from './refused.ts';
import { presentOf } from './siblings.ts';

type Input = FamilyInput<ExternalAuthKey>;

/** All of them but enable-global-auth, which is about the check of the controller. */
const ownKeys = (get: Input['get']): readonly PresentAnnotation[] => presentOf(externalAuthKeys.filter((name) => name !== 'enable-global-auth').map(get));

const ignored = (ingress: Ingress, annotation: PresentAnnotation, reason: string): Finding =>
  raise(codes, 'external-auth/value-ignored', aboutAnnotation(ingress, annotation.key), { annotation: annotation.key, reason });

/** The check on every location but the exempt ones. */
function protect(intent: ExternalAuthIntent, ingress: Ingress, settings: ControllerSettings): NonNullable<FamilyReading['forLocation']> {
  return (location, server) => {
    if (!withoutAuthentication(location, settings)) return { intents: [intent] };
    const [first, ...others] = intent.from;
    const subject = first === undefined ? aboutIngress(ingress) : { ...aboutAnnotation(ingress, first.key), also: others.map(({ key }) => key) };
    const args = { origin: first?.key ?? 'global-auth-url of the ConfigMap', path: location.path, host: server.host };
    return { intents: [], findings: [raise(codes, 'external-auth/exempt-path', subject, args)] };
  };
}

/** Without a check of its own: the controller's, unless the Ingress opts out. `findings` say why there is none of its own. */
function fallBack({ ingress, settings, get }: Input, findings: readonly Finding[]): FamilyReading {
  const choice = get('enable-global-auth');
  const common = globalAuthOf(settings);
  if (common === undefined) {
    return { findings: choice === undefined ? findings : [...findings, ignored(ingress, choice, 'the controller has no global authentication (global-auth-url)')] };
  }
  if (choice === undefined) return { forLocation: protect(common, ingress, settings), findings };
  if (globalAuthEnabled(choice)) {
    return { forLocation: protect(common, ingress, settings), findings: [...findings, ignored(ingress, choice, 'global authentication is on for every Ingress that does not say false')] };
  }
  const disabled = raise(codes, 'external-auth/global-disabled', aboutAnnotation(ingress, choice.key), { annotation: choice.key });
  return { structural: [choice.key], findings: [...findings, disabled] };
}

function withoutUrl(input: Input): FamilyReading {
  const { ingress, settings, get } = input;
  const url = get('auth-url');
  const findings = ownKeys(get)
    .filter(({ key }) => key !== url?.key)
    .map(({ key }) => raise(codes, 'external-auth/companion-without-url', aboutAnnotation(ingress, key), { annotation: key, url: `${settings.annotationsPrefix}/auth-url` }));
  if (url !== undefined) findings.unshift(raise(codes, 'external-auth/empty-url', aboutAnnotation(ingress, url.key), { annotation: url.key }));
  return fallBack(input, findings);
}

/** nginx skips the check of the Ingress: its own annotations are void, and say so aloud. */
function open(input: Input, culprit: PresentAnnotation): FamilyReading {
  const { ingress, settings, get } = input;
  const global = globalAuthOf(settings) !== undefined && globalAuthEnabled(get('enable-global-auth'));
  const also = ownKeys(get).filter(({ key }) => key !== culprit.key).map(({ key }) => key);
  const args = { annotation: culprit.key, url: `${settings.annotationsPrefix}/auth-url` };
  const finding = raise(codes, global ? 'external-auth/global-instead' : 'external-auth/open-today', { ...aboutAnnotation(ingress, culprit.key), also }, args);
  return fallBack(input, [finding]);
}

export const externalAuth = defineFamily({
  id: 'external-auth',
  keys: externalAuthKeys,
  codes,
  implicit: true,
  intents: ['external-auth'],
  docs: {
    nginx:
      'Asks the service at auth-url about every request, without its body: 2xx lets it pass, 401 and 403 are given to the client, 401 becomes a redirect with auth-signin, everything else is 500. Redirects and CORS preflights are answered without asking. A bad auth-request-redirect, auth-cache-duration or auth-always-set-cookie switches the check off.',
    gateway: 'The experimental ExternalAuth filter of HTTPRoute, or a policy of the gateway. Most want a Service rather than a URL, and few can redirect to a sign-in page.',
    loss: 'Without a counterpart anybody could reach the path, so the rule is closed.',
  },
  read: (input) => {
    const { ingress, settings, get } = input;
    const auth = readExternalAuth(input);
    switch (auth.kind) {
      case 'none':
        return withoutUrl(input);
      case 'open':
        return open(input, auth.culprit);
      case 'refused':
        return refused(presentOf(externalAuthKeys.map(get)), auth.meaning);
      case 'protected': {
        const choice = get('enable-global-auth');
        const idle = choice === undefined ? auth.idle : [...auth.idle, { annotation: choice, reason: 'the Ingress has a check of its own, which wins over the global one' }];
        return { forLocation: protect(auth.intent, ingress, settings), findings: idle.map(({ annotation, reason }) => ignored(ingress, annotation, reason)) };
      }
    }
  },
});
