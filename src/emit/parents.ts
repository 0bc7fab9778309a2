import type { JsonObject } from '../model/gateway.ts';
import type { LoweredRule } from '../targets/lowered.ts';
import type { EmitContext } from './context.ts';
import { listenerHosts, type EmittedListener } from './listeners.ts';
import type { HostPlaces, Layout } from './layout.ts';

/** What decides where a route attaches. */
interface Attachment {
  readonly hostnames: readonly string[];
  readonly namespace: string;
  readonly kind: LoweredRule['routeKind'];
  readonly scope: LoweredRule['listeners'];
}

/** parentRefs of a route. Never by port: the standard channel does not tell references apart by it, and many implementations ignore it. */
export type ParentRefs = (attachment: Attachment) => readonly JsonObject[];

/** Names of the listeners that an existing Gateway must have. */
const existingSections = { http: 'http', https: 'https' } as const;

function listenersAt(places: HostPlaces, { kind, scope }: Attachment): readonly (EmittedListener | undefined)[] {
  if (kind === 'TLSRoute') return [places.tls];
  return [scope === 'https' ? undefined : places.http, scope === 'http' ? undefined : places.https];
}

function parentRef(name: string, { gateway }: EmitContext, namespace: string, sectionName: string | undefined): JsonObject {
  return {
    name,
    ...(namespace === gateway.namespace ? {} : { namespace: gateway.namespace }),
    ...(sectionName === undefined ? {} : { sectionName }),
  };
}

/** By sectionName, so that no route is served by a listener of another host or scheme. */
export function parentsInLayout(context: EmitContext, layout: Layout): ParentRefs {
  return (attachment) => {
    const seen = new Set<string>();
    const refs: JsonObject[] = [];
    for (const hostname of listenerHosts(attachment.hostnames)) {
      const places = layout.places.get(hostname);
      if (places === undefined) continue;
      for (const listener of listenersAt(places, attachment)) {
        const key = `${places.gateway} ${listener?.name ?? ''}`;
        if (listener === undefined || seen.has(key)) continue;
        seen.add(key);
        refs.push(parentRef(places.gateway, context, attachment.namespace, listener.name));
      }
    }
    if (refs.length === 0) throw new Error(`no ${attachment.scope} listener for ${attachment.hostnames.join(', ')}`);
    return refs;
  };
}

/** The listeners of an existing Gateway are unknown. A route for one scheme must not attach to the other's, so it names the usual section. */
export function parentsOfExisting(context: EmitContext): ParentRefs {
  const { name } = context.gateway;
  return ({ namespace, kind, scope }) => {
    const section = kind === 'TLSRoute' || scope === 'both' ? undefined : existingSections[scope];
    return [parentRef(name, context, namespace, section)];
  };
}
