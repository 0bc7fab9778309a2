import type { ControllerSettings } from '../../nginx/settings.ts';
import { readWord } from '../../nginx/values.ts';
import type { ProbeRequest } from '../outcome.ts';
import { pcre } from './pattern.ts';

/** Source of an nginx map: text without letter case, `~regex`, `~*regex`; a source that is no expression matches nothing here. */
function matches(source: string, value: string): boolean {
  const text = readWord(source);
  if (!text.startsWith('~')) return text.toLowerCase() === value.toLowerCase();
  const caseless = text.startsWith('~*');
  return pcre(text.slice(caseless ? 2 : 1), caseless ? 'i' : '')?.test(value) ?? false;
}

/** block-user-agents and block-referers answer 403 in the server, before its locations are looked at. */
export function isBlocked({ headers }: ProbeRequest, { blockUserAgents, blockReferers }: ControllerSettings): boolean {
  const [agent, referer] = [headers.get('user-agent') ?? '', headers.get('referer') ?? ''];
  return blockUserAgents.some((source) => matches(source, agent)) || blockReferers.some((source) => matches(source, referer));
}
