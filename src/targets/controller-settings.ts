import { defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { aboutSetting, targetKeys } from '../nginx/controller-keys.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { Target } from './define.ts';

export const settingCodes = defineCodes({
  'controller/setting-differs': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Key {key} of the controller ConfigMap becomes {how}.',
    why: 'The gateway has a setting for it that is not quite the same.',
    do: 'Test the setting on your gateway before the switch.',
  },
});

/** Settings of the whole controller that the target has too, nearly has, or has not: once a run each. */
export function settingFindings({ settings: known = {} }: Target, settings: ControllerSettings): readonly Finding[] {
  return targetKeys(settings).flatMap(({ key, lost }) => {
    const capability = Object.hasOwn(known, key) ? known[key] : undefined;
    if (capability === undefined) return [lost];
    if (capability.fidelity === 'exact') return [];
    return [raise(settingCodes, 'controller/setting-differs', aboutSetting(settings, key), { key, how: capability.how })];
  });
}
