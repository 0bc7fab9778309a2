import { rule, type Rule } from './define.ts';

interface ExternalAuth {
  readonly protocol: string;
  readonly grpc?: unknown;
  readonly http?: unknown;
}

const protocols = [
  ['GRPC', 'grpc'],
  ['HTTP', 'http'],
] as const;

/** Source: GEP-1494 and config/crd of https://github.com/kubernetes-sigs/gateway-api, `filters[].externalAuth`. */
export const externalAuthRules: readonly Rule[] = protocols.flatMap(([protocol, member]) => [
  rule<ExternalAuth>(
    `external-auth-${member}-missing`,
    `${member} must be specified when protocol is set to '${protocol}'`,
    (self) => self.protocol === protocol && self[member] === undefined,
  ),
  rule<ExternalAuth>(`external-auth-${member}-foreign`, `protocol must be '${protocol}' when ${member} is set`, (self) => self[member] !== undefined && self.protocol !== protocol),
]);
