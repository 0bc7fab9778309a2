import { raise, type Finding } from '../diagnostics/finding.ts';
import { codes } from './controller-codes.ts';
import type { ControllerSettings } from './settings.ts';
import { parseBoolean } from './values.ts';

interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** What the command line of the controller says; a flag that is not given is absent. */
export type ControllerFlags = Partial<
  Pick<
    ControllerSettings,
    | 'annotationsPrefix'
    | 'controllerClass'
    | 'ingressClassAnnotation'
    | 'watchWithoutClass'
    | 'disableCatchAll'
    | 'sslPassthrough'
    | 'defaultSslCertificate'
    | 'defaultBackendService'
    | 'watchNamespace'
    | 'classByName'
    | 'tcpServices'
    | 'udpServices'
    | 'configMapName'
  >
>;

type Names = { -readonly [K in keyof ControllerFlags]: ControllerFlags[K] };
type Setter = (flags: Names, text: string) => boolean;

function parseName(text: string): ObjectName | undefined {
  const match = /^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { namespace: match[1], name: match[2] };
}

const textFlag =
  (key: 'annotationsPrefix' | 'controllerClass' | 'ingressClassAnnotation' | 'watchNamespace'): Setter =>
  (flags, text) => {
    if (text !== '') flags[key] = text;
    return text !== '';
  };

const booleanFlag =
  (key: 'watchWithoutClass' | 'disableCatchAll' | 'sslPassthrough' | 'classByName'): Setter =>
  (flags, text) => {
    const value = parseBoolean(text);
    if (value !== undefined) flags[key] = value;
    return value !== undefined;
  };

const nameFlag =
  (key: 'defaultSslCertificate' | 'defaultBackendService' | 'configMapName' | 'tcpServices' | 'udpServices'): Setter =>
  (flags, text) => {
    const value = parseName(text);
    if (value !== undefined) flags[key] = value;
    return value !== undefined;
  };

interface Flag {
  readonly set: Setter;
  readonly form: string;
  /** pflag lets a boolean stand without a value. */
  readonly bare?: true;
}

/** Source: https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/ */
const known: ReadonlyMap<string, Flag> = new Map<string, Flag>([
  ['ingress-class', { set: textFlag('ingressClassAnnotation'), form: 'A name' }],
  ['controller-class', { set: textFlag('controllerClass'), form: 'A name' }],
  ['annotations-prefix', { set: textFlag('annotationsPrefix'), form: 'A prefix' }],
  ['watch-ingress-without-class', { set: booleanFlag('watchWithoutClass'), form: 'true or false', bare: true }],
  ['disable-catch-all', { set: booleanFlag('disableCatchAll'), form: 'true or false', bare: true }],
  ['enable-ssl-passthrough', { set: booleanFlag('sslPassthrough'), form: 'true or false', bare: true }],
  ['default-ssl-certificate', { set: nameFlag('defaultSslCertificate'), form: 'namespace/name' }],
  ['default-backend-service', { set: nameFlag('defaultBackendService'), form: 'namespace/name' }],
  ['watch-namespace', { set: textFlag('watchNamespace'), form: 'A namespace' }],
  ['ingress-class-by-name', { set: booleanFlag('classByName'), form: 'true or false', bare: true }],
  ['configmap', { set: nameFlag('configMapName'), form: 'namespace/name' }],
  ['tcp-services-configmap', { set: nameFlag('tcpServices'), form: 'namespace/name' }],
  ['udp-services-configmap', { set: nameFlag('udpServices'), form: 'namespace/name' }],
]);

interface LostFlag {
  readonly effect: string;
  readonly todo: string;
  /** Given as this value it says what is assumed anyway. */
  readonly idle: string;
}

/** Flags that decide what is served by facts that manifests do not show. */
const lostFlags: ReadonlyMap<string, LostFlag> = new Map([
  ['watch-namespace-selector', { idle: '', effect: 'serves only namespaces with these labels', todo: 'Pass only the Ingresses of those namespaces.' }],
  ['enable-annotation-validation', { idle: 'true', effect: 'takes values that later releases refuse, and serves Ingresses that are left out here', todo: 'Correct the values that dropped/invalid-annotation names, and convert again.' }],
  ['disable-svc-external-name', { idle: 'false', effect: 'refuses Services of type ExternalName', todo: 'Remove the Ingresses that name such Services.' }],
]);

const unquote = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2');

type Words = readonly string[];

/** The value of a flag; undefined when it has none. */
function textOf(given: string | undefined, next: string | undefined, { bare }: Flag): string | undefined {
  if (given !== undefined || bare === true) return given;
  return next === undefined || next.startsWith('--') ? undefined : next;
}

function wordsOf(args: string | Words): Words {
  const words = typeof args === 'string' ? args.split(/\s+/) : args;
  return words.map(unquote).filter((word) => word !== '' && word !== '-' && word !== '\\');
}

/**
 * Reads the controller's own flags from one text, as on its command line or as lines of a Deployment's `args`, or from its words.
 * Flags that change no conversion are ignored. Some flags given means that all are: ssl-passthrough is then known to be off.
 */
export function controllerFlags(args: string | Words): { readonly value: ControllerFlags; readonly findings: readonly Finding[] } {
  const words = wordsOf(args);
  const flags: Names = words.length > 0 ? { sslPassthrough: false } : {};
  const findings: Finding[] = [];
  for (const [index, word] of words.entries()) {
    const [, name = '', given] = /^--?([a-z][a-z0-9-]*)(?:=(.*))?$/.exec(word) ?? [];
    const lost = lostFlags.get(name);
    if (lost !== undefined && (parseBoolean(given ?? 'true')?.toString() ?? given) !== lost.idle) findings.push(raise(codes, 'controller/flag-lost', {}, { flag: `--${name}`, effect: lost.effect, todo: lost.todo }));
    const flag = known.get(name);
    if (flag === undefined) continue;
    const text = textOf(given, words[index + 1], flag) ?? (flag.bare === true ? 'true' : '');
    if (!flag.set(flags, unquote(text))) findings.push(raise(codes, 'controller/unusable-flag', {}, { flag: `--${name}`, form: flag.form }));
  }
  return { value: flags, findings };
}
