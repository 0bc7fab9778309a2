import type { AnnotationUse, FixedResponseIntent, Intent, MethodGuardIntent, RedirectIntent } from '../../plan/intents.ts';
import { listsOf } from './access.ts';
import { contentTypeOf } from './content-type.ts';
import type { SnippetAnswer, Step, Surroundings } from './define.ts';

interface HeaderState {
  readonly set: Map<string, { readonly name: string; readonly value: string }>;
  readonly add: Map<string, { readonly name: string; readonly value: string }>;
  readonly remove: Map<string, string>;
}

type ResponseStep = Extract<Step, { kind: 'response-header' }>;

/** The order in which nginx's filters see a response: the proxy drops headers, `more_*` acts as written, `add_header` comes last. */
const filters = ['proxy', 'more', 'add'] as const;

function applyResponse({ set, add, remove }: HeaderState, { act, name, value }: ResponseStep): void {
  const key = name.toLowerCase();
  const header = { name, value };
  if (act === 'remove') {
    set.delete(key);
    remove.set(key, name);
  } else if (act === 'set') {
    remove.delete(key);
    set.set(key, header);
  } else if (remove.delete(key)) {
    // Taken away from the backend's response and added anew: replaced.
    set.set(key, header);
  } else {
    const known = add.get(key);
    add.set(key, known === undefined ? header : { name, value: `${known.value}, ${value}` });
  }
}

function responseHeaders(steps: readonly Step[], from: readonly AnnotationUse[]): readonly Intent[] {
  const own = steps.filter((step) => step.kind === 'response-header');
  if (own.length === 0) return [];
  const state: HeaderState = { set: new Map(), add: new Map(), remove: new Map() };
  for (const filter of filters) for (const step of own) if (step.filter === filter) applyResponse(state, step);
  return [{ kind: 'response-headers', from, set: [...state.set.values()], add: [...state.add.values()], remove: [...state.remove.values()] }];
}

function requestHeaders(steps: readonly Step[], from: readonly AnnotationUse[]): readonly Intent[] {
  const set = new Map<string, { readonly name: string; readonly value: string }>();
  const remove = new Map<string, string>();
  const answered = new Map<string, string>();
  const own = steps.filter((step) => step.kind === 'request-header');
  // What comes in is changed before the proxy writes what goes out.
  for (const step of [...own.filter(({ filter }) => filter === 'more'), ...own.filter(({ filter }) => filter === 'proxy')]) {
    const key = step.name.toLowerCase();
    for (const before of [set, remove, answered]) before.delete(key);
    if (step.act === 'set') set.set(key, { name: step.name, value: step.value });
    else (step.act === 'remove' ? remove : answered).set(key, step.name);
  }
  if (set.size + remove.size + answered.size === 0) return [];
  return [{ kind: 'request-headers', from, set: [...set.values()], remove: [...remove.values()], ...(answered.size === 0 ? {} : { answered: [...answered.values()] }) }];
}

/** Several conditions on the method are one guard: all of them must let a request through. */
function methodGuard(steps: readonly Step[], from: readonly AnnotationUse[]): readonly MethodGuardIntent[] {
  let allowed: readonly string[] | undefined;
  const refused = new Set<string>();
  let status: number | undefined;
  for (const step of steps) {
    if (step.kind !== 'answer') continue;
    if (step.methods === undefined) break;
    status ??= step.answer.status;
    const { kind, methods } = step.methods;
    if (kind === 'only') for (const method of methods) refused.add(method);
    else allowed = allowed === undefined ? methods : allowed.filter((method) => methods.includes(method));
  }
  return status === undefined ? [] : [{ kind: 'method-guard', from, allowed: allowed?.filter((method) => !refused.has(method)), refused: [...refused].sort(), status }];
}

type Fixed = Pick<FixedResponseIntent, 'status' | 'body' | 'contentType' | 'headers'>;

function fixedAnswer({ status, body, contentType, headers = [] }: Extract<SnippetAnswer, { kind: 'response' }>, path: string, defaultType: string): Fixed {
  const stated = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
  const others = headers.filter(({ name }) => name.toLowerCase() !== 'content-type');
  return { status, body, contentType: body === '' ? '' : (stated ?? contentTypeOf(path, contentType ?? defaultType)), ...(others.length === 0 ? {} : { headers: others }) };
}

function redirectOf({ kind, status, location, follows, decodes }: Extract<SnippetAnswer, { kind: 'redirect' }>): Pick<RedirectIntent, 'kind' | 'status' | 'location' | 'follows' | 'decodes'> {
  return { kind, status, location, ...(follows === 'nothing' ? {} : { follows }), ...(decodes === undefined ? {} : { decodes }) };
}

function answerIntent(answer: SnippetAnswer, from: readonly AnnotationUse[], defaultType: string): Intent {
  if (answer.kind === 'response') return { kind: 'fixed-response', from, ...fixedAnswer(answer, '', defaultType) };
  return { from, ...redirectOf(answer) };
}

function pathAnswers(steps: readonly Step[], from: readonly AnnotationUse[], defaultType: string): readonly Intent[] {
  return steps.flatMap((step): readonly Intent[] => {
    if (step.kind !== 'path-answer') return [];
    const { match, answer } = step;
    if (answer.kind === 'response') return [{ kind: 'path-answer', from, match, answer: { kind: 'response', ...fixedAnswer(answer, match.kind === 'exact' ? match.value : '', defaultType) } }];
    return [{ kind: 'path-answer', from, match, answer: redirectOf(answer) }];
  });
}

function addressLists(steps: readonly Step[], from: readonly AnnotationUse[]): readonly Intent[] {
  const own = steps.filter((step) => step.kind === 'access');
  const lists = own.length === 0 ? undefined : listsOf(own);
  return lists === undefined || lists.allow.length + lists.deny.length === 0 ? [] : [{ kind: 'address-list', from, ...lists }];
}

/** The answer that every request gets which nothing before it has answered. */
export function lastAnswer(steps: readonly Step[]): SnippetAnswer | undefined {
  for (const step of steps) if (step.kind === 'answer' && step.methods === undefined) return step.answer;
  return undefined;
}

/** What the steps of one snippet ask of its locations, in words that no proxy owns. */
export function intentsOf(steps: readonly Step[], from: readonly AnnotationUse[], { defaultType }: Pick<Surroundings, 'defaultType'>): readonly Intent[] {
  const type = steps.findLast((step) => step.kind === 'content-type')?.value ?? defaultType;
  const answer = lastAnswer(steps);
  const plain = steps.find((step) => step.kind === 'https-redirect' || step.kind === 'plain-http');
  const before = plain === undefined ? steps.length : steps.indexOf(plain);
  return [
    ...methodGuard(steps.slice(0, before), from),
    ...methodGuard(steps.slice(before), from).map((guard) => ({ ...guard, behindPlainHttp: true }) as const),
    ...addressLists(steps, from),
    ...(plain?.kind === 'plain-http' ? [{ kind: 'plain-http', from, status: plain.status } as const] : []),
    ...(plain?.kind === 'https-redirect' ? [{ kind: 'https-redirect', from, status: plain.status, preserveTrailingSlash: true } as const] : []),
    ...(answer === undefined ? [] : [answerIntent(answer, from, type)]),
    ...pathAnswers(steps, from, type),
    ...requestHeaders(steps, from),
    ...responseHeaders(steps, from),
  ];
}
