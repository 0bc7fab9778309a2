import { compareText } from './model/object.ts';
import type { Ingress } from './model/ingress.ts';
import type { Inventory } from './model/inventory.ts';
import { CATCH_ALL, type Backend, type Location } from './nginx/configuration.ts';
import type { Migration } from './pipeline.ts';
import type { PlanHost, PlanRule, RuleId } from './plan/plan.ts';
import type { ReportDetail, ServedLocation, SupportCell, SupportMatrix, WrittenRule } from './report/define.ts';
import type { Target } from './targets/define.ts';

function rulesByPlan({ routes }: Migration): ReadonlyMap<RuleId, readonly WrittenRule[]> {
  const byPlan = new Map<RuleId, WrittenRule[]>();
  for (const { object, rules } of routes) {
    for (const [index, { rule }] of rules.entries()) {
      const written: WrittenRule = { route: object, index, closedBy: rule.closedBy };
      const known = byPlan.get(rule.planRule);
      if (known === undefined) byPlan.set(rule.planRule, [written]);
      else known.push(written);
    }
  }
  return byPlan;
}

function backendText(backend: Backend): string {
  return backend.kind === 'service' ? `${backend.namespace}/${backend.name}:${backend.port}` : '';
}

function statusOf({ denied, backend }: Location): number | undefined {
  return denied?.status ?? (backend.kind === 'none' ? backend.status : undefined);
}

const noRules: readonly WrittenRule[] = [];

function servedBy({ server, intents }: PlanHost, { id, location, intents: own }: PlanRule, rules: ReadonlyMap<RuleId, readonly WrittenRule[]>): ServedLocation {
  return {
    host: server.host === CATCH_ALL ? '' : server.host,
    path: location.path,
    match: location.match.kind,
    automatic: location.automatic,
    backend: backendText(location.backend),
    status: statusOf(location),
    canary: false,
    asks: [...new Set([...intents, ...own].map(({ kind }) => kind))].sort(compareText),
    rules: rules.get(id) ?? noRules,
  };
}

function locationsOf(migration: Migration): ReadonlyMap<Ingress, readonly ServedLocation[]> {
  const rules = rulesByPlan(migration);
  const locations = new Map<Ingress, ServedLocation[]>();
  const add = (ingress: Ingress | undefined, served: ServedLocation): void => {
    if (ingress === undefined) return;
    const known = locations.get(ingress);
    if (known === undefined) locations.set(ingress, [served]);
    else known.push(served);
  };
  for (const host of migration.plan.hosts) {
    for (const rule of host.rules) {
      const served = servedBy(host, rule, rules);
      const { ingress, backend } = rule.location;
      const canary = backend.kind === 'service' ? backend.upstream.canary : undefined;
      add(ingress, served);
      if (canary !== undefined && canary.ingress !== ingress) add(canary.ingress, { ...served, backend: `${canary.backend.namespace}/${canary.backend.name}:${canary.backend.port}`, canary: true });
    }
  }
  return locations;
}

function usedIntents({ plan }: Migration): ReadonlyMap<string, number> {
  const users = new Map<string, Set<Ingress>>();
  for (const { intents, rules } of plan.hosts) {
    for (const { kind, from } of [...intents, ...rules.flatMap((rule) => rule.intents)]) {
      let known = users.get(kind);
      if (known === undefined) users.set(kind, (known = new Set()));
      for (const { ingress } of from) known.add(ingress);
    }
  }
  return new Map([...users].filter(([, { size }]) => size > 0).map(([kind, { size }]) => [kind, size]));
}

function matrixOf(target: Target, migration: Migration): SupportMatrix {
  const cells = (table: Readonly<Record<string, SupportCell>>): ReadonlyMap<string, SupportCell> => new Map(Object.entries(table));
  return { title: target.title, intents: cells(target.capabilities), defaults: cells(target.defaults), used: usedIntents(migration) };
}

/** What the HTML report shows beside the findings. Linear in the plan and the objects. */
export function detailOf(inventory: Inventory, migration: Migration, target: Target): ReportDetail {
  return { objects: migration.objects, locations: locationsOf(migration), namespaces: inventory.namespaces, matrix: matrixOf(target, migration) };
}
