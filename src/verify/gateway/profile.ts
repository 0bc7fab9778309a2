/**
 * What the Gateway API leaves to implementations and a request can feel. Kept apart from the profiles that the conversion uses:
 * the two must be able to disagree. The values were measured on Envoy Gateway 1.9.1 with Envoy 1.40, and on Traefik 3.7.13; `test/dataplane` holds
 * them against both.
 */
export interface VerifyProfile {
  /** What a RegularExpression must cover of a path or header value. */
  readonly regexExtent: 'whole' | 'start' | 'search';
  /** Of path types other than Exact, which comes first everywhere. `score`: Traefik adds up points for path, conditions and hostname. */
  readonly precedence: 'regex-first' | 'prefix-first' | 'score';
  /**
   * Whose rules compete for a request: those of the narrowest hostname on the narrowest listener, or those of every hostname that covers it, of
   * all listeners. With `all` the ports are open and take TLS for every name.
   */
  readonly hosts: 'narrowest' | 'all';
  /** A method match counts as one header match instead of more than all of them. */
  readonly methodCountsAsHeader: boolean;
  /** What becomes of %2F where no policy says otherwise. */
  readonly escapedSlashes: 'keep' | 'redirect' | 'reject' | 'unescape';
  /** `%%` in a header value stands for one `%`. */
  readonly percentEscapes: boolean;
  /** What becomes of a path: as Envoy does it, or as Go's net/url and Traefik do. */
  readonly paths: 'envoy' | 'go';
  /** Filters that are not known: their rule answers 500. */
  readonly unknownFilters: ReadonlySet<string>;
  /** A redirect whose filter names the usual port of its scheme says it all the same. */
  readonly usualPortWritten: boolean;
  /** The value of a query parameter that is asked for may be any of several, not the first alone. */
  readonly anyQueryValue: boolean;
  /** `spec.tls.frontend` of a Gateway is heeded. Traefik lets everybody in, without a word in the status. */
  readonly asksForCertificates: boolean;
  /** Where a filter removes Accept-Encoding, the backend is asked for gzip all the same, which is undone before the client gets it (Go, net/http Transport). */
  readonly asksForGzip: boolean;
  /** The methods of a GRPCRoute are expressions that ask for a method, named or not, instead of paths. */
  readonly grpcByExpression: boolean;
  /**
   * ReplacePrefixMatch puts the text in the place of the text that was matched, not of whole segments. Source: Envoy Gateway,
   * internal/xds/translator/route.go, buildXdsRedirectAction and buildXdsURLRewriteAction
   */
  readonly replacesPrefixText: boolean;
  /** What a rule answers whose backends all have weight 0. */
  readonly weightlessStatus: number;
  /** What a preflight that the CORS filter allows is answered with. */
  readonly preflightStatus: number;
  /** Objects that state no namespace live in this one. */
  readonly namespace: string;
}

/** A target without features of its own stands for any conformant implementation: the answers most of them give. */
const conformant: VerifyProfile = {
  regexExtent: 'whole',
  precedence: 'regex-first',
  hosts: 'narrowest',
  methodCountsAsHeader: false,
  escapedSlashes: 'keep',
  percentEscapes: false,
  paths: 'envoy',
  unknownFilters: new Set(['ExternalAuth']),
  usualPortWritten: false,
  anyQueryValue: false,
  asksForCertificates: true,
  asksForGzip: false,
  grpcByExpression: false,
  replacesPrefixText: false,
  weightlessStatus: 500,
  preflightStatus: 200,
  namespace: 'default',
};

const profiles: ReadonlyMap<string, VerifyProfile> = new Map([
  ['envoy-gateway', { ...conformant, methodCountsAsHeader: true, escapedSlashes: 'redirect', percentEscapes: true, replacesPrefixText: true }],
  [
    'traefik',
    {
      ...conformant,
      regexExtent: 'search',
      precedence: 'score',
      hosts: 'all',
      paths: 'go',
      unknownFilters: new Set(['CORS', 'RequestMirror', 'ExtensionRef', 'ExternalAuth']),
      usualPortWritten: true,
      anyQueryValue: true,
      asksForCertificates: false,
      asksForGzip: true,
      grpcByExpression: true,
      weightlessStatus: 503,
    },
  ],
]);

/** @param target name of a target of the conversion, or of an implementation; unknown ones are taken as merely conformant */
export function verifyProfileOf(target: string, namespace = 'default'): VerifyProfile {
  return { ...(profiles.get(target) ?? conformant), namespace };
}
