import type { JsonObject } from '../../model/gateway.ts';
import { numberIn, objectIn, objectsIn, textIn } from '../../model/json.ts';

function statusesOf(match: JsonObject): string {
  const codes = objectsIn(match, 'statusCodes').map((code) => {
    const range = objectIn(code, 'range');
    return textIn(code, 'type') === 'Range' ? `${numberIn(range, 'start') ?? 0}-${numberIn(range, 'end') ?? 0}` : String(numberIn(code, 'value') ?? 0);
  });
  return [...new Set(codes)].sort().join(', ');
}

/** Answers that a BackendTrafficPolicy replaces by a fixed one. Source: https://gateway.envoyproxy.io/docs/tasks/traffic/response-override/ */
export function errorPagesOf(policy: JsonObject): string | undefined {
  const overrides = objectsIn(policy, 'responseOverride').map((override) => {
    const status = numberIn(objectIn(override, 'response'), 'statusCode');
    return `${statusesOf(objectIn(override, 'match'))} by ${status === undefined ? 'a fixed text' : String(status)}`;
  });
  return overrides.length === 0 ? undefined : overrides.join('; ');
}
