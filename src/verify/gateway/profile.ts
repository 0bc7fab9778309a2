/**
 * What the Gateway API leaves to implementations and a request can feel. Kept apart from the profiles that the conversion uses:
 * the two must be able to disagree. The values of `envoy-gateway` were measured on Envoy Gateway 1.9.1 with Envoy 1.40.
 */
export interface VerifyProfile {
  /** What a RegularExpression must cover of a path or header value. */
  readonly regexExtent: 'whole' | 'start' | 'search';
  /** Of path types other than Exact, which comes first everywhere. `length` compares the texts of both. */
  readonly precedence: 'regex-first' | 'prefix-first' | 'length';
  /** A path that is missing in the narrowest host is looked for in wider ones. */
  readonly fallsThrough: boolean;
  /** A method match counts as one header match instead of more than all of them. */
  readonly methodCountsAsHeader: boolean;
  /** What becomes of %2F where no policy says otherwise. */
  readonly escapedSlashes: 'keep' | 'redirect' | 'reject' | 'unescape';
  /** `%%` in a header value stands for one `%`. */
  readonly percentEscapes: boolean;
  /** What a rule without usable backend answers. */
  readonly closedStatus: number;
  /** What a preflight that the CORS filter allows is answered with. */
  readonly preflightStatus: number;
  /** Objects that state no namespace live in this one. */
  readonly namespace: string;
}

/** A target without features of its own stands for any conformant implementation: the answers most of them give. */
const conformant: VerifyProfile = {
  regexExtent: 'whole',
  precedence: 'regex-first',
  fallsThrough: false,
  methodCountsAsHeader: false,
  escapedSlashes: 'keep',
  percentEscapes: false,
  closedStatus: 500,
  preflightStatus: 200,
  namespace: 'default',
};

const profiles: ReadonlyMap<string, VerifyProfile> = new Map([
  ['envoy-gateway', { ...conformant, methodCountsAsHeader: true, escapedSlashes: 'redirect', percentEscapes: true }],
]);

/** @param target name of a target of the conversion; unknown ones are taken as merely conformant */
export function verifyProfileOf(target: string, namespace = 'default'): VerifyProfile {
  return { ...(profiles.get(target) ?? conformant), namespace };
}
