import { rule, type Rule } from '../define.ts';

interface ClientIpDetection {
  readonly xForwardedFor?: unknown;
  readonly customHeader?: unknown;
  readonly directSourceIP?: unknown;
}
interface XForwardedFor {
  readonly numTrustedHops?: number;
  readonly trustedCIDRs?: readonly string[];
}
interface Headers {
  readonly preserveXRequestID?: boolean;
  readonly requestID?: string;
}
interface ForwardedCertificate {
  readonly mode?: string;
  readonly certDetailsToAdd?: readonly string[];
}
interface ClientValidation {
  readonly allowExpiredCertificate?: boolean;
  readonly mode?: string;
}

/** Source: charts/gateway-helm/charts/crds of https://github.com/envoyproxy/gateway, ClientTrafficPolicy. */
export const clientTrafficRules: readonly Rule[] = [
  rule<ClientIpDetection>(
    'client-ip-sources',
    'exactly one of xForwardedFor, customHeader, or directSourceIP must be set',
    (self) => [self.xForwardedFor, self.customHeader, self.directSourceIP].filter((source) => source !== undefined).length !== 1,
  ),
  rule<XForwardedFor>(
    'trusted-hops-and-cidrs',
    'only one of numTrustedHops or trustedCIDRs must be set',
    (self) => (self.numTrustedHops !== undefined) === (self.trustedCIDRs !== undefined),
  ),
  rule<Headers>(
    'request-id-twice',
    'preserveXRequestID and requestID cannot both be set.',
    (self) => self.preserveXRequestID !== undefined && self.requestID !== undefined,
  ),
  rule<ForwardedCertificate>(
    'certificate-details-mode',
    'certDetailsToAdd can only be set when mode is AppendForward or SanitizeSet',
    ({ mode = '', certDetailsToAdd = [] }) => certDetailsToAdd.length > 0 && !['AppendForward', 'SanitizeSet'].includes(mode),
  ),
  rule<ClientValidation>(
    'expired-certificate-mode',
    'allowExpiredCertificate can only be set when mode is VerifyIfGiven or RequireAndVerify',
    ({ allowExpiredCertificate, mode }) => allowExpiredCertificate === true && mode !== undefined && !['VerifyIfGiven', 'RequireAndVerify'].includes(mode),
  ),
];
