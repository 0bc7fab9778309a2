import type { Location, Server } from '../../nginx/configuration.ts';

/** A server, and a location of it, that answers whatever the request asks for; without the location the server looks for it. */
export interface Place {
  readonly server: Server;
  readonly location?: Location | undefined;
  /** The path is compared and rewritten as it is written, escapes and all, as gateways do. */
  readonly asWritten?: boolean;
}
