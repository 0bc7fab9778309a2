import { defineCodes, raise } from '../diagnostics/finding.ts';
import { maximumHeaders } from './draft.ts';
import type { DraftedRule } from './lower-rule.ts';
import type { FindingSink } from './sink.ts';
import { aboutRule, hostName } from './subject.ts';

export const distrustCodes = defineCodes({
  'client-certificate/headers-full': {
    fidelity: 'lost',
    risk: 'security',
    what: 'Path {path} of {host} is closed: it answers 500 and forwards nothing.',
    why: 'nginx overwrites the ssl-client headers of clients. A header filter removes at most 16 headers, and this rule removes so many others that these would reach the application as the client wrote them.',
    do: 'Remove fewer headers, or see that the application trusts no ssl-client header, and accept this code.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpheaderfilter',
  },
});

const forwards = ({ draft, closedBy }: DraftedRule): boolean => closedBy.length === 0 && draft.redirect === undefined && draft.response === undefined;

/** Takes headers that only nginx may set out of every request that is forwarded. */
export function withoutDistrusted(rules: readonly DraftedRule[], names: readonly string[], sink: FindingSink): readonly DraftedRule[] {
  if (names.length === 0) return rules;
  return rules.map((drafted) => {
    if (!forwards(drafted)) return drafted;
    const { context, draft } = drafted;
    const { set, add, remove } = draft.requestHeaders;
    const mentioned = new Set([...set.keys(), ...add.keys(), ...remove].map((name) => name.toLowerCase()));
    const more = names.filter((name) => !mentioned.has(name));
    if (remove.size + more.length <= maximumHeaders) {
      for (const name of more) remove.add(name);
      return drafted;
    }
    const finding = raise(distrustCodes, 'client-certificate/headers-full', aboutRule(context.rule), { host: hostName(context.host.server), path: context.rule.location.path });
    sink.add([finding]);
    return context.accepted(finding) ? drafted : { ...drafted, closedBy: [finding.code] };
  });
}
