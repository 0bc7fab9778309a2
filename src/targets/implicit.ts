import { raise, type CodeEntry, type Finding, type Subject } from '../diagnostics/finding.ts';
import { aboutSetting } from '../nginx/controller-keys.ts';
import { implicitBehaviour, type DifferingDefault, type ImplicitBehaviour } from '../nginx/defaults.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { defaultCodes, preservedCodes } from './default-codes.ts';
import type { LoweringOptions, Target } from './define.ts';
import type { LoweredPlan } from './lowered.ts';

export interface ImplicitResult {
  readonly plan: LoweredPlan;
  readonly findings: readonly Finding[];
}

interface Differing extends ImplicitBehaviour {
  readonly name: DifferingDefault;
}

const differs = (behaviour: ImplicitBehaviour): behaviour is Differing => behaviour.name !== 'http2';

/** The ConfigMap where it set the behaviour; else nothing: it is no object's. */
function subjectOf({ setting }: ImplicitBehaviour, settings: ControllerSettings): Subject {
  return setting === undefined ? {} : aboutSetting(settings, setting);
}

function findingOf(behaviour: Differing, how: string, settings: ControllerSettings): Finding {
  const { name, value } = behaviour;
  const entry: CodeEntry = defaultCodes[`default/${name}`];
  const { object, origin } = subjectOf(behaviour, settings);
  return { code: `default/${name}`, entry, args: { how, ...(value === '' ? {} : { value }) }, object, origin };
}

/**
 * What nginx does unasked and the target does not: written where the user wants it kept and the target has words for it, and otherwise said
 * once a run, never once an Ingress. See docs/adr/0019-defaults.md.
 */
export function lowerImplicit(plan: LoweredPlan, target: Target, settings: ControllerSettings, options: LoweringOptions): ImplicitResult {
  const findings: Finding[] = [];
  let kept = plan;
  for (const behaviour of implicitBehaviour(settings).filter(differs)) {
    const { name } = behaviour;
    const { fidelity, how } = target.defaults[name];
    if (fidelity === 'exact') continue;
    const preservation = options.defaults === 'preserve' ? target.preservations[name] : undefined;
    if (preservation === undefined) {
      findings.push(findingOf(behaviour, how, settings));
      continue;
    }
    kept = preservation.write(kept, behaviour, settings);
    const { differences } = preservation;
    if (differences !== '') findings.push(raise(preservedCodes, 'preserved-default/differs', subjectOf(behaviour, settings), { name, how: preservation.how, differences }));
  }
  return { plan: kept, findings };
}
