import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { FallbackReading } from './fallback-reading.ts';
import { untranslatedTable, type LossRow, type UntranslatedRow } from './untranslated-table.ts';
import { normaliseText } from '../nginx/values.ts';

const parsers = 'https://github.com/kubernetes/ingress-nginx/tree/controller-v1.15.1/internal/ingress/annotations';

export const codes = defineCodes({
  'untranslated/removed': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing today: ingress-nginx has not known it since {release}.',
    why: 'It once {meaning}. The controller skips names that it has no parser for, without a word.',
    do: 'Delete the annotation. {advice}',
    source: parsers,
  },
  'untranslated/no-effect': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing on this Ingress: {reason}.',
    why: 'With it, nginx {meaning}; that does not happen here, so nothing is lost.',
    do: 'Delete the annotation, or complete it before you convert if it was meant to work.',
    source: parsers,
  },
  'untranslated/default-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} says {value}, which holds without it too.',
    why: 'With it, nginx {meaning}; the value is the default of the controller.',
    do: 'Delete the annotation.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/config/config.go',
  },
  'untranslated/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}), so it changes nothing.',
    why: 'With it, nginx {meaning}; the controller logs such a value and goes on with its default.',
    do: 'Delete the annotation, or correct its value before you convert if it was meant to work.',
    source: parsers,
  },
});

/** An annotation of ingress-nginx that no family translates. */
export interface UntranslatedAnnotation {
  /** Without the prefix. */
  readonly name: AnnotationName;
  /** Whole key. */
  readonly key: string;
  /** As written. */
  readonly raw: string;
}

const rows: Readonly<Partial<Record<AnnotationName, UntranslatedRow>>> = untranslatedTable;

const inert = (finding: Finding): FallbackReading => ({ state: 'inert', intents: [], findings: [finding] });

function readLoss(ingress: Ingress, annotation: UntranslatedAnnotation, row: LossRow, settings: ControllerSettings): FallbackReading {
  const { name, key, raw } = annotation;
  const about = aboutAnnotation(ingress, key);
  const { meaning } = row;
  const written = normaliseText(raw);
  const value = written === '' ? undefined : row.canonical(written);
  if (value === undefined) return inert(raise(codes, 'untranslated/ignored-value', about, { annotation: key, value: JSON.stringify(raw), meaning }));
  const siblings = (other: AnnotationName): string => normaliseText(ingress.annotations.get(`${settings.annotationsPrefix}/${other}`) ?? '');
  const reason = row.idle?.(siblings, settings);
  if (reason !== undefined) return inert(raise(codes, 'untranslated/no-effect', about, { annotation: key, reason, meaning }));
  if (value === row.initial) {
    const configured = row.setting === undefined ? undefined : settings.raw.get(row.setting);
    // It takes back what the ConfigMap says, and so asks for what every Gateway is compared with.
    if (configured !== undefined && row.canonical(normaliseText(configured)) !== value) return { state: 'effective', intents: [], findings: [] };
    return inert(raise(codes, 'untranslated/default-value', about, { annotation: key, value, meaning }));
  }
  const risk = typeof row.risk === 'function' ? row.risk(value, siblings) : row.risk;
  return { state: 'effective', intents: [{ kind: 'untranslated', from: [{ ingress, key }], annotation: name, value: written, risk, meaning }], findings: [] };
}

/** Reads an annotation that ingress-nginx knows and no family owns: it had no effect, or it becomes an intent that says what it did. */
export function readUntranslated(ingress: Ingress, annotation: UntranslatedAnnotation, settings: ControllerSettings): FallbackReading {
  const { name, key, raw } = annotation;
  const row = rows[name];
  const about = aboutAnnotation(ingress, key);
  switch (row?.effect) {
    case 'removed':
      return inert(raise(codes, 'untranslated/removed', about, { annotation: key, release: row.since, meaning: row.meaning, advice: row.advice }));
    case 'nothing':
      return inert(raise(codes, 'untranslated/no-effect', about, { annotation: key, reason: row.because, meaning: row.meaning }));
    case 'loss':
      return readLoss(ingress, annotation, row, settings);
    case undefined:
      // Unreachable while the table is complete, which a unit test holds. If it is not: nothing may open up.
      return { state: 'effective', intents: [{ kind: 'untranslated', from: [{ ingress, key }], annotation: name, value: raw, risk: 'security' }], findings: [] };
  }
}
