import { rule, type Rule } from './define.ts';

/** Filter types and the member each must carry. Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, `rules[].filters[]`. */
const members: Readonly<Record<string, string>> = {
  cors: 'CORS',
  extensionRef: 'ExtensionRef',
  externalAuth: 'ExternalAuth',
  requestHeaderModifier: 'RequestHeaderModifier',
  requestMirror: 'RequestMirror',
  requestRedirect: 'RequestRedirect',
  responseHeaderModifier: 'ResponseHeaderModifier',
  urlRewrite: 'URLRewrite',
};

type Filter = Readonly<Record<string, unknown>>;

const kebab = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

export const filterMemberRules: readonly Rule[] = Object.entries(members).flatMap(([member, type]) => [
  rule<Filter>(
    `filter-with-foreign-${kebab(member)}`,
    `filter.${member} must be nil if the filter.type is not ${type}`,
    (self) => self[member] !== undefined && self['type'] !== type,
  ),
  rule<Filter>(
    `filter-without-${kebab(member)}`,
    `filter.${member} must be specified for ${type} filter.type`,
    (self) => self[member] === undefined && self['type'] === type,
  ),
]);
