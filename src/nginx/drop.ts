import { aboutAnnotation, aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import { isTooRisky } from './annotation-risk.ts';
import { isFatal } from './drop-rules.ts';
import { nameOf } from './naming.ts';
import type { ReadAnnotations } from './reader.ts';
import { codes } from './refusal-codes.ts';
import type { ControllerSettings } from './settings.ts';
import { suspiciousPart } from './suspicious-text.ts';

/** Why the controller does not serve an Ingress of its own class. */
export interface Refusal {
  readonly reason: string;
  readonly finding: Finding;
}

type DropCode = 'dropped/forbidden-word' | 'dropped/risk-level' | 'dropped/invalid-annotation';

/** In the order in which the controller looks. */
const dropCodes: readonly DropCode[] = ['dropped/forbidden-word', 'dropped/risk-level', 'dropped/invalid-annotation'];

/** The blocklist of words, as the controller splits it: an empty word would forbid every value. */
function forbiddenWords(settings: ControllerSettings): readonly string[] {
  const text = (settings.raw.get('annotation-value-word-blocklist') ?? '').trim();
  return text === '' ? [] : text.split(',');
}

/** Once a run: what the checks need of the settings. */
export interface DropChecks {
  readonly settings: ControllerSettings;
  readonly read: ReadAnnotations;
  readonly words: readonly string[];
}

export function dropChecks(settings: ControllerSettings, read: ReadAnnotations): DropChecks {
  return { settings, read, words: forbiddenWords(settings) };
}

function faultsOf(ingress: Ingress, { settings, read, words }: DropChecks): ReadonlyMap<DropCode, string[]> {
  const faults = new Map<DropCode, string[]>();
  const add = (code: DropCode, key: string): void => {
    const keys = faults.get(code);
    if (keys === undefined) faults.set(code, [key]);
    else keys.push(key);
  };
  const prefix = `${settings.annotationsPrefix}/`;
  const reader = read(ingress);
  for (const [key, raw] of ingress.annotations) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    if (words.some((word) => raw.includes(word))) add('dropped/forbidden-word', key);
    if (settings.annotationsRiskLevel !== undefined && isTooRisky(name, settings.annotationsRiskLevel)) add('dropped/risk-level', key);
    if (isFatal(name, raw, reader)) add('dropped/invalid-annotation', key);
  }
  return faults;
}

function refuse(ingress: Ingress, code: DropCode, keys: readonly string[], settings: ControllerSettings): Refusal {
  const [key = '', ...also] = [...keys].sort(compareText);
  const about = { ...aboutAnnotation(ingress, key), also };
  const args = { ingress: nameOf(ingress.ref), annotation: key };
  const level = settings.annotationsRiskLevel ?? '';
  if (code === 'dropped/risk-level') return { reason: `${key} is above annotations-risk-level ${level}`, finding: raise(codes, code, about, { ...args, level }) };
  const reason = code === 'dropped/forbidden-word' ? `${key} holds a forbidden word` : `invalid value of ${key}`;
  return { reason, finding: raise(codes, code, about, args) };
}

/**
 * Whether the controller drops the whole Ingress, and why.
 * Source: syncIngress in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/store/store.go
 */
export function refusalOf(ingress: Ingress, checks: DropChecks): Refusal | undefined {
  const { settings } = checks;
  const ingressName = nameOf(ingress.ref);
  if (settings.disableCatchAll && ingress.defaultBackend !== undefined) {
    return { reason: 'default backend with --disable-catch-all', finding: raise(codes, 'dropped/catch-all', aboutIngress(ingress), { ingress: ingressName }) };
  }
  if (ingress.annotations.size > 0) {
    const faults = faultsOf(ingress, checks);
    for (const code of dropCodes) {
      const keys = faults.get(code);
      if (keys !== undefined) return refuse(ingress, code, keys, settings);
    }
  }
  const where = suspiciousPart(ingress);
  if (where === undefined) return undefined;
  return { reason: `suspicious text in ${where}`, finding: raise(codes, 'dropped/suspicious-text', aboutIngress(ingress), { ingress: ingressName, where }) };
}
