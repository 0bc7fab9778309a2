import { aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { IngressClass, Inventory } from '../model/inventory.ts';
import { compareText } from '../model/object.ts';
import { codes } from './class-codes.ts';
import type { LeftIngress } from './configuration.ts';
import { countOf, namesOf } from './naming.ts';
import type { Selection } from './selection.ts';
import type { ControllerSettings } from './settings.ts';

/** Annotation that names the class; spec.ingressClassName beats it. */
const classAnnotation = 'kubernetes.io/ingress.class';

type ClassCode = 'class/unknown' | 'class/not-the-annotation-value' | 'class/none' | 'class/assumed';

interface Verdict {
  readonly selected: boolean;
  readonly reason: string;
  /** Told once for all Ingresses of the class. */
  readonly code?: ClassCode;
  readonly className: string;
}

/** Class names that say by themselves which other controller serves them. */
const foreignNames = /^(?:traefik|haproxy|kong|alb|gce|gke|azure|istio|contour|skipper|caddy|ambassador|cilium|cloudflare|tailscale|pomerium|openshift|higress|apisix|voyager)/;

const accepted = (className: string): Verdict => ({ selected: true, reason: '', className });

/** Facts that all Ingresses of a run share. */
interface ClassFacts {
  readonly inventory: Inventory;
  readonly settings: ControllerSettings;
  readonly selection: Selection;
  readonly listed: ReadonlySet<string>;
  readonly defaults: { readonly own: boolean; readonly foreign: boolean };
}

/** Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/ingressclass/ingressclass.go */
function isOwnClass({ name, controller }: Pick<IngressClass, 'name' | 'controller'>, { controllerClass, classByName, ingressClassAnnotation }: ControllerSettings): boolean {
  return controller === controllerClass || (classByName && name === ingressClassAnnotation);
}

function judgeName(facts: ClassFacts, className: string): Verdict {
  const { inventory, settings, listed } = facts;
  if (listed.size > 0) {
    return listed.has(className) ? accepted(className) : { selected: false, reason: `class ${className} was not asked for`, className };
  }
  const known = inventory.ingressClasses.get(className);
  if (known !== undefined) {
    if (isOwnClass(known, settings)) return accepted(className);
    return { selected: false, reason: `class ${className} belongs to controller ${known.controller}`, className };
  }
  if (className === 'nginx' || className === settings.ingressClassAnnotation) return accepted(className);
  if (foreignNames.test(className)) return { selected: false, reason: `class ${className} is another controller's`, className };
  return { selected: false, reason: `class ${className} is not known to be ingress-nginx`, code: 'class/unknown', className };
}

/** The controller compares the annotation with one flag, whatever IngressClass objects there are. */
function judgeAnnotation(facts: ClassFacts, className: string): Verdict {
  const { settings, listed, inventory } = facts;
  if (listed.size > 0) {
    return listed.has(className) ? accepted(className) : { selected: false, reason: `class ${className} was not asked for`, className };
  }
  if (className === settings.ingressClassAnnotation) return accepted(className);
  const known = inventory.ingressClasses.get(className);
  const foreign = known === undefined ? foreignNames.test(className) : !isOwnClass(known, settings);
  if (foreign) return { selected: false, reason: `class ${className} is another controller's`, className };
  return { selected: false, reason: `class ${className} is not ${settings.ingressClassAnnotation}`, code: 'class/not-the-annotation-value', className };
}

function hasOwnAnnotation(ingress: Ingress, prefix: string): boolean {
  for (const key of ingress.annotations.keys()) if (key.startsWith(prefix) && key[prefix.length] === '/') return true;
  return false;
}

function judgeNone(facts: ClassFacts, ingress: Ingress): Verdict {
  const { settings, defaults, inventory } = facts;
  if (settings.watchWithoutClass || defaults.own) return accepted('');
  if (defaults.foreign) return { selected: false, reason: 'no class, and the default class belongs to another controller', className: '' };
  const own = hasOwnAnnotation(ingress, settings.annotationsPrefix);
  if (own && inventory.ingressClasses.size === 0) return { selected: true, reason: '', code: 'class/assumed', className: '' };
  return { selected: false, reason: 'no class', code: 'class/none', className: '' };
}

function judge(facts: ClassFacts, ingress: Ingress): Verdict {
  const annotation = ingress.annotations.get(classAnnotation);
  const name = ingress.className ?? annotation;
  const { watchNamespace } = facts.settings;
  if (watchNamespace !== '' && ingress.ref.namespace !== watchNamespace) {
    return { selected: false, reason: `the controller watches namespace ${watchNamespace} alone`, className: name ?? '' };
  }
  if (facts.selection.allClasses) return accepted(name ?? '');
  if (ingress.className !== undefined) return judgeName(facts, ingress.className);
  if (annotation !== undefined) return judgeAnnotation(facts, annotation);
  return judgeNone(facts, ingress);
}

function explain(code: ClassCode, className: string, ingresses: readonly Ingress[], settings: ControllerSettings): Finding {
  const [first] = ingresses;
  const subject = first === undefined ? {} : aboutIngress(first);
  const named = { count: countOf(ingresses), ingresses: namesOf(ingresses) };
  if (code === 'class/none' || code === 'class/assumed') return raise(codes, code, subject, named);
  const ofClass = { ...named, class: className === '' ? '""' : className };
  if (code === 'class/unknown') return raise(codes, code, subject, ofClass);
  return raise(codes, code, subject, { ...ofClass, expected: settings.ingressClassAnnotation });
}

/** Parameters of the classes whose Ingresses are converted; ingress-nginx reads none. */
function idleParameters({ ingressClasses }: Inventory, used: ReadonlySet<string>): readonly Finding[] {
  return [...ingressClasses.values()]
    .filter(({ name, parameters }) => parameters !== '' && used.has(name))
    .sort((a, b) => compareText(a.name, b.name))
    .map(({ name, parameters, origin }) => {
      const object = { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', namespace: '', name };
      return raise(codes, 'class/parameters', { object, origin }, { class: name, parameters });
    });
}

export interface Selected {
  readonly ingresses: readonly Ingress[];
  readonly left: readonly LeftIngress[];
  readonly findings: readonly Finding[];
}

/**
 * Which Ingresses the controller serves, and why the others are left: one finding per class, not per Ingress.
 * Source: GetIngressClass in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/store/store.go
 */
export function selectIngresses(inventory: Inventory, settings: ControllerSettings, selection: Selection): Selected {
  const classes = [...inventory.ingressClasses.values()].filter(({ isDefault }) => isDefault);
  const listed = new Set(selection.ingressClasses);
  const own = classes.some((entry) => (listed.size > 0 ? listed.has(entry.name) : isOwnClass(entry, settings)));
  const facts: ClassFacts = { inventory, settings, selection, listed, defaults: { own, foreign: !own && classes.length > 0 } };
  const ingresses: Ingress[] = [];
  const left: LeftIngress[] = [];
  const told = new Map<string, { readonly code: ClassCode; readonly className: string; readonly ingresses: Ingress[] }>();
  const used = new Set<string>();
  for (const ingress of inventory.ingresses) {
    const { selected, reason, code, className } = judge(facts, ingress);
    if (selected) used.add(className);
    if (selected) ingresses.push(ingress);
    else left.push({ ingress, status: 'skipped', reason });
    if (code === undefined) continue;
    const key = `${code} ${className}`;
    const group = told.get(key);
    if (group === undefined) told.set(key, { code, className, ingresses: [ingress] });
    else group.ingresses.push(ingress);
  }
  const groups = [...told].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
  const findings = [...groups.map((group) => explain(group.code, group.className, group.ingresses, settings)), ...idleParameters(inventory, used)];
  return { ingresses, left, findings };
}
