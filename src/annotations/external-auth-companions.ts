import type { ControllerSettings } from '../nginx/settings.ts';
import { basicChars, hashBy, urlChars, urlWithVariables } from '../nginx/forms.ts';
import { hasForm, normaliseText, parseBoolean, parseInteger, parseList } from '../nginx/values.ts';
import type { PresentAnnotation } from './define.ts';
import { externalAuthKeys, type ExternalAuthKey } from './external-auth-keys.ts';

/** A companion of auth-url that changes nothing, and why, as a clause. */
export interface IdleCompanion {
  readonly annotation: PresentAnnotation;
  readonly reason: string;
}

type Get = (name: ExternalAuthKey) => PresentAnnotation | undefined;
type Rule = (annotation: PresentAnnotation, get: Get, settings: ControllerSettings) => string | undefined;

const isFilled = (annotation: PresentAnnotation | undefined): boolean => annotation !== undefined && normaliseText(annotation.raw) !== '';

const form =
  (accepted: RegExp, reason: string): Rule =>
  ({ raw }) =>
    hasForm(raw, accepted) ? undefined : reason;

/** Sub-requests over kept connections need Lua, which HTTP/2 rules out: shouldApplyAuthUpstream in internal/ingress/controller/template/template.go. */
const keepalive: Rule = (_, get, settings) => {
  const http2 = settings.raw.get('use-http2');
  if (http2 === undefined || parseBoolean(http2) !== false) return 'connections to the authentication service are not kept while the controller speaks HTTP/2 (use-http2, on by default)';
  return (parseInteger(get('auth-keepalive')?.raw ?? '0') ?? 0) > 0 ? undefined : 'auth-keepalive is not a positive number';
};

const keptAlive =
  (isValid: (raw: string) => boolean, reason: string): Rule =>
  (annotation, get, settings) =>
    keepalive(annotation, get, settings) ?? (isValid(annotation.raw) ? undefined : `${reason}, so its default is in force`);
const keptAliveNumber = keptAlive((raw) => parseInteger(raw) !== undefined, 'its value is no whole number');

const filledList: Rule = ({ raw }) => (parseList(raw).length > 0 ? undefined : 'it lists nothing');

const badCharacter = 'its value holds a character the controller does not accept there';

const rules: Partial<Record<ExternalAuthKey, Rule>> = {
  'auth-signin': form(urlWithVariables, `${badCharacter}, so an unauthenticated request gets 401 instead of a redirect`),
  'auth-signin-redirect-param': (annotation, get, settings) => {
    const signin = get('auth-signin');
    if (signin === undefined || !isFilled(signin) || rules['auth-signin']?.(signin, get, settings) !== undefined) return 'auth-signin, which it details, is not in effect';
    return hasForm(annotation.raw, urlChars) ? undefined : badCharacter;
  },
  'auth-response-headers': filledList,
  'auth-proxy-set-headers': form(basicChars, badCharacter),
  'auth-cache-key': form(hashBy, `${badCharacter}, so nothing is cached`),
  'auth-cache-duration': (annotation, get, settings) => {
    const key = get('auth-cache-key');
    return key === undefined || !isFilled(key) || rules['auth-cache-key']?.(key, get, settings) !== undefined ? 'auth-cache-key is not in effect, so nothing is cached' : filledList(annotation, get, settings);
  },
  'auth-keepalive': keepalive,
  'auth-keepalive-share-vars': keptAlive((raw) => parseBoolean(raw) !== undefined, 'its value is no boolean'),
  'auth-keepalive-requests': keptAliveNumber,
  'auth-keepalive-timeout': keptAliveNumber,
};

/** What stands beside a working auth-url without effect. */
export function idleCompanions(get: Get, settings: ControllerSettings): readonly IdleCompanion[] {
  const idle: IdleCompanion[] = [];
  for (const name of externalAuthKeys) {
    const annotation = get(name);
    if (annotation === undefined || name === 'auth-url' || name === 'enable-global-auth') continue;
    const reason = isFilled(annotation) ? rules[name]?.(annotation, get, settings) : 'it is empty';
    if (reason !== undefined) idle.push({ annotation, reason });
  }
  return idle;
}
