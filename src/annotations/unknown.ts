import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { annotationTable, isAnnotationName } from '../nginx/annotation-table.ts';
import { nearest } from './edit-distance.ts';
import type { FallbackReading } from './fallback-reading.ts';
import { configMapKeys, hints } from './unknown-hints.ts';

const list = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/';
const unread = 'The controller reads the names it has parsers for, under its own prefix, and skips everything else without a word.';

export const codes = defineCodes({
  'unknown/name': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is no annotation of ingress-nginx: it does nothing today, and nothing is written for it.',
    why: unread,
    do: 'Delete it. If it was meant to protect or limit something, that is not in force.',
    source: list,
  },
  'unknown/typo': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is no annotation of ingress-nginx: it does nothing today, and nothing is written for it. The nearest real name is {nearest}.',
    why: unread,
    do: 'If {nearest} was meant, correct the name and convert again, knowing that it then takes effect for the first time; otherwise delete it.',
    source: list,
  },
  'unknown/invented': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is no annotation of ingress-nginx: it does nothing today, and nothing is written for it.',
    why: '{hint} Names outside that list are skipped without a word.',
    do: 'Delete it. If its effect is wanted, set the real annotation, try it on ingress-nginx, and convert again.',
    source: list,
  },
  'unknown/configmap-key': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} does nothing: {name} is a key of the ConfigMap of the controller, not an annotation. Nothing is written for it.',
    why: 'What the ConfigMap says holds for all Ingresses; the controller does not look for its keys among annotations.',
    do: 'Delete it. If its effect is wanted, pass the ConfigMap with --controller-configmap, or set the option of the new gateway.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/',
  },
  'unknown/prefix': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} does nothing today, and nothing is written for it: the right key would be {expected}.',
    why: 'The prefix is misspelt or belongs to nobody, so no controller reads the annotation.',
    do: 'If {expected} was meant, correct the key and convert again, knowing that it then takes effect for the first time; otherwise delete it.',
    source: list,
  },
  'unknown/legacy-prefix': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} does nothing today, and nothing is written for it: ingress-nginx stopped reading the prefix ingress.kubernetes.io in 0.9.',
    why: 'The controller reads the prefix {prefix} only.',
    do: 'Delete it. If {expected} was meant and is not set, set it on ingress-nginx first and convert again.',
    source: list,
  },
  'unknown/other-prefix': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} does nothing: this controller reads annotations under {prefix}. Nothing is written for it.',
    why: 'The prefix was changed with --annotations-prefix, and the controller reads a single prefix.',
    do: 'Delete it, or convert with --annotations-prefix nginx.ingress.kubernetes.io if the flag was wrong.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/',
  },
});

const names = Object.keys(annotationTable);

const reading = (state: 'unknown' | 'inert', finding: Finding): FallbackReading => ({ state, intents: [], findings: [finding] });

/** Reads a key under the controller's own prefix whose name ingress-nginx does not have. */
export function readUnknownName(ingress: Ingress, key: string, name: string): FallbackReading {
  const about = aboutAnnotation(ingress, key);
  const hint = hints.get(name);
  if (hint !== undefined) return reading('unknown', raise(codes, 'unknown/invented', about, { annotation: key, hint }));
  if (configMapKeys.has(name)) return reading('unknown', raise(codes, 'unknown/configmap-key', about, { annotation: key, name }));
  const similar = nearest(name, names);
  if (similar !== undefined) return reading('unknown', raise(codes, 'unknown/typo', about, { annotation: key, nearest: similar }));
  return reading('unknown', raise(codes, 'unknown/name', about, { annotation: key }));
}

export const DEFAULT_PREFIX = 'nginx.ingress.kubernetes.io';

/** Prefixes people write for that of ingress-nginx. */
const mistaken: ReadonlySet<string> = new Set([
  'nginx.kubernetes.io',
  'nginx-ingress.kubernetes.io',
  'ingress-nginx.kubernetes.io',
  'ingress.nginx.kubernetes.io',
  'nginx.ingress.k8s.io',
  'ingress.k8s.io',
  'nginx.ingress',
  'ingress.nginx',
  'nginx',
]);

/** Prefixes that many annotations stand under, so that a near miss is a typing error. */
const common: readonly string[] = ['kubernetes.io', 'cert-manager.io', 'external-dns.alpha.kubernetes.io'];

/** Reads a key whose prefix nobody owns but that was plainly meant for somebody; undefined when it was not. */
export function readMistakenPrefix(ingress: Ingress, key: string, ownPrefix: string): FallbackReading | undefined {
  const about = aboutAnnotation(ingress, key);
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? '' : key.slice(0, slash);
  const name = key.slice(slash + 1);
  const expected = `${ownPrefix}/${name}`;
  if (prefix === DEFAULT_PREFIX) return reading('inert', raise(codes, 'unknown/other-prefix', about, { annotation: key, prefix: ownPrefix }));
  if (prefix === 'ingress.kubernetes.io') return reading('inert', raise(codes, 'unknown/legacy-prefix', about, { annotation: key, prefix: ownPrefix, expected }));
  const bare = (prefix === '' || prefix === 'kubernetes.io') && isAnnotationName(name);
  if (bare || mistaken.has(prefix)) return reading('unknown', raise(codes, 'unknown/prefix', about, { annotation: key, expected }));
  if (prefix === '' || common.includes(prefix)) return undefined;
  const similar = nearest(prefix, [ownPrefix, ...common]);
  return similar === undefined ? undefined : reading('unknown', raise(codes, 'unknown/prefix', about, { annotation: key, expected: `${similar}/${name}` }));
}
