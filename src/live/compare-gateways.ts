import type { JsonObject } from '../model/gateway.ts';
import { objectsIn, textIn } from '../model/json.ts';
import { listenerHost, scopeOf } from './attachments.ts';
import { without } from './canonical.ts';
import { wholeChange, type Change } from './change.ts';
import { changesOfFields, changesOfMetadata } from './compare-fields.ts';
import { hostsMeet, hostWords } from './host.ts';
import type { Counterpart } from './pairing.ts';
import type { NormalObject } from './normal.ts';

const listenerWords = (listener: JsonObject): string => `listener ${scopeOf(listener)} of ${hostWords(listenerHost(listener))}`;
const meaning = (listener: JsonObject): string => `${scopeOf(listener)} ${listenerHost(listener)}`;
const protocolAndHost = (listener: JsonObject): string => `${textIn(listener, 'protocol') ?? ''} ${listenerHost(listener)}`;
const ownName = (listener: JsonObject): string => textIn(listener, 'name') ?? '';

interface Twin {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Listeners that are one: of equal scheme, port and host, then of equal name, then of equal scheme and host. */
function twinsOf(before: readonly JsonObject[], after: readonly JsonObject[]): { readonly twins: readonly Twin[]; readonly gone: readonly JsonObject[]; readonly added: readonly JsonObject[] } {
  const twins: Twin[] = [];
  let gone = before;
  let added = after;
  for (const keyOf of [meaning, ownName, protocolAndHost]) {
    for (const listener of added) {
      const twin = gone.find((candidate) => keyOf(candidate) === keyOf(listener));
      if (twin === undefined) continue;
      twins.push({ before: twin, after: listener });
      gone = gone.filter((candidate) => candidate !== twin);
      added = added.filter((candidate) => candidate !== listener);
    }
  }
  return { twins, gone, added };
}

/** Listeners of other hosts are their owners' business, unless applying the object is about them too. */
function isConcerned(listener: JsonObject, after: readonly JsonObject[], by: Counterpart['by']): boolean {
  const host = listenerHost(listener);
  return by === 'name' || (host !== '' && after.some((other) => listenerHost(other) !== '' && hostsMeet(host, listenerHost(other))));
}

/** Changes of what listens: Gateways and ListenerSets. */
export function gatewayChanges({ desired, by }: Counterpart, existing: NormalObject): readonly Change[] {
  const after = objectsIn(desired.spec, 'listeners');
  const { twins, gone, added } = twinsOf(objectsIn(existing.spec, 'listeners'), after);
  const whole = (listener: JsonObject, does: string, before: JsonObject | undefined, now: JsonObject | undefined): Change => ({
    ...wholeChange('listener', `${listenerWords(listener)} ${does}`, before, now),
    hosts: [listenerHost(listener)],
  });
  return [
    ...changesOfFields(without(existing.spec, 'listeners'), without(desired.spec, 'listeners')),
    ...twins.flatMap((twin) => changesOfFields(without(twin.before, 'name'), without(twin.after, 'name'), `${listenerWords(twin.before)}: `).map((change) => ({ ...change, aspect: `listener ${change.aspect}`, hosts: [listenerHost(twin.after)] }))),
    ...added.map((listener) => whole(listener, 'is added', undefined, listener)),
    ...gone.filter((listener) => isConcerned(listener, after, by)).map((listener) => whole(listener, 'is gone', listener, undefined)),
    ...(by === 'name' ? changesOfMetadata(existing, desired) : []),
  ];
}
