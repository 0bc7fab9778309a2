import { rule, type Rule } from './define.ts';

/** Default type: Cookie. `cookieConfig` until 1.6, `cookie` and `header` from 1.7 on. */
interface SessionPersistence {
  readonly type?: string;
  readonly absoluteTimeout?: string;
  readonly cookieConfig?: { readonly lifetimeType?: string };
  readonly cookie?: { readonly lifetimeType?: string };
  readonly header?: unknown;
}

const typeOf = ({ type = 'Cookie' }: SessionPersistence): string => type;

/** Source: GEP-1619 and config/crd/experimental of https://github.com/kubernetes-sigs/gateway-api, `spec.rules[].sessionPersistence`. */
export const sessionPersistenceRules: readonly Rule[] = [
  rule<SessionPersistence>(
    'permanent-cookie-without-timeout',
    'AbsoluteTimeout must be specified when cookie lifetimeType is Permanent',
    ({ cookie, cookieConfig, absoluteTimeout }) => (cookie ?? cookieConfig)?.lifetimeType === 'Permanent' && absoluteTimeout === undefined,
  ),
  rule<SessionPersistence>('cookie-config-for-header', 'cookieConfig can only be set with type Cookie', (self) => self.cookieConfig !== undefined && typeOf(self) !== 'Cookie'),
  rule<SessionPersistence>('cookie-for-header', 'cookie must be nil if type is not Cookie', (self) => self.cookie !== undefined && typeOf(self) !== 'Cookie'),
  rule<SessionPersistence>('cookie-missing', 'cookie must be specified for Cookie type', (self) => self.cookie === undefined && typeOf(self) === 'Cookie'),
  rule<SessionPersistence>('header-for-cookie', 'header must be nil if type is not Header', (self) => self.header !== undefined && typeOf(self) !== 'Header'),
  rule<SessionPersistence>('header-missing', 'header must be specified for Header type', (self) => self.header === undefined && typeOf(self) === 'Header'),
];
