import { raise, type Finding, type Subject } from '../diagnostics/finding.ts';
import { fatal, type Answer, type Problem } from '../input/cluster/answer.ts';
import type { ApiServer } from '../input/cluster/api-server.ts';
import { servedResources } from '../input/cluster/discovery.ts';
import { dryRunApply } from '../input/cluster/dry-run.ts';
import type { ResourceType } from '../input/cluster/resources.ts';
import { codes } from '../live/codes.ts';
import type { GatewayObject } from '../model/gateway.ts';
import type { ClusterFlags } from './cluster-options.ts';
import { connect } from './live.ts';
import { greet, groupOf } from './live-existing.ts';
import type { Streams } from './streams.ts';

/** What the API server says about the objects before any of them is applied. */
export interface DryRun {
  readonly findings: readonly Finding[];
  /** Every object was asked about. */
  readonly complete: boolean;
}

interface Asked {
  readonly object: GatewayObject;
  readonly answer: Answer | undefined;
}

const plural = (count: number): string => `${count} object${count === 1 ? '' : 's'}`;

function subjectOf({ apiVersion, kind, metadata }: GatewayObject): Subject {
  return { object: { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name } };
}

const nameOf = ({ kind, metadata }: GatewayObject): string => `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;

/** Field by field where the server says so; its message is all there is otherwise (a mistake that the apply itself finds is an HTTP 500 without details). */
function wordsOf({ causes = [], message }: Problem): string {
  const words = causes.length > 0 ? causes.join('; ') : message;
  return words.replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');
}

const missingNamespace = ({ kind, message }: Problem): string | undefined => (kind === 'not-found' ? /^namespaces "([^"]+)" not found$/u.exec(message)?.[1] : undefined);

/** RBAC's words; admission webhooks and quotas answer 403 as well, and theirs are about the object. */
const isNotAllowed = ({ kind, message }: Problem): boolean => kind === 'forbidden' && / is forbidden: User ".*" cannot (?:patch|create) resource /u.test(message);

/** What says nothing about the object: the question was not answered. */
const isUnasked = (problem: Problem): boolean => fatal(problem) || missingNamespace(problem) !== undefined || isNotAllowed(problem);

function counted(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function aboutAnswers(asked: readonly Asked[]): readonly Finding[] {
  return asked.flatMap(({ object, answer }): readonly Finding[] => {
    if (answer === undefined) return [];
    if (answer.ok) return answer.warnings.map((reason) => raise(codes, 'dry-run/warning', subjectOf(object), { object: nameOf(object), reason: reason.replace(/\.$/u, '') }));
    const { problem } = answer;
    if (isUnasked(problem)) return [];
    return [raise(codes, 'dry-run/refused', subjectOf(object), { object: nameOf(object), reason: wordsOf(problem) })];
  });
}

/** Kinds that the user may not apply, as one finding in the words about the first of them. */
function aboutPermissions(asked: readonly Asked[]): readonly Finding[] {
  const problems = asked.flatMap(({ object: { kind }, answer }) => (answer?.ok === false && isNotAllowed(answer.problem) ? [{ kind, problem: answer.problem }] : []));
  const [first] = problems;
  if (first === undefined) return [];
  const kinds = [...counted(problems.map(({ kind }) => kind))].map(([kind, count]) => `${kind} (${plural(count)})`).join(', ');
  return [raise(codes, 'dry-run/not-allowed', {}, { kinds, reason: wordsOf({ ...first.problem, causes: [] }) })];
}

/** What is wrong with more than one object at once. */
function aboutGroups(asked: readonly Asked[], unserved: readonly GatewayObject[]): readonly Finding[] {
  const problems = asked.map(({ answer }) => (answer?.ok === false ? answer.problem : undefined)).filter((problem) => problem !== undefined);
  const namespaces = counted(problems.map(missingNamespace).filter((name) => name !== undefined));
  const broken = problems.find(fatal);
  const unanswered = asked.filter(({ answer }) => answer === undefined || (!answer.ok && fatal(answer.problem))).length;
  return [
    ...[...namespaces].map(([namespace, count]) => raise(codes, 'dry-run/no-namespace', {}, { namespace, count: plural(count) })),
    ...[...counted(unserved.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))].map(([type, count]) => {
      const [apiVersion = '', kind = ''] = type.split(' ');
      return raise(codes, 'dry-run/not-served', {}, { kind, apiVersion, count: plural(count) });
    }),
    ...(broken === undefined ? [] : [raise(codes, 'dry-run/unanswered', {}, { count: plural(unanswered), reason: wordsOf(broken) })]),
  ];
}

async function typesFor(server: ApiServer, objects: readonly GatewayObject[]): Promise<(object: GatewayObject) => ResourceType | undefined> {
  const groups = [...new Set(objects.map(({ apiVersion }) => groupOf(apiVersion)))];
  const served = await Promise.all(groups.map(async (group) => await servedResources(server, group)));
  const types = served.flatMap((one) => one.types);
  return ({ apiVersion, kind }) => {
    const type = types.find((one) => one.group === groupOf(apiVersion) && one.kind === kind);
    return type === undefined ? undefined : { ...type, version: apiVersion.slice(apiVersion.indexOf('/') + 1) };
  };
}

/**
 * Sends each object as a server-side apply that stores nothing, one after the other in the order of the output: Gateways come before routes,
 * as some webhooks look for the parent. Stops when the server is gone.
 *
 * @throws UsageError or UnreachableError when the cluster cannot be used at all
 */
export async function dryRun(objects: readonly GatewayObject[], flags: ClusterFlags, streams: Streams): Promise<DryRun> {
  const server = await connect(flags, streams);
  try {
    await greet(server);
    const typeOf = await typesFor(server, objects);
    const unserved = objects.filter((object) => typeOf(object) === undefined);
    const asked: Asked[] = [];
    let gone = false;
    for (const object of objects) {
      const type = typeOf(object);
      if (type === undefined) continue;
      const answer: Answer | undefined = gone ? undefined : await dryRunApply(server, type, object, server.namespace);
      gone ||= answer?.ok === false && fatal(answer.problem);
      asked.push({ object, answer });
    }
    return { findings: [...aboutAnswers(asked), ...aboutPermissions(asked), ...aboutGroups(asked, unserved)], complete: asked.every(({ answer }) => answer !== undefined && (answer.ok || !isUnasked(answer.problem))) };
  } finally {
    server.close();
  }
}
