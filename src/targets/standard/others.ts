import { defineCodes, raise, type Subject } from '../../diagnostics/finding.ts';
import type { IntentOf } from '../../plan/intents.ts';
import type { Lower, LoweringContext } from '../define.ts';
import { namespaceOf } from '../lower-rule.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';
import { protectionCodes } from './protections.ts';

export const otherCodes = defineCodes({
  'service-upstream/lost': {
    fidelity: 'lost',
    risk: 'none',
    what: '{key} is lost: whether requests go to the pods or to the address of the Service is up to the gateway.',
    why: 'The Gateway API leaves it to the implementation.',
    do: 'Check your gateway if a service mesh relies on the address of the Service.',
    source: 'https://gateway-api.sigs.k8s.io/concepts/service-facets/',
  },
  'fallback-backend/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: while {service} is not used in its place, requests to a Service without ready pods end in an error.',
    why: 'A rule of the Gateway API has no second backend for the time when the first has no endpoints.',
    do: 'Keep a pod ready, or use a failover policy of your gateway.',
  },
  'mirror/lost': {
    fidelity: 'lost',
    risk: 'none',
    what: '{key} is lost: nothing is sent to {target} any more.',
    why: 'RequestMirror takes a Service over plain HTTP with the path of the request: {reason}.',
    do: 'Mirror to a Service of the cluster.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprequestmirrorfilter',
  },
  'mirror/differs': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The copies sent to {target} carry the Host of the request and its body.',
    why: 'RequestMirror copies the request as it is; mirror-host and mirror-request-body have no counterpart.',
    do: 'Check that the mirror accepts the public host name.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprequestmirrorfilter',
  },
  'snippet/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key}, line {line}: {directive} is lost.',
    why: 'It is configuration of nginx for which the conversion has no field.',
    do: 'Read what the directive does and find the field or policy for it.',
  },
});

export const lowerServiceUpstream: Lower<'service-upstream'> = (intent, _draft, context) =>
  intent.enabled
    ? { kind: 'lost', findings: [raise(otherCodes, 'service-upstream/lost', subjectOf(intent, context), { key: keyOf(intent) })] }
    : { kind: 'exact' };

export const lowerFallbackBackend: Lower<'fallback-backend'> = (intent, _draft, context) => {
  const { namespace, name } = intent.service;
  const args = { key: keyOf(intent), service: `${namespace}/${name}` };
  return { kind: 'lost', findings: [raise(otherCodes, 'fallback-backend/lost', subjectOf(intent, context), args)] };
};

const mirrorUrl = /^(https?):\/\/([^/:$]+)(?::(\d{1,5}))?(.*)$/i;
const clusterName = /^([a-z0-9][a-z0-9-]*)\.([a-z0-9][a-z0-9-]*)\.svc(?:\.cluster\.local)?\.?$/;

interface MirrorService {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

/** Service behind a mirror-target, or why there is none. */
function mirrorService(target: string): MirrorService | { readonly reason: string } {
  const url = mirrorUrl.exec(target);
  const service = clusterName.exec(url?.[2] ?? '');
  if (url === null || service === null) return { reason: 'the target is no Service of the cluster' };
  if (url[1]?.toLowerCase() !== 'http') return { reason: 'the target wants TLS' };
  const path = url[4] ?? '';
  if (path !== '' && path !== '/' && path !== '$request_uri') return { reason: 'the target has a path of its own' };
  return { name: service[1] ?? '', namespace: service[2] ?? '', port: Number(url[3] ?? 80) };
}

export const lowerMirror: Lower<'mirror'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const { target } = intent;
  const service = mirrorService(target);
  if ('reason' in service) {
    return { kind: 'lost', findings: [raise(otherCodes, 'mirror/lost', subject, { key: keyOf(intent), target, reason: service.reason })] };
  }
  const { name, namespace, port } = service;
  const backendRef = namespace === namespaceOf(context) ? { name, port } : { name, namespace, port };
  draft.filters.push({ type: 'RequestMirror', requestMirror: { backendRef } });
  return { kind: 'approximate', findings: [raise(otherCodes, 'mirror/differs', subject, { target })] };
};


/** Of the directive, not of the whole annotation. */
function directiveSubject(intent: IntentOf<'snippet'>, context: LoweringContext): Subject {
  const subject = subjectOf(intent, context);
  const { origin } = subject;
  return origin === undefined ? subject : { ...subject, origin: { source: origin.source, path: [...origin.path, intent.line] } };
}

export const lowerSnippet: Lower<'snippet'> = (intent, _draft, context) => {
  const args = { key: keyOf(intent), line: String(intent.line), directive: intent.directive };
  const subject = directiveSubject(intent, context);
  if (intent.protective) return { kind: 'closed', findings: [raise(protectionCodes, 'snippet/protection-lost', subject, args)] };
  return { kind: 'lost', findings: [raise(otherCodes, 'snippet/lost', subject, args)] };
};

export const lowerMetadata: Lower<'metadata'> = (intent, draft, { hostDraft }) => {
  const into = intent.on === 'route' ? draft.routeAnnotations : hostDraft.gatewayAnnotations;
  for (const [key, value] of intent.annotations) into.set(key, value);
  return { kind: 'exact' };
};
