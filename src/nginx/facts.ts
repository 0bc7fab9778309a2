import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress, IngressTls } from '../model/ingress.ts';
import type { Denial } from './configuration.ts';
import { asksForMissingName, hostFault, lacksAuthority, locationFault, type DenyContext, type Fault } from './deny.ts';
import { pathWithCapture } from './forms.ts';
import { nameOf } from './naming.ts';
import type { AnnotationReader } from './reader.ts';
import { codes } from './refusal-codes.ts';
import { parseList } from './values.ts';

/** What shapes servers and locations, read once from one Ingress. */
export interface IngressFacts {
  readonly ingress: Ingress;
  /** Place in the controller's order. */
  readonly rank: number;
  readonly reader: AnnotationReader;
  readonly canary: boolean;
  readonly useRegex: boolean;
  /** '' when absent, and when the controller refuses the value, which is the same to it. */
  readonly rewriteTarget: string;
  /** Sorted, lower case unless a regular expression. */
  readonly aliases: readonly string[];
  /** All paths of the Ingress answer 503. */
  readonly denial: Denial | undefined;
  /** All paths of its hosts answer 403. */
  readonly hostFault: Fault | undefined;
  /** Has an authority for client certificates, as far as is known. */
  readonly authority: boolean;
  /** Compares the name in a certificate that nobody is asked for. */
  readonly missingName: boolean;
  /** First tls entry of each listed host, lower case. Built once: an Ingress may have hundreds. */
  readonly tlsByHost: ReadonlyMap<string, IngressTls>;
}

const noTls: ReadonlyMap<string, IngressTls> = new Map();

function indexTls(ingress: Ingress): ReadonlyMap<string, IngressTls> {
  if (ingress.tls.length === 0) return noTls;
  const byHost = new Map<string, IngressTls>();
  for (const entry of ingress.tls) {
    for (const host of entry.hosts) {
      const name = host.toLowerCase();
      if (!byHost.has(name)) byHost.set(name, entry);
    }
  }
  return byHost;
}

/** Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/rewrite/main.go */
function readRewriteTarget(reader: AnnotationReader): string {
  return pathWithCapture.test(reader.raw('rewrite-target') ?? '') ? reader.text('rewrite-target') : '';
}

function readAliases(reader: AnnotationReader): readonly string[] {
  const text = reader.text('server-alias');
  if (text === '') return [];
  return [...new Set(parseList(text).map((alias) => (alias.startsWith('~') ? alias : alias.toLowerCase())))].sort();
}

/** What shuts the paths may be allowed where the ConfigMap of the controller was not given. */
export function assumptionOf(ingress: Ingress, annotation: string, { assumed }: Fault): readonly Finding[] {
  return assumed === true ? [raise(codes, 'denied/other-namespace-assumed', aboutAnnotation(ingress, annotation), { annotation })] : [];
}

function denialOf(ingress: Ingress, reader: AnnotationReader, found: Fault | undefined, findings: Finding[]): Denial | undefined {
  if (found === undefined) return undefined;
  const annotation = reader.key(found.annotation);
  const finding = raise(codes, 'denied/annotation', aboutAnnotation(ingress, annotation), { ingress: nameOf(ingress.ref), annotation, problem: found.problem });
  findings.push(finding, ...assumptionOf(ingress, annotation, found));
  return { status: 503, finding };
}

/** Reads one Ingress; findings are appended. A canary's own protections do not count: the paths are the main Ingress's. */
export function readFacts(reader: AnnotationReader, rank: number, context: DenyContext, findings: Finding[]): IngressFacts {
  const { ingress } = reader;
  const canary = reader.isTrue('canary');
  const secret = reader.text('auth-tls-secret');
  return {
    ingress,
    rank,
    reader,
    canary,
    useRegex: reader.isTrue('use-regex'),
    rewriteTarget: readRewriteTarget(reader),
    aliases: readAliases(reader),
    denial: canary ? undefined : denialOf(ingress, reader, locationFault(reader, context), findings),
    hostFault: hostFault(reader, context),
    authority: secret !== '' && !lacksAuthority(secret, context.inventory),
    missingName: asksForMissingName(reader, context),
    tlsByHost: indexTls(ingress),
  };
}
