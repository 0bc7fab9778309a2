import { severityOf, type CodeEntry, type Severity } from '../diagnostics/finding.ts';
import { escapeText } from './markdown-text.ts';

/** SARIF 2.1.0 3.27.10. */
export const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * Ranks of CVSS by which code scanning sorts security alerts: over 7.0 is high, over 4.0 medium.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object
 */
const securitySeverity: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.0', info: '1.0' };

/** A sentence that each finding fills on its own, such as `{how}`. */
const wholeSentence = /(?<=[.!?]) \{[a-zA-Z]+\}(?= |$)/gu;

/** `{apiVersion}` stands as API_VERSION: a rule speaks of no finding in particular, and braces mean something else in SARIF. */
const generic = (template: string): string =>
  template.replace(wholeSentence, '').replace(/\{([a-zA-Z]+)\}/gu, (_whole, name: string) => name.replace(/[A-Z]/gu, '_$&').toUpperCase());

/** One code of the catalogue as SARIF's reportingDescriptor. */
export function ruleOf(code: string, entry: CodeEntry): object {
  const severity = severityOf(entry);
  const [what, why, todo] = [generic(entry.what), generic(entry.why), generic(entry.do)];
  return {
    id: code,
    shortDescription: { text: what },
    fullDescription: { text: why },
    help: { text: `${what}\n\n${why}\n\n${todo}`, markdown: `**What to do:** ${escapeText(todo)}\n\n${escapeText(what)} ${escapeText(why)}` },
    ...(entry.source === undefined ? {} : { helpUri: entry.source }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: [`fidelity-${entry.fidelity}`, ...(entry.risk === 'none' ? [] : [entry.risk])],
      precision: 'very-high',
      ...(entry.risk === 'security' ? { 'security-severity': securitySeverity[severity] } : {}),
    },
  };
}
