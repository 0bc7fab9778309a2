import { isSet, rule, type Rule } from './define.ts';

interface TargetRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly sectionName?: string;
}
interface Validation {
  readonly caCertificateRefs?: readonly unknown[];
  readonly wellKnownCACertificates?: string;
}
interface SubjectAltName {
  readonly type: string;
  readonly hostname?: string;
  readonly uri?: string;
}

/** Whether two references to one target make `wrong` true. At most 16 references: pairs are cheap. */
function anyPair(refs: readonly TargetRef[], wrong: (a: string, b: string) => boolean): boolean {
  const same = (a: TargetRef, b: TargetRef): boolean => a.group === b.group && a.kind === b.kind && a.name === b.name;
  return refs.some((a, i) => refs.some((b, j) => i < j && same(a, b) && wrong(a.sectionName ?? '', b.sectionName ?? '')));
}

const nameTypes = [
  ['Hostname', 'hostname'],
  ['URI', 'uri'],
] as const;

/** Source: GEP-1897 and config/crd of https://github.com/kubernetes-sigs/gateway-api, BackendTLSPolicy; Envoy Gateway's Backend repeats one. */
export const backendTlsPolicyRules: readonly Rule[] = [
  rule<readonly TargetRef[]>('policy-section-unstated', 'sectionName must be specified when targetRefs includes 2 or more references to the same target', (self) =>
    anyPair(self, (a, b) => (a === '') !== (b === '')),
  ),
  rule<readonly TargetRef[]>('policy-section-repeated', 'sectionName must be unique when targetRefs includes 2 or more references to the same target', (self) =>
    anyPair(self, (a, b) => a === b),
  ),
  rule<Validation>(
    'two-sources-of-ca',
    'must not contain both CACertificateRefs and WellKnownCACertificates',
    (self) => isSet(self.caCertificateRefs) && isSet(self.wellKnownCACertificates),
  ),
  rule<Validation>(
    'no-source-of-ca',
    'must specify either CACertificateRefs or WellKnownCACertificates',
    (self) => !isSet(self.caCertificateRefs) && !isSet(self.wellKnownCACertificates),
  ),
  rule<Validation>(
    'not-one-source-of-ca',
    'exactly one of the fields in [caCertificateRefs wellKnownCACertificates] must be set',
    (self) => (self.caCertificateRefs !== undefined) === (self.wellKnownCACertificates !== undefined),
  ),
  ...nameTypes.flatMap(([type, member]) => [
    rule<SubjectAltName>(
      `alt-name-without-${member}`,
      `SubjectAltName element must contain ${type}, if Type is set to ${type}`,
      (self) => self.type === type && !isSet(self[member]),
    ),
    rule<SubjectAltName>(
      `alt-name-with-foreign-${member}`,
      `SubjectAltName element must not contain ${type}, if Type is not set to ${type}`,
      (self) => self.type !== type && isSet(self[member]),
    ),
  ]),
];
