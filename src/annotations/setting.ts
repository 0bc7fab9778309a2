import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { normaliseText } from '../nginx/values.ts';
import type { AnnotationUse } from '../plan/intents.ts';
import { codes } from './codes.ts';
import type { FamilyInput, FamilyReading } from './define.ts';
import type { Idle, Siblings } from './idle.ts';
import { siblingsOf } from './siblings.ts';
import type { Canonical } from './spelling.ts';

/** An annotation that gives one directive of nginx its value, with the controller's default for it. */
export interface Setting {
  /** What nginx does with it, as a clause after "nginx". */
  readonly meaning: string;
  /** The value in one spelling; undefined when the controller does not accept it and goes on with its default. */
  readonly canonical: Canonical;
  /** The controller's default: with it nothing has to be carried over. Undefined: no value is one. */
  readonly initial?: string;
  /** Key of the controller's ConfigMap that replaces the default where the annotation is absent. */
  readonly setting?: string;
  /** Why it changes nothing on this Ingress, as a clause; undefined when it does. */
  readonly idle?: Idle;
  /** Why nginx refuses a configuration with a value that the controller accepts, as a clause; undefined when it takes it. */
  readonly breaks?: (value: string, siblings: Siblings, settings: ControllerSettings) => string | undefined;
}

export type SettingTable<K extends AnnotationName> = Readonly<Record<K, Setting>>;

/** An annotation that changes something, with its value in one spelling. */
export interface InForce {
  readonly use: AnnotationUse;
  readonly value: string;
}

export interface SettingsReading<K extends AnnotationName> {
  readonly set: ReadonlyMap<K, InForce>;
  /** What is to be said of the annotations that are not in `set`. */
  readonly rest: FamilyReading;
}

type Fate = { readonly value: string } | { readonly finding: Finding } | 'takes-back';

function fateOf(use: AnnotationUse & { readonly raw: string }, row: Setting, siblings: Siblings, settings: ControllerSettings): Fate {
  const { ingress, key, raw } = use;
  const about = aboutAnnotation(ingress, key);
  const { meaning } = row;
  const value = row.canonical(raw);
  if (value === undefined) return { finding: raise(codes, 'annotation/ignored-value', about, { annotation: key, value: JSON.stringify(raw), meaning }) };
  const refusal = row.breaks?.(value, siblings, settings);
  if (refusal !== undefined) return { finding: raise(codes, 'annotation/breaks-nginx', about, { annotation: key, value: JSON.stringify(raw), reason: refusal }) };
  const reason = row.idle?.(siblings, settings);
  if (reason !== undefined) return { finding: raise(codes, 'annotation/no-effect', about, { annotation: key, reason, meaning }) };
  if (value !== row.initial) return { value };
  const configured = row.setting === undefined ? undefined : settings.raw.get(row.setting);
  // It takes back what the ConfigMap says, and so asks for what every Gateway is compared with.
  if (configured !== undefined && row.canonical(normaliseText(configured)) !== value) return 'takes-back';
  return { finding: raise(codes, 'annotation/default-value', about, { annotation: key, value, meaning }) };
}

/** The text of any annotation of the Ingress; '' when absent. */
export function siblingText({ ingress, settings }: Pick<FamilyInput<AnnotationName>, 'ingress' | 'settings'>): Siblings {
  const sibling = siblingsOf(ingress, settings);
  return (name) => sibling(name)?.raw ?? '';
}

/** Reads the annotations of a table as the controller does: in force, without effect, or a value it ignores. */
export function readSettings<K extends AnnotationName>(input: FamilyInput<K>, names: readonly K[], table: SettingTable<K>): SettingsReading<K> {
  const { settings, get } = input;
  const siblings = siblingText(input);
  const set = new Map<K, InForce>();
  const structural: string[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const present = get(name);
    if (present === undefined) continue;
    const { ingress, key } = present;
    const fate = fateOf(present, table[name], siblings, settings);
    if (fate === 'takes-back') structural.push(key);
    else if ('finding' in fate) findings.push(fate.finding);
    else set.set(name, { use: { ingress, key }, value: fate.value });
  }
  return { set, rest: { structural, findings } };
}

/** The annotations behind an intent, in the order of the names. */
export function usesOf(set: ReadonlyMap<string, InForce>): readonly AnnotationUse[] {
  return [...set.values()].map(({ use }) => use);
}

/** For `explain`: what each name of a table does. */
export function meaningsOf<K extends AnnotationName>(table: SettingTable<K>): Readonly<Partial<Record<AnnotationName, string>>> {
  const rows: readonly (readonly [string, Setting])[] = Object.entries(table);
  return Object.fromEntries(rows.map(([name, { meaning, initial }]) => [name, `nginx ${meaning}.${initial === undefined ? '' : ` The default is ${initial}.`}`]));
}
