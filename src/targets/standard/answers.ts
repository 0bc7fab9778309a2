import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { CookieRewriteIntent, ErrorPagesIntent, TextReplacement } from '../../plan/intents.ts';
import type { Lower } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';
import { sizeWords } from './size-words.ts';

const lost = { fidelity: 'lost', risk: 'availability' } as const;
const modifiers = 'https://gateway-api.sigs.k8s.io/reference/spec/#httpheaderfilter';

export const answerCodes = defineCodes({
  'cookie-rewrite/lost': {
    ...lost,
    what: '{key} is lost: cookies of the backend keep {attributes}.',
    why: 'A ResponseHeaderModifier sets, adds or removes whole headers; none of its fields changes a part of Set-Cookie. A browser drops a cookie whose Domain is not its own, and sends one back only below its Path.',
    do: 'Make the application set the cookie as clients have to see it, before the switch.',
    source: modifiers,
  },
  'location-header/lost': {
    ...lost,
    what: '{key} is lost: redirects of the backend keep {from} in Location, where nginx wrote {to}.',
    why: 'A ResponseHeaderModifier sets, adds or removes whole headers; none of its fields changes a part of one.',
    do: 'Make the application redirect to addresses that clients reach, for example by X-Forwarded-Host and X-Forwarded-Proto.',
    source: modifiers,
  },
  'error-pages/lost': {
    ...lost,
    what: '{key} is lost: answers with {statuses} reach the client as they are, {instead}.',
    why: 'A rule of the Gateway API cannot replace an answer by that of another Service.',
    do: 'Let the application answer with its own error pages, or use a policy of your gateway for a fixed text.',
  },
  'response-header-size/lost': {
    ...lost,
    what: '{key} is lost: answers whose headers are larger than the gateway takes fail, and {size} were enough before.',
    why: 'The Gateway API has no field for the size of the headers of an answer.',
    do: 'Compare {size} with the limit of your gateway; large cookies and tokens are what needs it.',
  },
});

const sides = (replacement: TextReplacement | undefined, attribute: string): readonly string[] =>
  replacement === undefined ? [] : [`the ${attribute} ${replacement.from}, where nginx wrote ${replacement.to}`];

const attributesOf = ({ domain, path }: CookieRewriteIntent): string => [...sides(domain, 'Domain'), ...sides(path, 'Path')].join(', and ');

export const lowerCookieRewrite: Lower<'cookie-rewrite'> = (intent, _draft, context) => ({
  kind: 'lost',
  findings: [raise(answerCodes, 'cookie-rewrite/lost', subjectOf(intent, context), { key: keyOf(intent), attributes: attributesOf(intent) })],
});

export const lowerLocationHeader: Lower<'location-header'> = (intent, _draft, context) => ({
  kind: 'lost',
  findings: [raise(answerCodes, 'location-header/lost', subjectOf(intent, context), { key: keyOf(intent), ...intent.replace })],
});

/** Who answered in place of the errors, as a clause. */
export function replacedBy({ service, ownErrorsOnly, setting }: ErrorPagesIntent): string {
  // The list of the ConfigMap without --default-backend-service makes every such answer a 500, measured on the controller.
  const alone = setting === undefined ? 'where the controller answered 404' : 'where nginx answered 500, since no default backend is known';
  const answer = service === undefined ? alone : `where Service ${service.namespace}/${service.name} answered`;
  return ownErrorsOnly ? `${answer} for errors of nginx itself` : answer;
}

export const lowerErrorPages: Lower<'error-pages'> = (intent, _draft, context) => {
  const args = { key: keyOf(intent), statuses: intent.statuses.join(', '), instead: replacedBy(intent) };
  return { kind: 'lost', findings: [raise(answerCodes, 'error-pages/lost', subjectOf(intent, context), args)] };
};

export const lowerResponseHeaderSize: Lower<'response-header-size'> = (intent, _draft, context) => ({
  kind: 'lost',
  findings: [raise(answerCodes, 'response-header-size/lost', subjectOf(intent, context), { key: keyOf(intent), size: sizeWords(intent.maxBytes) })],
});
