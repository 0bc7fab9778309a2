import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import { parseInteger } from '../nginx/values.ts';
import type { BandwidthLimitIntent } from '../plan/intents.ts';
import type { FamilyInput } from './define.ts';
import { codes } from './rate-limit-codes.ts';
import { settingUse } from './setting-use.ts';
import { presentOf, siblingsOf } from './siblings.ts';
import { onOff } from './spelling.ts';

type Key = 'limit-rate' | 'limit-rate-after';

interface Bandwidth {
  readonly intents: readonly BandwidthLimitIntent[];
  readonly findings: readonly Finding[];
}

/**
 * limit-rate and limit-rate-after, in KiB; the ConfigMap has a default for both.
 * Source: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#rate-limiting
 */
export function readBandwidth({ ingress, settings, get }: Pick<FamilyInput<Key>, 'ingress' | 'settings' | 'get'>): Bandwidth {
  const ignored: Finding[] = [];
  const numberOf = (name: Key): number => {
    const annotation = get(name);
    const common = Math.max(0, parseInteger(settings.raw.get(name) ?? '') ?? 0);
    const own = annotation === undefined ? undefined : parseInteger(annotation.raw);
    if (annotation !== undefined && own === undefined) {
      ignored.push(raise(codes, 'rate-limit/value-ignored', aboutAnnotation(ingress, annotation.key), { annotation: annotation.key, used: `${common}` }));
    }
    return Math.max(0, own ?? common);
  };
  const [kibPerSecond, afterKib] = [numberOf('limit-rate'), numberOf('limit-rate-after')];
  const from = presentOf([get('limit-rate'), get('limit-rate-after')]).filter(({ key }) => !ignored.some(({ annotation }) => annotation === key));
  const buffering = onOff(siblingsOf(ingress, settings)('proxy-buffering')?.raw ?? '') ?? settings.raw.get('proxy-buffering');
  if (kibPerSecond > 0 && buffering === 'on') return { intents: [{ kind: 'bandwidth-limit', from, ...(settings.raw.has('limit-rate') ? { setting: settingUse(settings, 'limit-rate') } : {}), kibPerSecond, afterKib }], findings: ignored };
  const reason = kibPerSecond > 0 ? 'the bandwidth is limited only with proxy-buffering: "on"' : 'limit-rate is not above 0';
  const idle = from.map(({ key }) => raise(codes, 'rate-limit/companion-without-limit', aboutAnnotation(ingress, key), { annotation: key, reason }));
  return { intents: [], findings: [...ignored, ...idle] };
}
