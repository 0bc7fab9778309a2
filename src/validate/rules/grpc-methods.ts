import { rule, type Rule } from './define.ts';

/** Default type: Exact. */
interface Method {
  readonly type?: string;
  readonly service?: string;
  readonly method?: string;
}

const methodName = /^[A-Za-z_][A-Za-z_0-9]*$/u;
const serviceName = /^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/iu;

const isExact = ({ type = 'Exact' }: Method): boolean => type === 'Exact';

/** Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, GRPCRoute `spec.rules[].matches[].method`. */
export const grpcMethodRules: readonly Rule[] = [
  rule<Method>('grpc-method-empty', "One or both of 'service' or 'method' must be specified", ({ service, method }) => service === undefined && method === undefined),
  rule<Method>(
    'grpc-method-characters',
    'method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)',
    (self) => isExact(self) && self.method !== undefined && !methodName.test(self.method),
  ),
  rule<Method>(
    'grpc-service-characters',
    'service must only contain valid characters (matching ^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$)',
    (self) => isExact(self) && self.service !== undefined && !serviceName.test(self.service),
  ),
];
