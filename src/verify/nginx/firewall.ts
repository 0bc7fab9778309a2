import type { AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { parseBoolean } from '../../nginx/values.ts';
import type { Guard } from '../outcome.ts';

/** What may switch the engine on behind the text: the end of the quotes it stands in, a rule for one request, rules from elsewhere. */
const hidden = /'|ruleEngine\s*=\s*on|^\s*(?:Include|SecRemoteRules)\b/im;

/** Whether rules may refuse a request. They do while the last SecRuleEngine says On; modsecurity.conf, which may say so, is loaded where no rules are given. */
function mayRefuse(common: string, own: string, everywhere: boolean, { configMap }: ControllerSettings): boolean {
  const rules = `${everywhere ? common : ''}\n${own}`;
  const last = [...rules.matchAll(/^\s*SecRuleEngine\s+"?(\w+)"?\s*$/gim)].at(-1)?.[1]?.toLowerCase();
  if (hidden.test(rules)) return true;
  if (last !== undefined) return last !== 'off' && last !== 'detectiononly';
  return configMap === undefined || (everywhere ? common : own).trim() === '';
}

/**
 * ModSecurity as a condition. The annotation switches it on or off, and where it is absent the ConfigMap does.
 * Source: buildModSecurityForLocation in
 * https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go
 */
export function firewall(reader: AnnotationReader, settings: ControllerSettings): readonly Guard[] {
  const everywhere = parseBoolean(settings.raw.get('enable-modsecurity') ?? '') === true;
  const on = parseBoolean(reader.raw('enable-modsecurity') ?? '') ?? everywhere;
  const own = settings.allowSnippets === false ? '' : (reader.raw('modsecurity-snippet') ?? '');
  return on && mayRefuse(settings.raw.get('modsecurity-snippet') ?? '', own, everywhere, settings) ? [{ kind: 'waf', detail: 'modsecurity' }] : [];
}
