import { beforeAll, describe, expect, it } from 'vitest';
import { families } from '../../src/annotations/registry.ts';
import type { LedgerEntry } from '../../src/diagnostics/ledger.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { Migration } from '../../src/pipeline.ts';
import { missingCases, type Case } from '../support/missing-cases.ts';
import { fixtures } from '../support/fixtures.ts';
import { run } from '../support/migration.ts';

/** What every family has to show, on some target. */
const cases: readonly Case[] = ['exact', 'approximated', 'lost', 'inert', 'wrong value', 'regex host', 'on a canary', 'beside a canary', 'first Ingress', 'second Ingress'];

/** The plain API, and the target with the most policies. What other targets make of an intent is in their own expected files. */
const targets = ['standard', 'envoy-gateway'] as const;

const owner = new Map<string, string>(families.flatMap(({ id, keys }) => keys.map((key): [string, string] => [key, id])));
const shown = new Map(families.map(({ id }) => [id, new Set<Case>()]));
const familyOf = (key: string): string => owner.get(key.slice(key.lastIndexOf('/') + 1)) ?? '';

const outcomes: Readonly<Partial<Record<LedgerEntry['outcome'], Case>>> = { translated: 'exact', approximated: 'approximated', lost: 'lost', inert: 'inert' };

/** Codes about a value that the controller cannot use, whatever it does then. */
const wrongValue = /^(?:dropped\/invalid-annotation|denied\/.*|.*\/(?:ignored-.*|value-ignored|.*breaks-nginx|invalid.*|wrong-.*|unusable-.*|not-a-.*|negative|unit|unit-not-written|code-out-of-range|group-ignored|target-without-scheme|open-today|null-origin|no-usable-origin|skipped-origin))$/;

/** Where the annotations of an Ingress stand: on a regex host, beside a canary, beside another Ingress. */
function placesOf({ configuration }: Migration): ReadonlyMap<Ingress, ReadonlySet<Case>> {
  const places = new Map<Ingress, Set<Case>>();
  const add = (ingress: Ingress | undefined, place: Case): void => {
    if (ingress === undefined) return;
    const known = places.get(ingress);
    if (known === undefined) places.set(ingress, new Set([place]));
    else known.add(place);
  };
  for (const { ingresses, regex, locations } of configuration.servers) {
    if (regex !== undefined) for (const ingress of ingresses) add(ingress, 'regex host');
    if (ingresses.length > 1) for (const [at, ingress] of ingresses.entries()) add(ingress, at === 0 ? 'first Ingress' : 'second Ingress');
    for (const { ingress, backend } of locations) {
      if (backend.kind !== 'service' || backend.upstream.canary === undefined) continue;
      add(ingress, 'beside a canary');
      add(backend.upstream.canary.ingress, 'on a canary');
      if (regex !== undefined) add(backend.upstream.canary.ingress, 'regex host');
    }
  }
  return places;
}

function note(migration: Migration): void {
  const places = placesOf(migration);
  for (const { ingress, key, outcome, findings } of migration.ledger) {
    const seen = shown.get(familyOf(key));
    if (seen === undefined) continue;
    const wrong = findings.some(({ code }) => wrongValue.test(code));
    const kind = wrong ? 'wrong value' : outcomes[outcome];
    if (kind !== undefined) seen.add(kind);
    for (const place of places.get(ingress) ?? []) seen.add(place);
  }
  for (const { code, annotation, also = [] } of migration.findings) {
    if (wrongValue.test(code)) for (const key of [annotation ?? '', ...also]) shown.get(familyOf(key))?.add('wrong value');
  }
}

beforeAll(async () => {
  for (const fixture of fixtures) {
    for (const target of targets) note((await run([fixture.input, `--target=${target}`, ...fixture.options])).migration);
  }
}, 600_000);

describe.each(families.map(({ id }) => id))('the fixtures of %s', (id) => {
  it.each(cases)('show: %s', (name) => {
    const reason = missingCases[id]?.[name];
    expect(shown.get(id)?.has(name) === true, reason === undefined ? 'there is a fixture' : `there is none, because ${reason}`).toBe(reason === undefined);
  });
});

describe('the reasons for missing cases', () => {
  it('are about families that exist, and are sentences', () => {
    expect(Object.keys(missingCases).filter((id) => !shown.has(id))).toEqual([]);
    for (const reasons of Object.values(missingCases)) for (const reason of Object.values(reasons)) expect(reason.length).toBeGreaterThan(20);
  });
});
