import { defineCodes, raise, type Finding } from '../../diagnostics/finding.ts';
import type { PathMatch } from '../../model/gateway.ts';
import type { LocationMatch, PathAnswerIntent } from '../../plan/intents.ts';
import type { Lower, LoweringContext, Verdict } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import { readRegex } from '../regex.ts';
import { hostName, subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';
import { redirectTo } from './redirect-address.ts';
import { redirectAnswer, redirectCodes, redirectVerdict, sayableStatus } from './redirects.ts';
import { respondTo, withoutAnswer } from './refusals.ts';

const matching = 'https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch';
const locations = 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location';
const longerWhy = 'A location of nginx takes every path that starts with its text; a PathPrefix takes whole segments.';
const orderWhy = 'nginx tries expressions before prefixes; the Gateway API leaves the order to the implementation.';

export const pathAnswerCodes = defineCodes({
  'path-answer/longer-names': {
    fidelity: 'approximate',
    risk: 'security',
    what: '{key} also refuses names of {host} that go on after {path} without a slash ({path}x); they get the rule of a shorter path now.',
    why: longerWhy,
    do: 'Make sure that no application serves such a name, then accept the finding.',
    source: locations,
  },
  'path-answer/longer-names-forwarded': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{key} also answers names of {host} that go on after {path} without a slash ({path}x); they get the rule of a shorter path now.',
    why: longerWhy,
    do: 'Nothing, unless clients ask for such a name.',
    source: locations,
  },
  'path-answer/bare-name': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{path} of {host} without its final slash is answered as {key} says for what is below it.',
    why: 'A PathPrefix ignores a final slash; the location of nginx does not take the name alone.',
    do: 'Nothing, unless clients ask for {path} without its slash.',
    source: matching,
  },
  'path-answer/order': {
    fidelity: 'approximate',
    risk: 'security',
    what: 'Whether the refusal of {path} by {key} comes before the other paths of {host} depends on the gateway.',
    why: orderWhy,
    do: 'Name your gateway with --target, or test that {path} is refused and accept the finding.',
    source: matching,
  },
  'path-answer/order-unsure': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Whether {key} answers {path} before the other paths of {host} do depends on the gateway.',
    why: orderWhy,
    do: 'Name your gateway with --target, or test {path}.',
    source: matching,
  },
});

/** An expression of nginx, searched for anywhere, for engines that match the whole path and for engines that search. */
function expressionOf({ value, ignoreCase }: Extract<LocationMatch, { kind: 'regex' }>): string {
  const branches = readRegex(value).branches.map((branch) => (branch.startsWith('^') ? branch.slice(1) : `.*${branch}`));
  return `${ignoreCase ? '(?i)' : ''}^${branches.length === 1 ? branches.join('') : `(?:${branches.join('|')})`}.*$`;
}

const special = /[\\^$.*+?()[\]{}|]/g;

/** Other paths that start with the same letters: an expression would take them as well. */
function hasLonger(value: string, { host, rule }: LoweringContext): boolean {
  const others = rule.intents.flatMap((intent) => (intent.kind === 'path-answer' && intent.match.kind === 'prefix' ? [intent.match.value] : []));
  return [...host.rules.map(({ location }) => location.path), ...others].some((path) => path.length > value.length && path.startsWith(value) && path[value.length] !== '/');
}

interface Matches {
  readonly paths: readonly PathMatch[];
  /** Code of what the matches take in another way. */
  readonly code?: keyof typeof pathAnswerCodes;
}

/** Targets whose extent is known were measured: they try expressions before prefixes. */
function matchesOf({ match, answer }: PathAnswerIntent, context: LoweringContext): Matches {
  const refuses = answer.kind === 'response' && answer.status >= 400;
  const unordered = context.profile.regex.extent === 'unknown';
  if (match.kind === 'exact') return { paths: [{ type: 'Exact', value: match.value }] };
  if (match.kind === 'regex') {
    const paths = [{ type: 'RegularExpression', value: expressionOf(match) } as const];
    return unordered ? { paths, code: refuses ? 'path-answer/order' : 'path-answer/order-unsure' } : { paths };
  }
  const { value } = match;
  const prefix = { type: 'PathPrefix', value } as const;
  if (value.endsWith('/')) return { paths: [prefix], code: 'path-answer/bare-name' };
  // A part of the path is only kept where nothing but prefixes are matched.
  if (unordered || answer.kind === 'redirect' || hasLonger(value, context)) return { paths: [prefix], code: refuses ? 'path-answer/longer-names' : 'path-answer/longer-names-forwarded' };
  return { paths: [prefix, { type: 'RegularExpression', value: `^${value.replace(special, '\\$&')}[^/].*$` }] };
}

/** Both facts in one verdict. */
function withFinding(verdict: Verdict, finding: Finding | undefined): Verdict {
  if (finding === undefined || verdict.kind === 'closed') return verdict;
  return { kind: verdict.kind === 'lost' ? 'lost' : 'approximate', findings: [finding, ...(verdict.findings ?? [])] };
}

/** What the rule says; the pattern of an expression is no path that a redirect could keep a part of. */
function lowerAnswer(intent: PathAnswerIntent, draft: RuleDraft, context: LoweringContext, matches: readonly PathMatch[]): Verdict {
  const subject = subjectOf(intent, context);
  const { match, answer } = intent;
  const { value: name } = match;
  if (answer.kind === 'response') {
    const own = respondTo(intent, answer, context);
    const { code, finding } = withoutAnswer(intent, answer.status, context);
    draft.pathAnswers.push({ name, matches, redirect: undefined, response: own?.response, code });
    return own?.verdict ?? { kind: answer.status >= 400 ? 'approximate' : 'lost', findings: [finding] };
  }
  const { location, follows, status } = answer;
  const response = redirectAnswer(intent, answer, context);
  if (response !== undefined) {
    draft.pathAnswers.push({ name, matches, redirect: undefined, response, code: '' });
    return { kind: 'exact' };
  }
  const [first] = matches;
  const redirect = first === undefined ? { reason: 'nothing is matched' } : redirectTo(location, follows, first);
  if ('reason' in redirect) {
    draft.pathAnswers.push({ name, matches, redirect: undefined, response, code: 'redirect/unsayable' });
    return { kind: 'lost', findings: [raise(redirectCodes, 'redirect/unsayable', subject, { key: keyOf(intent), location, reason: redirect.reason })] };
  }
  const statusCode = sayableStatus(status, context.profile);
  draft.pathAnswers.push({ name, matches, redirect: { ...redirect, statusCode }, code: '' });
  return redirectVerdict(intent, answer, statusCode, subject);
}

/** A location of its own: a redirect, an answer, or one that forwards nothing. */
export const lowerPathAnswer: Lower<'path-answer'> = (intent, draft, context) => {
  const { paths, code } = matchesOf(intent, context);
  const args = { key: keyOf(intent), host: hostName(context.host.server), path: intent.match.value };
  return withFinding(lowerAnswer(intent, draft, context, paths), code === undefined ? undefined : raise(pathAnswerCodes, code, subjectOf(intent, context), args));
};
