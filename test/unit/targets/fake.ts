import type { Finding } from '../../../src/diagnostics/finding.ts';
import type { Ingress } from '../../../src/model/ingress.ts';
import type { Index, Inventory } from '../../../src/model/inventory.ts';
import type { Source } from '../../../src/model/origin.ts';
import type { Location, Server, ServerTls } from '../../../src/nginx/configuration.ts';
import { defaultSettings } from '../../../src/nginx/settings-read.ts';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import type { Plan, PlanHost, PlanRule, RuleId } from '../../../src/plan/plan.ts';
import type { LoweringOptions, Target } from '../../../src/targets/define.ts';
import { lowerPlan } from '../../../src/targets/lower.ts';
import type { LoweredPlan } from '../../../src/targets/lowered.ts';
import { standard } from '../../../src/targets/standard/target.ts';

/** Hand-made plans: just enough of every earlier stage for the lowering to work on. */
const source: Source = { file: 'test.yaml', index: 0, locate: () => ({ file: 'test.yaml', line: 1, column: 1 }) };
const origin = { source, path: [] };

export function ingress(name = 'web', namespace = 'shop'): Ingress {
  return {
    ref: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace, name },
    source,
    root: [],
    createdAtMs: undefined,
    labels: new Map(),
    annotations: new Map(),
    className: 'nginx',
    defaultBackend: undefined,
    rules: [],
    tls: [],
  };
}

export const owner = ingress();

export interface PathSpec extends Partial<Pick<Location, 'pathType' | 'addSlashRedirect' | 'automatic' | 'denied' | 'backend' | 'ingress'>> {
  readonly path: string;
  readonly intents?: PlanRule['intents'];
}

function locationOf(host: string, spec: PathSpec, regex: boolean): Location {
  const { path, pathType = 'Prefix' } = spec;
  const plain = pathType === 'Exact' ? ({ kind: 'exact', path } as const) : ({ kind: 'prefix', path, bare: true } as const);
  return {
    id: `${host} ${pathType} ${path}`,
    pathType,
    match: regex ? { kind: 'regex', pattern: path } : plain,
    addSlashRedirect: false,
    automatic: false,
    ingress: owner,
    rule: undefined,
    denied: undefined,
    backend: {
      kind: 'service',
      namespace: 'shop',
      name: 'web',
      port: 80,
      appProtocol: '',
      origin,
      upstream: { key: 'shop-web-80', ingresses: [owner], canary: undefined },
    },
    ...spec,
  };
}

export interface HostSpec {
  readonly host?: string;
  readonly regex?: boolean;
  readonly certificate?: ServerTls['certificate'];
  readonly intents?: PlanHost['intents'];
  readonly paths: readonly PathSpec[];
}

export const secret: ServerTls['certificate'] = { kind: 'secret', namespace: 'shop', name: 'shop-tls', ingress: owner, origin };

/** Paths in the order nginx tries them. */
export function planHost({ host = 'shop.example.com', regex = false, certificate, intents = [], paths }: HostSpec): PlanHost {
  const server: Server = {
    host,
    aliases: [],
    regex: regex ? { ingress: owner, annotation: 'use-regex' } : undefined,
    tls: { certificate: certificate ?? { kind: 'default', reason: 'no-tls-section' }, redirects: certificate !== undefined },
    locations: [],
    ingresses: [owner],
  };
  const rules = paths.map((spec): PlanRule => {
    const location = locationOf(host, spec, regex);
    return { id: location.id as RuleId, location, intents: spec.intents ?? [] };
  });
  return { server, hostnames: host === '_' ? [] : [host], intents, rules };
}

const empty: Index<never> = { get: () => undefined, keys: () => [], isAbsent: () => false };

const inventory: Inventory = {
  ingresses: [],
  ingressClasses: new Map(),
  services: empty,
  secrets: empty,
  configMaps: empty,
  controllers: [],
  namespaces: new Map(),
  namespaceStated: true,
  counts: { documents: 0, unrelated: 0, unreadable: 0 },
  unread: [],
};

export const settings: ControllerSettings = defaultSettings;

export interface RunOptions {
  readonly version?: string;
  readonly channel?: string;
  readonly regexHosts?: LoweringOptions['regexHosts'];
  readonly settings?: Partial<ControllerSettings>;
  readonly accepted?: LoweringOptions['accepted'];
  readonly defaults?: LoweringOptions['defaults'];
  readonly target?: Target;
}

export function optionsOf({ version, channel, regexHosts = 'faithful', accepted = () => false, defaults = 'report', target = standard }: RunOptions = {}): LoweringOptions {
  const profile = target.profile({ gatewayApiVersion: version, channel });
  if ('error' in profile) throw new Error(profile.error);
  return { profile, regexHosts, inventory, accepted, defaults };
}

export interface Lowered extends LoweredPlan {
  readonly findings: readonly Finding[];
  /** Codes without the implicit defaults, sorted. */
  readonly codes: readonly string[];
}

export function lower(hosts: readonly HostSpec[], options: RunOptions = {}): Lowered {
  const plan: Plan = { settings: { ...settings, ...options.settings }, hosts: hosts.map(planHost) };
  const { value, findings } = lowerPlan(plan, options.target ?? standard, optionsOf(options));
  const codes = findings.map(({ code }) => code).filter((code) => !code.startsWith('default/'));
  return { ...value, findings, codes: [...codes].sort() };
}
