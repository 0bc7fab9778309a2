import { raise, type Finding } from '../diagnostics/finding.ts';
import { CATCH_ALL } from '../nginx/configuration.ts';
import type { Plan, PlanHost } from '../plan/plan.ts';
import { codes } from './codes.ts';
import { isOmitted } from './path-forms.ts';
import type { Profile } from './profile.ts';
import { aboutHost } from './subject.ts';

/** Hosts that cover others: wildcards, and the catch-all when it has rules. */
export function widerHosts({ hosts }: Plan): ReadonlySet<string> {
  const serving = hosts.filter(({ rules }) => rules.some((rule) => !isOmitted(rule)));
  return new Set(serving.map(({ server }) => server.host).filter((host) => host === CATCH_ALL || host.startsWith('*.')));
}

/** The narrowest wider host: the star of a hostname stands for one or more labels. */
function coveringHost(host: string, wider: ReadonlySet<string>): string | undefined {
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const wildcard = `*${host.slice(dot)}`;
    if (wildcard !== host && wider.has(wildcard)) return wildcard;
  }
  return wider.has(CATCH_ALL) ? 'rules without a host' : undefined;
}

/** A host none of whose paths can be reached gets no route, so wider hosts answer for it on every gateway. */
export function leftToOthers({ server }: PlanHost, wider: ReadonlySet<string>): Finding | undefined {
  const other = server.host === CATCH_ALL ? undefined : coveringHost(server.host, wider);
  return other === undefined ? undefined : raise(codes, 'host/fall-through', aboutHost(server), { host: server.host, other });
}

/** A host without a rule for `/`, where a gateway of unknown make may look on in wider hosts. */
export function fallThrough({ server, rules }: PlanHost, wider: ReadonlySet<string>, { regex }: Profile): Finding | undefined {
  if (wider.size === 0 || regex.extent !== 'unknown' || server.host === CATCH_ALL) return undefined;
  if (rules.some((rule) => rule.location.path === '/' && rule.location.pathType === 'Prefix' && !isOmitted(rule))) return undefined;
  const other = coveringHost(server.host, wider);
  return other === undefined ? undefined : raise(codes, 'host/fall-through', aboutHost(server), { host: server.host, other });
}
