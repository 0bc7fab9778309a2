import type { Ingress } from '../model/ingress.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { parseBoolean } from '../nginx/values.ts';
import { siblingsOf } from './siblings.ts';

/** What a text of rules makes of the engine; `unknown`: it may be on, or this tool cannot tell. */
type Engine = 'on' | 'records' | 'unsaid' | 'unknown';

const quote = "'";
/** Directives that switch nothing on by themselves; none of them loads other rules, as Include and SecRemoteRules do. */
const inert =
  /^Sec(?:Rule|Action|Marker|DefaultAction|RuleRemoveBy\w+|RuleUpdate\w+|Audit\w+|Debug\w+|RequestBody\w+|ResponseBody\w+|Tmp\w+|Data\w+|Argument\w+|Collection\w+|ComponentSignature|Pcre\w+|UnicodeMapFile|Upload\w+|WebAppId|Cookie\w+|Xml\w+|StatusEngine|ServerSignature)\s/i;
/** A rule may switch the engine on for one request. */
const switchesOn = /ctl:\s*ruleEngine\s*=\s*(?!off\b|detectiononly\b)/i;

/** A backslash at the end of a line joins it with the next. */
const statementsOf = (text: string): readonly string[] => text.replace(/\\[ \t]*\n/g, ' ').split('\n').map((line) => line.trim());

/**
 * The last SecRuleEngine counts; it is read in any letter case, with or without quotes.
 * Source: https://github.com/owasp-modsecurity/ModSecurity/blob/v3.0.14/src/parser/seclang-scanner.ll (CONFIG_SEC_RULE_ENGINE, CONFIG_VALUE_DETC)
 */
function engineOf(text: string): Engine {
  // The controller puts the text between single quotes of nginx: what one of them ends goes on as configuration of nginx.
  if (text.includes(quote)) return 'unknown';
  let engine: Engine = 'unsaid';
  for (const line of statementsOf(text)) {
    const value = /^SecRuleEngine\s+"?(on|off|detectiononly)"?$/i.exec(line)?.[1]?.toLowerCase();
    if (value !== undefined) engine = value === 'on' ? 'on' : 'records';
    else if (switchesOn.test(line) || !(line === '' || line.startsWith('#') || inert.test(line))) return 'unknown';
  }
  return engine;
}

/**
 * Whether ModSecurity, where it is on, refuses no request of the Ingress: a rule acts only while SecRuleEngine is On, and so do the limits on bodies.
 * The controller loads modsecurity.conf, whose engine only detects, where nobody gives it rules; but a volume may stand in for that file, so its word
 * is not relied on. Rules of the Ingress come after those of the ConfigMap, and inherit the engine from them.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go (buildModSecurityForLocation)
 */
export function onlyRecords(ingress: Ingress | undefined, settings: ControllerSettings): boolean {
  const own = ingress === undefined || settings.allowSnippets === false ? '' : (siblingsOf(ingress, settings)('modsecurity-snippet')?.raw ?? '');
  const everywhere = parseBoolean(settings.raw.get('enable-modsecurity') ?? '') === true;
  const common = everywhere ? (settings.raw.get('modsecurity-snippet') ?? '') : '';
  const [here, before] = [engineOf(own), engineOf(common)];
  if (before === 'unknown' || here === 'unknown' || here === 'on') return false;
  if (here === 'records') return true;
  if (settings.configMap === undefined) return false;
  return everywhere ? common.trim() !== '' && before !== 'on' : own.trim() !== '';
}
