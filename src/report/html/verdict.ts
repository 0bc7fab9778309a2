import { statusCounts, severityCounts, annotationCounts, requestCounts } from '../counts.ts';
import type { Report, ReportContext, Verified } from '../define.ts';
import { comparedBy } from '../compared.ts';
import { verifiedText } from '../divergences.ts';
import { html, name, nothing, type Markup } from './markup.ts';
import { unreadNoun } from '../words.ts';
import { counted, numeral } from './words.ts';

interface Verdict {
  readonly kind: 'stop' | 'check' | 'go';
  readonly title: string;
  readonly text: string;
}

/** An accepted loss is still a loss: no sentence may sound as if there were none. */
function acceptedText(report: Report): string {
  const { accepted } = severityCounts(report);
  return accepted === 0 ? '' : `; ${counted(accepted, 'finding was', 'findings were')} accepted by name`;
}

/** What decides the exit code of verify. */
function comparedVerdict(verified: Verified, { failed, failOn }: ReportContext): Verdict {
  const { explained, unexplained } = requestCounts(verified);
  if (unexplained > 0) return { kind: failed ? 'stop' : 'check', title: failed ? 'Not ready to switch' : 'Decisions are open', text: `${counted(unexplained, 'request is', 'requests are')} answered differently, and nothing explains it.` };
  if (failed) return { kind: 'stop', title: 'Not ready to switch', text: `Findings that do not pass --fail-on ${failOn} explain some of ${counted(explained, 'difference')}.` };
  if (explained > 0) return { kind: 'check', title: 'Ready after a check', text: `${counted(explained, 'request is', 'requests are')} answered differently, and findings say why.` };
  return { kind: 'go', title: 'Ready to switch', text: 'Every request goes where it went.' };
}

export function verdictOf(report: Report, context: ReportContext): Verdict {
  const compared = comparedBy(report, context);
  if (compared !== undefined) return comparedVerdict(compared, context);
  const { failed, failOn } = context;
  const { error, warning } = severityCounts(report);
  const unreadable = report.counts.unreadable > 0 ? ` ${counted(report.counts.unreadable, ...unreadNoun(report))} could not be read and ${report.counts.unreadable === 1 ? 'is' : 'are'} not part of this account.` : '';
  if (failed) {
    const reason = error > 0 ? `${counted(error, 'finding')} must be decided before traffic moves` : `The gate --fail-on ${failOn} is not passed`;
    const others = warning === 0 ? '' : `; ${counted(warning, 'finding tells', 'findings tell')} what else will behave differently`;
    return { kind: 'stop', title: 'Not ready to switch', text: `${reason}${others}.${unreadable}` };
  }
  if (error > 0) return { kind: 'check', title: 'Decisions are open', text: `${counted(error, 'finding')} must be decided before traffic moves, though the gate --fail-on ${failOn} lets the run pass.${unreadable}` };
  if (warning > 0) return { kind: 'check', title: 'Ready after a check', text: `No open finding takes a protection away${acceptedText(report)}. ${counted(warning, 'finding tells', 'findings tell')} what will behave differently, to be read before traffic moves.${unreadable}` };
  if (unreadable !== '') return { kind: 'check', title: 'Ready, as far as it could be read', text: unreadable.trim() };
  if (report.sources.length === 0) return { kind: 'go', title: 'Nothing to migrate', text: 'The input holds no Ingress.' };
  return { kind: 'go', title: 'Ready to switch', text: `Nothing is open that asks for a decision${acceptedText(report)}.` };
}

function figure(count: number, label: string, note: string): Markup {
  return html`<div><dt>${label}</dt><dd><b>${numeral(count)}</b> <span>${note}</span></dd></div>`;
}

function figures(report: Report): Markup {
  const status = statusCounts(report);
  return html`<dl class="figures">
${figure(status.converted, 'Converted', 'nothing of them is lost')}
${figure(status.partial, 'Partial', 'written, with a loss')}
${figure(status.refused, 'Refused', 'nothing written')}
${figure(status.skipped, 'Skipped', 'not of this controller')}
</dl>`;
}

function facts(report: Report): Markup {
  const { target } = report;
  const annotations = Object.entries(annotationCounts(report)).map(([outcome, count]) => `${numeral(count)} ${outcome}`).join(', ');
  const written = [...report.written].map(([kind, count]) => `${numeral(count)} ${kind}`).join(', ');
  const { accepted } = severityCounts(report);
  return html`<dl class="facts">
<div><dt>Target</dt><dd>${name(target.name)}${target.version === '' ? nothing : html` ${name(target.version)}`}, Gateway API ${target.gatewayApiVersion}, ${target.channel} channel</dd></div>
<div><dt>Annotations</dt><dd>${annotations}</dd></div>
<div><dt>Written</dt><dd>${written === '' ? 'nothing' : written}</dd></div>
${report.verified === undefined ? nothing : html`<div><dt>Compared</dt><dd>${verifiedText(report.verified)}</dd></div>`}
${accepted === 0 ? nothing : html`<div><dt>Accepted</dt><dd>${counted(accepted, 'finding')}</dd></div>`}
</dl>`;
}

/** What a reader of ten seconds takes away. */
export function headerOf(report: Report, context: ReportContext): Markup {
  const verdict = verdictOf(report, context);
  return html`<header class="top">
<p class="over">From ingress-nginx to the Gateway API: ${counted(report.sources.length, 'Ingress', 'Ingresses')}</p>
<h1 class="${verdict.kind}">${verdict.title}</h1>
<p class="lead">${verdict.text}</p>
${figures(report)}
${facts(report)}
</header>`;
}
