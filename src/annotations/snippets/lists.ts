import type { Location, Server } from '../../nginx/configuration.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { siblingsOf } from '../siblings.ts';
import { readSnippet } from './read.ts';
import { serverSnippetOf } from './server.ts';
import { surroundingsOf } from './surroundings.ts';

/** The configuration-snippet that acts on a location; '' for none. */
export const ownSnippet = ({ ingress }: Location, settings: ControllerSettings): string =>
  ingress === undefined || settings.allowSnippets === false ? '' : (siblingsOf(ingress, settings)('configuration-snippet')?.raw ?? '');

/** Whether a text that acts on the location lets addresses in or out. */
export function hasSnippetLists(location: Location, server: Server, settings: ControllerSettings): boolean {
  const lists = (raw: string, block: 'server' | 'location'): boolean => readSnippet(raw, block, surroundingsOf(block, location, server, settings)).steps.some(({ kind }) => kind === 'access');
  const ofLocation = [ownSnippet(location, settings), settings.raw.get('location-snippet') ?? ''];
  const ofServer = [serverSnippetOf(server, settings)?.raw ?? '', settings.raw.get('server-snippet') ?? ''];
  return ofLocation.some((raw) => lists(raw, 'location')) || ofServer.some((raw) => lists(raw, 'server'));
}
