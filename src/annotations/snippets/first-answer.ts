import type { Server } from '../../nginx/configuration.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import type { PresentAnnotation } from '../define.ts';
import { lastAnswer } from './effects.ts';
import { readSnippet } from './read.ts';
import { serverSnippetOf } from './server.ts';
import { surroundingsOf } from './surroundings.ts';

/** What the server-snippet of a host answers before anything else: each request, or those over plain HTTP. */
export interface FirstAnswer {
  readonly to: 'all' | 'plain-http';
  readonly annotation: PresentAnnotation;
}

/**
 * The server-snippet stands before everything else that the controller writes into the server block, app-root included. Measured on the
 * controller.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
export function firstAnswer(server: Server, settings: ControllerSettings): FirstAnswer | undefined {
  const annotation = serverSnippetOf(server, settings);
  const [location] = server.locations;
  if (annotation === undefined || location === undefined) return undefined;
  const { steps } = readSnippet(annotation.raw, 'server', surroundingsOf('server', location, server, settings));
  if (lastAnswer(steps) !== undefined) return { to: 'all', annotation };
  return steps.some(({ kind }) => kind === 'https-redirect') ? { to: 'plain-http', annotation } : undefined;
}
