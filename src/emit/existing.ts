import { aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import { compareText } from '../model/object.ts';
import type { LoweredPlan, LoweredRule } from '../targets/lowered.ts';
import { codes } from './codes.ts';
import type { EmitContext } from './context.ts';

const none: readonly never[] = [];

/** Keeps the matches and nothing else, the shape of docs/adr/0004-closed-rules.md. */
function close({ id, planRule, hostnames, namespace, routeKind, listeners, matches, ingresses, routeAnnotations, closedBy }: LoweredRule, code: string): LoweredRule {
  const frame = { id, planRule, hostnames, namespace, routeKind, listeners, matches, ingresses, routeAnnotations };
  return { ...frame, filters: none, backendRefs: none, policies: none, extensions: none, closedBy: [...closedBy, code] };
}

const isRedirect = ({ filters }: LoweredRule): boolean => filters.some(({ type }) => type === 'RequestRedirect');

/**
 * Rules for an existing Gateway. What the lost settings of a listener protected (client certificates) must not be served without them, over
 * any listener, so those rules are closed unless the user accepts the loss.
 */
export function closeUnprotected(context: EmitContext, report: (finding: Finding) => void): LoweredPlan {
  const { plan, gateway, options } = context;
  const protectedHosts = new Set(plan.listeners.filter(({ policies, options: tls, clientAuthority }) => policies.length > 0 || tls !== undefined || clientAuthority !== undefined).map(({ hostname }) => hostname));
  if (protectedHosts.size === 0) return plan;
  const openHosts = new Set<string>();
  const told = new Set<string>();
  const rules = plan.rules.map((rule) => {
    const hosts = rule.hostnames.length === 0 ? [''] : rule.hostnames;
    const lost = hosts.filter((hostname) => protectedHosts.has(hostname));
    if (lost.length === 0 || rule.routeKind === 'TLSRoute') return rule;
    for (const host of lost) {
      if (told.has(host)) continue;
      told.add(host);
      const [ingress] = rule.ingresses;
      const about = ingress === undefined ? {} : aboutIngress(ingress);
      const finding = raise(codes, 'gateway/existing-listener-policy', about, { host: host === '' ? 'without name' : host, gateway: gateway.name });
      report(finding);
      if (options.accepted?.(finding) === true) openHosts.add(host);
    }
    return isRedirect(rule) || lost.every((host) => openHosts.has(host)) ? rule : close(rule, 'gateway/existing-listener-policy');
  });
  return { ...plan, rules };
}

/**
 * Rules whose policies set headers that say who a client is: where the Gateway does not take those of the client out, it could say so itself. An existing
 * Gateway is not changed, and one that is written takes out as many as it can.
 */
export function closeForgeable(context: EmitContext, report: (finding: Finding) => void): LoweredPlan {
  const { plan, gateway, options } = context;
  const code = options.existingGateway ? 'gateway/existing-identity-headers' : 'gateway/too-many-identity-headers';
  const removed = new Set(options.existingGateway ? [] : plan.removedHeaders);
  const told = new Map<string, boolean>();
  const rules = plan.rules.map((rule) => {
    const [ingress] = rule.ingresses;
    const kept = rule.identityHeaders?.filter((name) => !removed.has(name)) ?? [];
    if (kept.length === 0 || ingress === undefined) return rule;
    const name = `${ingress.ref.namespace}/${ingress.ref.name}`;
    let open = told.get(name);
    if (open === undefined) {
      const finding = raise(codes, code, aboutIngress(ingress), { object: name, gateway: gateway.name, headers: kept.join(', ') });
      report(finding);
      told.set(name, (open = options.accepted?.(finding) === true));
    }
    return open ? rule : close(rule, code);
  });
  return { ...plan, rules };
}

/** What the user has to look after when no Gateway is written. */
export function reportExisting({ plan, gateway }: EmitContext, report: (finding: Finding) => void): void {
  if (plan.rules.length === 0) return;
  const namespaces = [...new Set(plan.rules.map(({ namespace }) => namespace))].sort(compareText).join(', ');
  report(raise(codes, 'gateway/existing-listeners', {}, { gateway: gateway.name, namespaces }));
  const kinds = [...new Set(plan.gatewayPolicies.map(({ kind }) => kind))].sort(compareText).join(', ');
  if (kinds !== '') report(raise(codes, 'gateway/existing-gateway-policy', {}, { gateway: gateway.name, kinds }));
}
