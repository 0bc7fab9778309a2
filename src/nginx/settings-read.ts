import { raise, type Finding } from '../diagnostics/finding.ts';
import type { ConfigMap } from '../model/inventory.ts';
import { riskLevels, type RiskLevel } from './annotation-risk.ts';
import { codes } from './controller-codes.ts';
import type { ControllerFlags } from './controller-flags.ts';
import { aboutKey, unconvertedKeys } from './controller-keys.ts';
import { parseNetwork } from './networks.ts';
import type { ControllerSettings } from './settings.ts';
import { isHeaderName, parseBoolean, parseInteger, parseList, parseUrl } from './values.ts';

export { controllerFlags } from './controller-flags.ts';

/**
 * What the controller does without a ConfigMap and without flags.
 * Source: NewDefault in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/config/config.go
 */
export const defaultSettings: ControllerSettings = {
  configMap: undefined,
  configMapName: undefined,
  annotationsPrefix: 'nginx.ingress.kubernetes.io',
  controllerClass: 'k8s.io/ingress-nginx',
  ingressClassAnnotation: 'nginx',
  watchWithoutClass: false,
  watchNamespace: '',
  classByName: false,
  tcpServices: undefined,
  udpServices: undefined,
  disableCatchAll: false,
  sslPassthrough: undefined,
  defaultSslCertificate: undefined,
  defaultBackendService: undefined,
  allowSnippets: undefined,
  annotationsRiskLevel: undefined,
  allowCrossNamespace: false,
  sslRedirect: true,
  forceSslRedirect: false,
  preserveTrailingSlash: false,
  httpRedirectCode: 308,
  hsts: { enabled: true, maxAgeSeconds: 31536000, includeSubDomains: true, preload: false },
  proxyBodySize: '1m',
  proxyConnectTimeoutSeconds: 5,
  proxyReadTimeoutSeconds: 60,
  proxySendTimeoutSeconds: 60,
  proxyNextUpstream: 'error timeout',
  proxyNextUpstreamTries: 3,
  proxyNextUpstreamTimeoutSeconds: 0,
  allowListSourceRange: [],
  denyListSourceRange: [],
  blockCidrs: [],
  blockUserAgents: [],
  blockReferers: [],
  globalAuthUrl: '',
  limitReqStatusCode: 503,
  limitConnStatusCode: 503,
  serviceUpstream: false,
  useForwardedHeaders: false,
  useProxyProtocol: false,
  sslRejectHandshake: false,
  noTlsRedirectLocations: ['/.well-known/acme-challenge'],
  noAuthLocations: ['/.well-known/acme-challenge'],
  globalAllowedResponseHeaders: [],
  raw: new Map(),
};

const everyNetwork: readonly string[] = ['0.0.0.0/0', '::/0'];
/** Of no client. */
const nobody: readonly string[] = ['255.255.255.255/32'];

/** Typed access to the ConfigMap: what cannot be read is a finding and the default. */
class KeyReader {
  readonly findings: Finding[] = [];
  private readonly configMap: ConfigMap;

  constructor(configMap: ConfigMap) {
    this.configMap = configMap;
  }

  /** `parse` gives undefined for a value that the controller cannot use. */
  read<T>(key: string, fallback: T, parse: (raw: string) => T | undefined): T {
    const raw = this.configMap.data.get(key);
    if (raw === undefined) return fallback;
    const value = parse(raw);
    if (value !== undefined) return value;
    this.findings.push(raise(codes, 'controller/unusable-value', aboutKey(this.configMap, key), { key, default: `the default (${String(fallback) || 'none'})` }));
    return fallback;
  }

  /** mapstructure reads an empty text as false. */
  boolean(key: string, fallback: boolean): boolean {
    return this.read(key, fallback, (raw) => (raw === '' ? false : parseBoolean(raw)));
  }

  /** mapstructure reads an empty text as 0. */
  integer(key: string, fallback: number): number {
    return this.read(key, fallback, (raw) => (raw === '' ? 0 : parseInteger(raw)));
  }

  /** A number that nginx loads: the controller writes negative ones as they stand. */
  count(key: string, fallback: number): number {
    const value = this.integer(key, fallback);
    if (value >= 0) return value;
    this.findings.push(raise(codes, 'controller/negative-breaks-nginx', aboutKey(this.configMap, key), { key, value: String(value), default: String(fallback) }));
    return fallback;
  }

