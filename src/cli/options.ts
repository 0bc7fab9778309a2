import { InvalidArgumentError, Option, type Command } from 'commander';
import type { FailOn } from '../report/define.ts';
import type { AssumedOrder } from '../assumed-order.ts';
import type { Acceptance } from '../diagnostics/acceptance.ts';
import { reportFormats } from '../report/registry.ts';
import type { DefaultsMode } from '../targets/define.ts';
import { targetNames, type TargetName } from '../targets/names.ts';
import { addClusterOptions, type ClusterFlags } from './cluster-options.ts';

/** What `convert` and `audit` share, as commander leaves it. */
export interface RunFlags extends ClusterFlags {
  readonly filename: readonly string[];
  readonly recursive: boolean;
  readonly ingressClass: readonly string[];
  readonly controllerClass?: string;
  readonly allClasses: boolean;
  readonly annotationsPrefix?: string;
  readonly controllerConfigmap?: string;
  readonly controllerArgs: readonly string[];
  readonly assumeOrder?: AssumedOrder;
  readonly target: TargetName;
  readonly targetVersion?: string;
  readonly gatewayApiVersion?: string;
  readonly channel?: 'standard' | 'experimental';
  readonly regexHosts: 'faithful' | 'literal';
  readonly defaults: DefaultsMode;
  readonly report: readonly ReportRequest[];
  readonly failOn: FailOn;
  readonly accept: readonly Acceptance[];
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly config?: string | false;
  readonly color: boolean;
  readonly gateway?: { readonly namespace?: string | undefined; readonly name: string };
  readonly gatewayClass?: string;
  readonly layout: 'shared';
  readonly existingGateway: boolean;
  readonly toHttproute: boolean;
}

export interface ConvertFlags extends RunFlags {
  readonly dryRun: 'none' | 'server';
  readonly output: 'yaml' | 'json' | 'name';
  readonly outputFile?: string;
  readonly outputDir?: string;
  /** --no-verify: false. */
  readonly verify: boolean;
}

export interface VerifyFlags extends RunFlags {
  readonly requests: number;
  readonly seed: number;
  readonly routes: readonly string[];
}

export interface DiffFlags extends VerifyFlags {
  readonly dryRun: 'none' | 'server';
  readonly output: 'text' | 'json';
  readonly hideKnown: boolean;
  readonly behaviour: boolean;
}

export interface ReportRequest {
  readonly format: string;
  readonly file: string | undefined;
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

function reportRequest(value: string, previous: readonly ReportRequest[]): readonly ReportRequest[] {
  const split = value.indexOf('=');
  const format = split < 0 ? value : value.slice(0, split);
  if (!reportFormats.includes(format)) throw new InvalidArgumentError(`allowed formats are: ${reportFormats.join(',')}`);
  const file = split < 0 ? undefined : value.slice(split + 1);
  if (file === '') throw new InvalidArgumentError('the file name after = is empty');
  return [...previous, { format, file }];
}

function acceptance(value: string, previous: readonly Acceptance[]): readonly Acceptance[] {
  const match = /^([a-z0-9-]+\/[a-z0-9-]+)(?:@([^/\s]*\/[^/\s]+))?$/u.exec(value);
  if (match?.[1] === undefined) throw new InvalidArgumentError('give CODE or CODE@NAMESPACE/NAME, such as rate-limit/lost@shop/checkout');
  return [...previous, { code: match[1], object: match[2] }];
}

function gatewayName(value: string): { namespace?: string | undefined; name: string } {
  const match = /^(?:([a-z0-9][a-z0-9-]*)\/)?([a-z0-9][a-z0-9.-]*)$/u.exec(value);
  if (match?.[2] === undefined) throw new InvalidArgumentError('give NAME or NAMESPACE/NAME');
  return { namespace: match[1], name: match[2] };
}

/** Repeated lists follow each other. */
function assumedOrder(value: string, previous: AssumedOrder | undefined): AssumedOrder {
  if (value === 'name') return 'name';
  const names = value.split(',').map((name) => name.trim());
  if (!names.every((name) => /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9.-]*$/u.test(name))) throw new InvalidArgumentError('give name, or NAMESPACE/NAME,NAMESPACE/NAME with the oldest first');
  return previous === undefined || previous === 'name' ? names : [...previous, ...names];
}

