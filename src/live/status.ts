import { raise, type Finding } from '../diagnostics/finding.ts';
import type { ExistingObject, JsonObject } from '../model/gateway.ts';
import { numberIn, objectIn, objectsIn, textIn } from '../model/json.ts';
import { codes } from './codes.ts';

type Code = 'status/not-accepted' | 'status/unresolved' | 'status/not-programmed' | 'status/partially-invalid' | 'status/conflicted';

/** Conditions that must be true, or must not. Deprecated ones (Scheduled, Ready) are left out. */
const wanted: Readonly<Record<string, { readonly status: 'True' | 'False'; readonly code: Code }>> = {
  Accepted: { status: 'True', code: 'status/not-accepted' },
  ResolvedRefs: { status: 'True', code: 'status/unresolved' },
  Programmed: { status: 'True', code: 'status/not-programmed' },
  PartiallyInvalid: { status: 'False', code: 'status/partially-invalid' },
  Conflicted: { status: 'False', code: 'status/conflicted' },
};

interface Judged {
  readonly object: ExistingObject;
  readonly name: string;
  readonly report: (finding: Finding) => void;
}

function reasonOf(condition: JsonObject): string {
  const message = (textIn(condition, 'message') ?? '').replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');
  return [textIn(condition, 'reason') ?? 'no reason', message].filter((part) => part !== '').join(', ');
}

/** What nobody has looked at yet: the API server fills in `Unknown` and `Pending` for Gateways. */
const isPending = (condition: JsonObject): boolean => textIn(condition, 'status') === 'Unknown' && textIn(condition, 'reason') === 'Pending';

/** Conditions of one place: the object for a parent, a Gateway, or one of its listeners. */
function judge(conditions: readonly JsonObject[], place: string, { object, name, report }: Judged): void {
  const { apiVersion, kind, metadata } = object;
  const subject = { object: { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name } };
  if (conditions.length === 0 || conditions.every(isPending)) {
    report(raise(codes, 'status/no-controller', subject, { object: name, place }));
    return;
  }
  const { generation } = metadata;
  const observed = conditions.map((condition) => numberIn(condition, 'observedGeneration')).filter((number) => number !== undefined);
  const oldest = Math.min(...observed);
  if (generation !== undefined && oldest < generation) report(raise(codes, 'status/outdated', subject, { object: name, place, observed: String(oldest), generation: String(generation) }));
  for (const condition of conditions) {
    const rule = wanted[textIn(condition, 'type') ?? ''];
    if (rule !== undefined && textIn(condition, 'status') !== rule.status) report(raise(codes, rule.code, subject, { object: name, place, reason: reasonOf(condition) }));
  }
}

const sameParent = (a: JsonObject, b: JsonObject, own: string): boolean =>
  textIn(a, 'name') === textIn(b, 'name') &&
  (textIn(a, 'namespace') ?? own) === (textIn(b, 'namespace') ?? own) &&
  textIn(a, 'sectionName') === textIn(b, 'sectionName') &&
  numberIn(a, 'port') === numberIn(b, 'port');

function judgeRoute(judged: Judged): void {
  const { spec, metadata, status = {} } = judged.object;
  const own = metadata.namespace ?? '';
  const reported = objectsIn(status, 'parents');
  for (const ref of objectsIn(spec, 'parentRefs')) {
    const section = textIn(ref, 'sectionName');
    const place = `${textIn(ref, 'kind') ?? 'Gateway'} ${textIn(ref, 'namespace') ?? own}/${textIn(ref, 'name') ?? ''}${section === undefined ? '' : ` (${section})`}`;
    const entries = reported.filter((entry) => sameParent(objectIn(entry, 'parentRef'), ref, own));
    if (entries.length === 0) judge([], place, judged);
    for (const entry of entries) judge(objectsIn(entry, 'conditions'), place, judged);
  }
}

function judgeGateway(judged: Judged): void {
  const { status = {} } = judged.object;
  judge(objectsIn(status, 'conditions'), 'the Gateway', judged);
  for (const listener of objectsIn(status, 'listeners')) judge(objectsIn(listener, 'conditions'), `listener ${textIn(listener, 'name') ?? ''}`, judged);
}

/** What the controllers say about routes and Gateways that exist. Other kinds say nothing about it that all controllers agree on. */
export function statusFindings(objects: readonly ExistingObject[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const object of objects) {
    const { kind, metadata } = object;
    const judged: Judged = { object, name: `${kind} ${metadata.namespace ?? ''}/${metadata.name}`, report: (finding) => void findings.push(finding) };
    if (kind.endsWith('Route')) judgeRoute(judged);
    else if (kind === 'Gateway' || kind === 'ListenerSet') judgeGateway(judged);
  }
  return findings;
}