  text(key: string, fallback: string): string {
    return this.read(key, fallback, (raw) => raw);
  }

  list(key: string, fallback: readonly string[]): readonly string[] {
    return this.read(key, fallback, parseList);
  }

  /** Networks in their usual form. `instead`: what stands for a list of which nothing can be used. */
  networks(key: string, instead: readonly string[]): readonly string[] {
    const entries = this.list(key, []);
    const networks = entries.flatMap((entry) => (entry === 'all' ? everyNetwork : (parseNetwork(entry) ?? [])));
    const broken = entries.filter((entry) => entry !== 'all' && parseNetwork(entry) === undefined);
    if (broken.length === 0) return networks;
    const rest = networks.length > 0 ? 'the other entries are taken' : instead.length > 0 ? 'nobody is let in' : 'nothing is taken';
    this.findings.push(raise(codes, 'controller/not-a-network', aboutKey(this.configMap, key), { key, entries: broken.join(', '), rest }));
    return networks.length > 0 ? networks : instead;
  }
}

/** The controller takes any unknown word for Low. */
function readRiskLevel(raw: string): RiskLevel {
  return riskLevels.find((level) => level.toLowerCase() === raw.toLowerCase()) ?? 'Low';
}

/**
 * Without the key the level is High since 1.12 and was Critical before. A ConfigMap that allows snippets and states no level belongs to
 * somebody whose snippets work, so nothing is dropped for its level then.
 */
function riskLevelOf(reader: KeyReader, allowSnippets: boolean): RiskLevel | undefined {
  return reader.read<RiskLevel | undefined>('annotations-risk-level', allowSnippets ? undefined : 'High', readRiskLevel);
}

const redirectCodes = new Set([301, 302, 307, 308]);

function readHsts(reader: KeyReader): ControllerSettings['hsts'] {
  const { hsts } = defaultSettings;
  return {
    enabled: reader.boolean('hsts', hsts.enabled),
    maxAgeSeconds: reader.integer('hsts-max-age', hsts.maxAgeSeconds),
    includeSubDomains: reader.boolean('hsts-include-subdomains', hsts.includeSubDomains),
    preload: reader.boolean('hsts-preload', hsts.preload),
  };
}

function readRedirects(reader: KeyReader): Pick<ControllerSettings, 'sslRedirect' | 'forceSslRedirect' | 'preserveTrailingSlash' | 'httpRedirectCode'> {
  const code = (raw: string): number | undefined => {
    const value = parseInteger(raw);
    return value !== undefined && redirectCodes.has(value) ? value : undefined;
  };
  return {
    sslRedirect: reader.boolean('ssl-redirect', defaultSettings.sslRedirect),
    forceSslRedirect: reader.boolean('force-ssl-redirect', defaultSettings.forceSslRedirect),
    preserveTrailingSlash: reader.boolean('preserve-trailing-slash', defaultSettings.preserveTrailingSlash),
    httpRedirectCode: reader.read('http-redirect-code', defaultSettings.httpRedirectCode, code),
  };
}

function readProxy(reader: KeyReader): Partial<ControllerSettings> {
  return {
    proxyBodySize: reader.text('proxy-body-size', defaultSettings.proxyBodySize),
    proxyConnectTimeoutSeconds: reader.count('proxy-connect-timeout', defaultSettings.proxyConnectTimeoutSeconds),
    proxyReadTimeoutSeconds: reader.count('proxy-read-timeout', defaultSettings.proxyReadTimeoutSeconds),
    proxySendTimeoutSeconds: reader.count('proxy-send-timeout', defaultSettings.proxySendTimeoutSeconds),
    proxyNextUpstream: reader.text('proxy-next-upstream', defaultSettings.proxyNextUpstream),
    proxyNextUpstreamTries: reader.count('proxy-next-upstream-tries', defaultSettings.proxyNextUpstreamTries),
    proxyNextUpstreamTimeoutSeconds: reader.count('proxy-next-upstream-timeout', defaultSettings.proxyNextUpstreamTimeoutSeconds),
    serviceUpstream: reader.boolean('service-upstream', defaultSettings.serviceUpstream),
    useForwardedHeaders: reader.boolean('use-forwarded-headers', defaultSettings.useForwardedHeaders),
    useProxyProtocol: reader.boolean('use-proxy-protocol', defaultSettings.useProxyProtocol),
  };
}

