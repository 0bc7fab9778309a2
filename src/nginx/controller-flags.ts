import { raise, type Finding } from '../diagnostics/finding.ts';
import { codes } from './controller-codes.ts';
import type { ControllerSettings } from './settings.ts';
import { parseBoolean } from './values.ts';

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
  >
>;

type Names = { -readonly [K in keyof ControllerFlags]: ControllerFlags[K] };
type ObjectName = { readonly namespace: string; readonly name: string };
type Setter = (flags: Names, text: string) => boolean;

function parseName(text: string): ObjectName | undefined {
  const match = /^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { namespace: match[1], name: match[2] };
}

const textFlag =
  (key: 'annotationsPrefix' | 'controllerClass' | 'ingressClassAnnotation'): Setter =>
  (flags, text) => {
    if (text !== '') flags[key] = text;
    return text !== '';
  };

const booleanFlag =
  (key: 'watchWithoutClass' | 'disableCatchAll' | 'sslPassthrough'): Setter =>
  (flags, text) => {
    const value = parseBoolean(text);
    if (value !== undefined) flags[key] = value;
    return value !== undefined;
  };

const nameFlag =
  (key: 'defaultSslCertificate' | 'defaultBackendService'): Setter =>
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
]);

const unquote = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2');

/**
 * Reads the controller's own flags from one text, as on its command line or as lines of a Deployment's `args`.
 * Flags that change no conversion are ignored. Some flags given means that all are: ssl-passthrough is then known to be off.
 */
export function controllerFlags(args: string): { readonly value: ControllerFlags; readonly findings: readonly Finding[] } {
  const words = args.split(/\s+/).map(unquote).filter((word) => word !== '' && word !== '-' && word !== '\\');
  const flags: Names = words.length > 0 ? { sslPassthrough: false } : {};
  const findings: Finding[] = [];
  for (const [index, word] of words.entries()) {
    const match = /^--?([a-z][a-z0-9-]*)(?:=(.*))?$/.exec(word);
    const flag = known.get(match?.[1] ?? '');
    if (match === null || flag === undefined) continue;
    const next = words[index + 1];
    const text = match[2] ?? (flag.bare === true || next === undefined || next.startsWith('--') ? undefined : next);
    const done = flag.set(flags, unquote(text ?? (flag.bare === true ? 'true' : '')));
    if (!done) findings.push(raise(codes, 'controller/unusable-flag', {}, { flag: `--${match[1] ?? ''}`, form: flag.form }));
  }
  return { value: flags, findings };
}
