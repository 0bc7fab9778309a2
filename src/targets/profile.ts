/** A version of the Gateway API as [major, minor, patch]. */
export type Version = readonly [number, number, number];

export interface RegexProfile {
  readonly dialect: 're2' | 'pcre' | 'rust' | 'unknown';
  /** What a RegularExpression path must cover. */
  readonly extent: 'whole' | 'start' | 'search' | 'unknown';
  /** A rewrite that uses the pattern's capture groups is possible. */
  readonly captureRewrite: boolean;
}

/** Fields that not every version, channel or target has. */
export type Feature =
  | 'timeouts'
  | 'many-matches'
  | 'infrastructure'
  | 'mirror'
  | 'rule-name'
  | 'backend-tls-policy'
  | 'cors'
  /** The origin `*` of the filter CORS. */
  | 'cors-any-origin'
  | 'redirect-303-307-308'
  | 'listener-set'
  | 'tls-route'
  | 'tcp-route'
  | 'frontend-client-certificate'
  | 'retry'
  | 'session-persistence'
  | 'external-auth';

/** Target, version and channel as one answerable object. */
export interface Profile {
  readonly target: string;
  readonly targetVersion: string;
  readonly gatewayApiVersion: string;
  readonly version: Version;
  readonly channel: 'standard' | 'experimental';
  readonly controllerName: string;
  readonly defaultGatewayClass: string;
  /** The implementation's own installation creates the class `defaultGatewayClass`, so the output leaves it out. */
  readonly installsGatewayClass?: boolean;
  readonly regex: RegexProfile;
  /** A path of slashes alone is `//` to it, and no longer `/`. */
  readonly keepsSlashes?: boolean;
  readonly supports: (feature: Feature) => boolean;
  /** Why `supports` says no, for findings: `needs Gateway API 1.5`. */
  readonly missing: (feature: Feature) => string;
}
