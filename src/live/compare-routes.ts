import { textsIn } from '../model/json.ts';
import { compareText } from '../model/object.ts';
import { attachmentsOf, scopesOverlap, type Attachment, type ParentLookup } from './attachments.ts';
import { sameJson, without } from './canonical.ts';
import { wholeChange, type Change } from './change.ts';
import { entryChanges, orderChanges } from './compare-entries.ts';
import { changesOfFields, changesOfMetadata } from './compare-fields.ts';
import { entriesFor, entriesOf, type Entry } from './entries.ts';
import { hostsOf } from './host.ts';
import type { NormalObject } from './normal.ts';
import type { Counterpart } from './pairing.ts';

const compared = ['parentRefs', 'hostnames', 'rules'];

const nameOf = (id: string): string => id.slice(id.indexOf(' ') + 1);

function parentWords(attachments: readonly Attachment[]): readonly string[] {
  return [...new Set(attachments.map(({ parent, scope }) => `${nameOf(parent)} ${scope.startsWith('?') ? scope.slice(1) : scope}`.trim()))].sort(compareText);
}

/** Where the route is served. What routes found by meaning do for other listeners is another route's matter. */
function parentChanges(before: readonly Attachment[], after: readonly Attachment[], by: Counterpart['by']): readonly Change[] {
  const [was, is] = [by === 'name' ? before : before.filter((attachment) => scopesOverlap([attachment], after)), after].map(parentWords);
  if (was === undefined || is === undefined || was.join() === is.join()) return [];
  const words = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));
  return [wholeChange('parents', `attached to ${words(was)} became ${words(is)}`, was, is)];
}

/** Entries of the routes that exist, as far as the conversion's route is concerned. */
function concerned(existing: readonly NormalObject[], { desired, by }: Counterpart): readonly Entry[] {
  const entries = existing.flatMap(entriesOf);
  if (by === 'name') return entries;
  return entriesFor(hostsOf(textsIn(desired.spec, 'hostnames')), entries);
}

/** @param existing the counterpart's routes in the conversion's names */
export function routeChanges(counterpart: Counterpart, existing: readonly NormalObject[], lookups: { readonly desired: ParentLookup; readonly existing: ParentLookup }): readonly Change[] {
  const { desired, by } = counterpart;
  const [before, after] = [concerned(existing, counterpart), entriesOf(desired)];
  // With equal references, whether they fit the listeners is a matter of hostnames, and said of those.
  const isAlike = existing.every(({ spec }) => sameJson(spec['parentRefs'], desired.spec['parentRefs']));
  const attached = existing.flatMap((route) => attachmentsOf(route, lookups.existing));
  const [first] = existing;
  const single = existing.length === 1 && first !== undefined ? first : undefined;
  return [
    ...(isAlike ? [] : parentChanges(attached, attachmentsOf(desired, lookups.desired), by)),
    ...entryChanges(before, after),
    ...orderChanges(before, after),
    ...(single === undefined ? [] : [...changesOfFields(without(single.spec, ...compared), without(desired.spec, ...compared)), ...(by === 'name' ? changesOfMetadata(single, desired) : [])]),
  ];
}
