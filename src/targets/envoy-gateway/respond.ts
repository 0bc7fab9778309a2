import { sha256 } from '../../model/digest.ts';
import type { GatewayObject, JsonObject } from '../../model/gateway.ts';
import type { FixedAnswer, Respond } from '../define.ts';
import { envoyGatewayGroup, envoyGatewayVersion } from './policies.ts';

/** Envoy takes no more for an answer of its own (max_direct_response_body_size_bytes). */
const longestBody = 4096;

/** Envoy reads % in an answer as the start of a variable too, and refuses the whole listener over a bare one (measured on 1.9.1). */
const escaped = (text: string): string => text.replaceAll('%', '%%');

function directResponse({ status, body, contentType, headers = [] }: FixedAnswer): JsonObject {
  return {
    statusCode: status,
    ...(body === '' ? {} : { contentType, body: { type: 'Inline', inline: escaped(body) } }),
    ...(headers.length === 0 ? {} : { header: { set: headers.map(({ name, value }) => ({ name, value: escaped(value) })) } }),
  };
}

/** Answers of one content share a name; the plain ones say which they are. */
function nameOf(answer: FixedAnswer): string {
  return answer.body === '' && answer.headers === undefined ? `answer-${answer.status}` : `answer-${answer.status}-${sha256(JSON.stringify(directResponse(answer))).slice(0, 10)}`;
}

/** HTTPRouteFilter directResponse. Source: https://gateway.envoyproxy.io/docs/tasks/traffic/direct-response/ */
export const respond: Respond = (answer, namespace) => {
  const { status, body } = answer;
  if (status < 200 || status > 599 || Buffer.byteLength(body) > longestBody) return undefined;
  const extension: GatewayObject = { apiVersion: envoyGatewayVersion, kind: 'HTTPRouteFilter', metadata: { name: nameOf(answer), namespace }, spec: { directResponse: directResponse(answer) } };
  return { extension, filter: { type: 'ExtensionRef', extensionRef: { group: envoyGatewayGroup, kind: extension.kind, name: extension.metadata.name } } };
};