function addInputOptions(command: Command): void {
  command
    .option('-f, --filename <file>', 'file, directory or - to read; repeatable', collect, [])
    .option('-R, --recursive', 'read directories with their subdirectories', false)
    .option('-n, --namespace <name>', 'namespace of objects that state none; with a cluster, the one to read')
    .option('--ingress-class <name>', 'convert Ingresses of this class; repeatable', collect, [])
    .option('--controller-class <name>', "the controller's --controller-class (default: k8s.io/ingress-nginx)")
    .option('--all-classes', 'convert every Ingress, whatever its class', false)
    .option('--annotations-prefix <prefix>', "the controller's --annotations-prefix (default: nginx.ingress.kubernetes.io)")
    .option('--controller-configmap <file>', "the controller's ConfigMap (default: found in the input)")
    .option('--assume-order <order>', 'where the input states no creation times: "name" (all of one second), or NS/NAME,NS/NAME with the oldest first', assumedOrder)
    .option('--controller-args <flags>', "the controller's own flags in one string; repeatable", collect, []);
}

function addTargetOptions(command: Command): void {
  command
    .addOption(new Option('--target <name>', 'gateway implementation').choices(targetNames).default('standard'))
    .option('--target-version <version>', "the implementation's version")
    .option('--gateway-api-version <version>', 'version of the CRDs in the cluster, 1.2 or newer')
    .addOption(new Option('--channel <channel>', 'channel of the CRDs').choices(['standard', 'experimental']))
    .addOption(new Option('--regex-hosts <mode>', 'paths of a host in regex mode: as nginx matches them, or as they read').choices(['faithful', 'literal']).default('faithful'))
    .addOption(new Option('--defaults <mode>', 'what nginx does unasked and the target does not: write it, say it once, or only count it').choices(['preserve', 'report', 'ignore']).default('report'))
    .option('--gateway <[ns/]name>', 'name of the Gateway', gatewayName)
    .option('--gateway-class <name>', 'name of the GatewayClass')
    .addOption(new Option('--layout <layout>', 'one Gateway for all').choices(['shared']).default('shared'))
    .option('--existing-gateway', 'write routes only; the Gateway named by --gateway exists', false)
    .option('--to-httproute', 'write routes only, for the Gateway named by --gateway or for shared-gateway', false);
}

function addReportOptions(command: Command): void {
  command
    .option('--report <format[=file]>', `report as ${reportFormats.join(', ')}; repeatable`, reportRequest, [])
    .addOption(new Option('--fail-on <level>', 'findings that make the exit code 1').choices(['security', 'lossy', 'unknown', 'any', 'never']).default('security'))
    .option('--accept <code[@ns/name]>', 'accept one loss by name; repeatable', acceptance, [])
    .option('--baseline <file>', 'findings in this file pass, new ones count')
    .option('--update-baseline', 'write the findings of this run to the file of --baseline', false)
    .option('--config <file>', 'configuration (default: gwmigrate.yaml in this directory or above, within the repository)')
    .option('--no-config', 'read no configuration')
    .option('--no-color', 'no colours');
}

/** Options of every command that runs the pipeline. */
export function addRunOptions(command: Command): Command {
  addInputOptions(command);
  addTargetOptions(command);
  addReportOptions(command);
  return addClusterOptions(command);
}

function requestCount(value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000) throw new InvalidArgumentError('give a whole number from 1 to 1000000');
  return count;
}

export function addVerifyOptions(command: Command): Command {
  return command
    .option('--requests <n>', 'compare at most so many requests', requestCount, 2000)
    .option('--routes <file>', 'compare these routes, file or directory, instead of a fresh conversion; repeatable', collect, []);
}

function addDryRunOption(command: Command): Command {
  return command.addOption(new Option('--dry-run <mode>', 'server: ask the API server about every object; nothing is stored').choices(['none', 'server']).default('none'));
}

export function addDiffOptions(command: Command): Command {
  return addDryRunOption(command)
    .option('--routes <file>', 'what exists: Gateway API objects, file or directory; repeatable (default: the cluster)', collect, [])
    .addOption(new Option('-o, --output <format>', 'format of the differences').choices(['text', 'json']).default('text'))
    .option('--hide-known', 'leave out differences that follow from findings of the conversion', false)
    .option('--behaviour', 'compare what becomes of requests, under ingress-nginx and by the routes that exist, instead of the objects', false)
    .option('--requests <n>', 'with --behaviour: compare at most so many requests', requestCount, 2000);
}

export function addOutputOptions(command: Command): Command {
  return addDryRunOption(command)
    .addOption(new Option('-o, --output <format>', 'format of the manifests').choices(['yaml', 'json', 'name']).default('yaml'))
    .option('--output-file <file>', 'write the manifests to this file')
    .option('--output-dir <dir>', 'write one file per object to this directory')
    .option('--no-verify', 'do not compare requests before and after');
}
