import { codes as collectCodes } from './annotations/codes.ts';
import { codes as controllerCodes } from './annotations/controller-codes.ts';
import { exampleValues } from './annotations/examples.ts';
import { codes as foreignCodes } from './annotations/foreign-codes.ts';
import { families } from './annotations/registry.ts';
import { codes as unknownCodes } from './annotations/unknown.ts';
import type { AnnotationFamily } from './annotations/define.ts';
import { severityOf, type CodeEntry, type CodeTable, type Fidelity, type Severity } from './diagnostics/finding.ts';
import { codes as emitCodes } from './emit/codes.ts';
import { codes as inputCodes } from './input/codes.ts';
import { codes as gateCodes } from './gate/codes.ts';
import { codes as liveCodes } from './live/codes.ts';
import { compareText } from './model/object.ts';
import { annotationTable, isAnnotationName, type AnnotationFact, type AnnotationName } from './nginx/annotation-table.ts';
import { codes as nginxCodes } from './nginx/codes.ts';
import type { IntentKind } from './plan/intents.ts';
import { codes as pipelineCodes } from './nothing-served.ts';
import { codes as envoyGatewayCodes } from './targets/envoy-gateway/codes.ts';
import { codes as standardCodes } from './targets/standard/codes.ts';
import { codes as validateCodes } from './validate/codes.ts';

const tables: readonly CodeTable[] = [
  inputCodes,
  nginxCodes,
  collectCodes,
  controllerCodes,
  unknownCodes,
  foreignCodes,
  ...families.map((family) => family.codes),
  standardCodes,
  envoyGatewayCodes,
  emitCodes,
  validateCodes,
  pipelineCodes,
  gateCodes,
  liveCodes,
];

/** Every code once, sorted. Two entries of one code would be a bug: a meta test compares the sizes. */
export const catalogue: ReadonlyMap<string, CodeEntry> = new Map(
  tables.flatMap((table) => Object.entries(table)).sort(([a], [b]) => compareText(a, b)),
);

export const codeCount: number = tables.reduce((count, table) => count + Object.keys(table).length, 0);

export const annotationNames: readonly AnnotationName[] = Object.keys(annotationTable).filter(isAnnotationName).sort(compareText);

export interface CodeExplanation {
  readonly kind: 'code';
  readonly code: string;
  readonly severity: Severity;
  readonly entry: CodeEntry;
}

export interface AnnotationExplanation {
  readonly kind: 'annotation';
  readonly name: string;
  readonly fact: AnnotationFact;
  readonly family: string;
  readonly docs: AnnotationFamily['docs'];
  readonly codes: readonly string[];
  /** What its keys ask of a gateway; empty when the conversion needs nothing of one. */
  readonly intents: readonly IntentKind[];
  /** A value of the kind people write; undefined for names that have no effect. */
  readonly example: string | undefined;
  /** Sources of the claims, the controller's own documentation first. */
  readonly links: readonly string[];
}

export type Explanation = CodeExplanation | AnnotationExplanation;

const annotationPage = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/';

/** Kinds of intents that one name can give. */
const asked = ({ asks, intents = [] }: AnnotationFamily, name: AnnotationName): readonly IntentKind[] => asks?.[name] ?? intents;

type Capabilities = Readonly<Record<IntentKind, { readonly fidelity: Fidelity }>>;

/** What becomes of an annotation at best: as a target says, in the routes themselves, or nothing, because it has no effect under nginx. */
export type AnnotationOutcome = Fidelity | 'routes' | 'nothing';

const ranked: readonly Fidelity[] = ['exact', 'approximate', 'lost'];

export interface AnnotationSummary {
  readonly name: AnnotationName;
  readonly family: string;
  /** What the controller does with a value it cannot use. */
  readonly invalid: AnnotationFact['invalid'];
  /** By target. */
  readonly outcomes: Readonly<Record<string, AnnotationOutcome>>;
}

/** Every annotation with its best outcome on each target, from the tables that run. */
export function summariseAnnotations(targets: readonly { readonly name: string; readonly capabilities: Capabilities }[]): readonly AnnotationSummary[] {
  return annotationNames.map((name) => {
    const family = familyOf(name);
    const kinds = asked(family, name);
    const silent = family.shapes?.includes(name) === true ? 'routes' : 'nothing';
    const best = (capabilities: Capabilities): AnnotationOutcome => ranked.find((fidelity) => kinds.some((kind) => capabilities[kind].fidelity === fidelity)) ?? silent;
    return { name, family: family.id, invalid: annotationTable[name].invalid, outcomes: Object.fromEntries(targets.map((target) => [target.name, best(target.capabilities)])) };
  });
}

function familyOf(name: AnnotationName): AnnotationFamily {
  const family = families.find(({ keys }) => keys.includes(name));
  if (family === undefined) throw new Error(`no annotation family reads ${name}`);
  return family;
}

function explainAnnotation(name: AnnotationName): AnnotationExplanation {
  const family = familyOf(name);
  const { docs, meanings } = family;
  const meaning = meanings?.[name];
  const sources = Object.values(family.codes).map(({ source }) => source).filter((source) => source !== undefined);
  return {
    kind: 'annotation',
    name,
    fact: annotationTable[name],
    family: family.id,
    docs: meaning === undefined ? docs : { ...docs, nginx: `${docs.nginx} ${name}: ${meaning}` },
    codes: Object.keys(family.codes).sort(compareText),
    intents: asked(family, name),
    example: exampleValues[name],
    links: [annotationPage, ...new Set(sources)],
  };
}

/** A finding code, or an annotation with or without its prefix; undefined for anything else. */
export function explanationOf(text: string): Explanation | undefined {
  const entry = catalogue.get(text);
  if (entry !== undefined) return { kind: 'code', code: text, severity: severityOf(entry), entry };
  const name = text.slice(text.lastIndexOf('/') + 1);
  return isAnnotationName(name) ? explainAnnotation(name) : undefined;
}
