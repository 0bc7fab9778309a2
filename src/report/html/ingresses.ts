import { severityOf, type Finding } from '../../diagnostics/finding.ts';
import { messageOf } from '../../diagnostics/message.ts';
import { placeText } from '../../model/origin.ts';
import type { ReportedAnnotation, ReportedFinding } from '../define.ts';
import { severityWord } from './decisions.ts';
import { html, joined, name, nothing, type Markup } from './markup.ts';
import { beforeAndAfter } from './paths.ts';
import type { IngressView, View } from './view.ts';
import { codeAnchor, counted, shortened, spoken } from './words.ts';

const riskWord = { none: '', availability: 'availability', security: 'security' } as const;

/** Codes whose advice depends on the place: the one text of the group does not stand for all. */
export type OwnAdvice = ReadonlySet<string>;

function findingItem({ finding, accepted }: ReportedFinding, advice: OwnAdvice): Markup {
  const { what, todo } = messageOf(finding);
  const severity = severityOf(finding.entry);
  const link = accepted ? html`<span class="at">accepted: ${name(finding.code)}</span>` : html`<a href="#${codeAnchor(finding.code)}">${name(finding.code)}</a>`;
  return html`<li class="${severity}"><b class="mark">${severityWord[severity]}</b> <span>${what}${advice.has(finding.code) ? html` <em>${todo}</em>` : nothing} ${link}</span></li>`;
}

const severityRank = { error: 0, warning: 1, info: 2 } as const;
const rankOf = (finding: Finding): number => severityRank[severityOf(finding.entry)];

function findingList(findings: readonly ReportedFinding[], advice: OwnAdvice): Markup {
  if (findings.length === 0) return html`<p class="quiet">Nothing of its own; what nginx did unasked holds for every host.</p>`;
  const sorted = [...findings].sort((a, b) => rankOf(a.finding) - rankOf(b.finding));
  return html`<ul class="diff">${sorted.map((finding) => findingItem(finding, advice))}</ul>`;
}

/** Snippets are programs and may hold credentials, as may the user part of a URL: the report goes to more readers than the cluster has. */
function valueText(key: string, value: string): string {
  if (key.endsWith('-snippet') || value.includes('\n')) return counted(value.trim().split('\n').length, 'line');
  return shortened(value.replace(/:\/\/[^/@\s]*@/g, '://…@'), 72);
}

function annotationItem({ key, ingress }: ReportedAnnotation): Markup {
  const value = ingress.annotations.get(key);
  return html`<li>${name(key.replace(/^nginx\.ingress\.kubernetes\.io\//, ''))}${value === undefined ? nothing : html`: ${name(valueText(key, value))}`}</li>`;
}

const outcomes = ['lost', 'unknown', 'approximated', 'translated', 'inert'] as const;

function annotationList(annotations: readonly ReportedAnnotation[]): Markup {
  if (annotations.length === 0) return nothing;
  const rows = outcomes.map((outcome) => {
    const own = annotations.filter((entry) => entry.outcome === outcome);
    return own.length === 0 ? nothing : html`<div><dt>${spoken(outcome)}</dt><dd><ul>${own.map(annotationItem)}</ul></dd></div>`;
  });
  return html`<h4>Annotations</h4><dl class="outcomes">${rows}</dl>`;
}

function hostSummary(hosts: readonly string[]): Markup {
  if (hosts.length === 0) return nothing;
  const named = hosts.slice(0, 2).map((host) => (host === '' ? html`every host` : name(host)));
  return html`<span class="hosts">${joined(named, ', ')}${hosts.length > 2 ? ` and ${hosts.length - 2} more` : ''}</span>`;
}

function summaryLine({ source, hosts, risk }: IngressView): Markup {
  const { ref, status } = source;
  const stake = riskWord[risk] === '' ? nothing : html` <span class="risk ${risk}">${riskWord[risk]}</span>`;
  return html`<summary><h3>${name(`${ref.namespace}/${ref.name}`)}</h3>${hostSummary(hosts)}<span class="state"><span class="status ${status}">${status}</span>${stake}</span></summary>`;
}

function ownerLine({ owners }: IngressView, view: View): Markup {
  const texts = owners.flatMap((owner) => view.owners[owner] ?? []);
  return texts.length === 0 ? nothing : html` · ${joined(texts.map(name), ', ')}`;
}

function article(own: IngressView, view: View, advice: OwnAdvice): Markup {
  const { source, index, namespace, owners, hosts, risk } = own;
  return html`<article data-i="${index}" data-ns="${namespace}" data-owner=" ${owners.join(' ')} " data-risk="${risk}" data-hosts="${hosts.join(' ')}"><details>${summaryLine(own)}<div class="body" id="i${index}">
<p class="quiet">${name(placeText(source.origin.source.locate(source.origin.path)))}${ownerLine(own, view)}${source.reason === undefined ? nothing : html` · ${source.status}: ${source.reason}`}</p>
${beforeAndAfter(own)}
${source.status === 'skipped' && own.findings.length === 0 ? nothing : html`<h4>What changes</h4>${findingList(own.findings, advice)}`}
${annotationList(own.annotations)}
</div></details></article>
`;
}

/** Every Ingress, folded: what nginx serves for it, what takes over, and the difference. */
export function ingressesOf(view: View, advice: OwnAdvice): Markup {
  if (view.ingresses.length === 0) return nothing;
  return html`<section aria-labelledby="ingresses" class="ingresses"><h2 id="ingresses">Every Ingress, before and after</h2>
<p class="fold-all" hidden><button type="button" data-fold="open">Open all</button> <button type="button" data-fold="close">Close all</button></p>
<p class="none" hidden>No Ingress passes the filters.</p>
${view.ingresses.map((own) => article(own, view, advice))}</section>
`;
}