function readAccess(reader: KeyReader): Partial<ControllerSettings> {
  const allowSnippets = reader.boolean('allow-snippet-annotations', false);
  const authUrl = (raw: string): string | undefined => (raw === '' || parseUrl(raw) !== undefined ? raw : undefined);
  return {
    allowSnippets,
    annotationsRiskLevel: riskLevelOf(reader, allowSnippets),
    allowCrossNamespace: reader.boolean('allow-cross-namespace-resources', defaultSettings.allowCrossNamespace),
    allowListSourceRange: reader.networks('whitelist-source-range', nobody),
    denyListSourceRange: reader.networks('denylist-source-range', []),
    blockCidrs: reader.networks('block-cidrs', []),
    blockUserAgents: reader.list('block-user-agents', []),
    blockReferers: reader.list('block-referers', []),
    sslRejectHandshake: reader.boolean('ssl-reject-handshake', defaultSettings.sslRejectHandshake),
    globalAuthUrl: reader.read('global-auth-url', defaultSettings.globalAuthUrl, authUrl),
    limitReqStatusCode: reader.integer('limit-req-status-code', defaultSettings.limitReqStatusCode),
    limitConnStatusCode: reader.integer('limit-conn-status-code', defaultSettings.limitConnStatusCode),
    noTlsRedirectLocations: reader.list('no-tls-redirect-locations', defaultSettings.noTlsRedirectLocations),
    noAuthLocations: reader.list('no-auth-locations', defaultSettings.noAuthLocations),
    globalAllowedResponseHeaders: reader.list('global-allowed-response-headers', []).filter(isHeaderName),
  };
}

/** Entries that nginx takes for several words. Measured: "invalid number of the map parameters". */
function brokenEntries(configMap: ConfigMap, { blockUserAgents, blockReferers }: ControllerSettings): readonly Finding[] {
  const lists = [['block-user-agents', blockUserAgents], ['block-referers', blockReferers]] as const;
  return lists.flatMap(([key, entries]) =>
    entries.filter((entry) => /\s/.test(entry) && !/^(["']).*\1$/.test(entry)).map((entry) => raise(codes, 'controller/block-list-breaks-nginx', aboutKey(configMap, key), { key, entry: JSON.stringify(entry) })),
  );
}

/** nginx takes these two words alone. Measured: "invalid parameter" in the server for unknown hosts. */
function brokenRedirect(configMap: ConfigMap): readonly Finding[] {
  const value = configMap.data.get('proxy-redirect-from') ?? 'off';
  return value === 'off' || value === 'default' ? [] : [raise(codes, 'controller/redirect-breaks-nginx', aboutKey(configMap, 'proxy-redirect-from'), { value: JSON.stringify(value) })];
}

/** A timeout of no time, which no gateway has. */
function zeroTimeouts(configMap: ConfigMap, value: ControllerSettings): readonly Finding[] {
  const fields = [['proxy-connect-timeout', 'proxyConnectTimeoutSeconds'], ['proxy-read-timeout', 'proxyReadTimeoutSeconds'], ['proxy-send-timeout', 'proxySendTimeoutSeconds']] as const;
  return fields.filter(([, field]) => value[field] === 0).map(([key, field]) => raise(codes, 'controller/zero-timeout', aboutKey(configMap, key), { key, seconds: String(defaultSettings[field]) }));
}

/**
 * The controller's ConfigMap and flags as it reads them: an unusable value is a finding and the default.
 * Source: ReadConfig in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/configmap.go
 */
export function readSettings(
  configMap: ConfigMap | undefined,
  flags: ControllerFlags,
): { readonly value: ControllerSettings; readonly findings: readonly Finding[] } {
  if (configMap === undefined) return { value: { ...defaultSettings, ...flags }, findings: [] };
  const reader = new KeyReader(configMap);
  const value: ControllerSettings = {
    ...defaultSettings,
    ...flags,
    configMap: { ref: configMap.ref, origin: configMap.origin },
    hsts: readHsts(reader),
    ...readRedirects(reader),
    ...readProxy(reader),
    ...readAccess(reader),
    raw: configMap.data,
  };
  return { value, findings: [...reader.findings, ...brokenEntries(configMap, value), ...brokenRedirect(configMap), ...zeroTimeouts(configMap, value), ...unconvertedKeys(configMap)] };
}
