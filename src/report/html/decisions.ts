import type { Finding, Severity } from '../../diagnostics/finding.ts';
import { messageOf } from '../../diagnostics/message.ts';
import { placeText } from '../../model/origin.ts';
import type { ReportContext } from '../define.ts';
import { groupByCode, implicitPrefix, type FindingGroup } from '../groups.ts';
import { html, joined, name, nothing, type Markup } from './markup.ts';
import type { View } from './view.ts';
import { codeAnchor, counted } from './words.ts';

/** Places shown at once; the others are one click away. */
const shownPlaces = 6;

export const severityWord: Readonly<Record<Severity, string>> = { error: 'Decide', warning: 'Check', info: 'Note' };

/** Text that all findings of a group share, or undefined: then each finding says its own. */
export function sharedText(group: FindingGroup, text: (finding: Finding) => string): string | undefined {
  const [first, ...others] = group.findings;
  if (first === undefined) return undefined;
  const shared = text(first.finding);
  return others.every(({ finding }) => text(finding) === shared) ? shared : undefined;
}

function positionOf({ origin }: Finding): Markup {
  if (origin === undefined) return nothing;
  return html` <span class="at">${name(placeText(origin.source.locate(origin.path)))}</span>`;
}

function placeOf(finding: Finding, view: View): Markup {
  const own = finding.object === undefined ? undefined : view.byRef.get(finding.object);
  if (own !== undefined) {
    const { ref } = own.source;
    return html`<li data-of="${own.index}"><a href="#i${own.index}">${name(`${ref.namespace}/${ref.name}`)}</a>${positionOf(finding)}</li>`;
  }
  const { object } = finding;
  const subject = object === undefined ? html`the whole run` : html`${object.kind} ${name(object.namespace === '' ? object.name : `${object.namespace}/${object.name}`)}`;
  return html`<li>${subject}${positionOf(finding)}</li>`;
}

/** Two facts about one Ingress are one place; what is about no place at all holds for the whole run. */
function placesOf({ findings }: FindingGroup, view: View): readonly Markup[] {
  const placed = findings.filter(({ finding }) => finding.object !== undefined || finding.origin !== undefined);
  return [...new Map(placed.map(({ finding }) => [finding.object ?? finding, placeOf(finding, view)])).values()];
}

function placeList(places: readonly Markup[]): Markup {
  if (places.length === 0) return nothing;
  const first = places.slice(0, shownPlaces);
  const others = places.slice(shownPlaces);
  return html`<ul class="places">${first}</ul>${others.length === 0 ? nothing : html`<details class="more"><summary>${counted(others.length, 'more place')}</summary><ul class="places">${others}</ul></details>`}`;
}

/** A sentence that names one place stands for the others too. */
function example(text: string, shared: string | undefined): Markup {
  return shared === undefined ? html`<span class="eg">For one:</span> ${text}` : html`${text}`;
}

function decision(group: FindingGroup, view: View): Markup {
  const [first] = group.findings;
  if (first === undefined) return nothing;
  const message = messageOf(first.finding);
  const why = sharedText(group, (finding) => messageOf(finding).why);
  const todo = sharedText(group, (finding) => messageOf(finding).todo);
  const places = placesOf(group, view);
  return html`<article class="decision ${group.severity}" id="${codeAnchor(group.code)}">
<header><h3>${name(group.code)}</h3> <p class="count">${places.length === 0 ? 'everywhere' : counted(places.length, 'place')}</p></header>
<p class="what">${example(message.what, sharedText(group, (finding) => messageOf(finding).what))}</p>
<p class="why">${message.why}${why === undefined ? ' (The reason differs between places.)' : ''}</p>
<p class="do"><b>To do</b> ${example(message.todo, todo)}</p>
${placeList(places)}
</article>`;
}

function section(id: string, title: string, intro: string, groups: readonly FindingGroup[], view: View, folded: boolean): Markup {
  if (groups.length === 0) return nothing;
  const list = groups.map((group) => decision(group, view));
  return html`<section aria-labelledby="${id}" class="findings"><h2 id="${id}">${title}</h2><p class="intro">${intro}</p>
${folded ? html`<details class="fold"><summary>${counted(groups.length, 'kind')} of finding</summary>${list}</details>` : list}</section>
`;
}

function accepted({ report }: View): Markup {
  const codes = [...new Set(report.findings.filter((reported) => reported.accepted).map(({ finding }) => finding.code))];
  if (codes.length === 0) return nothing;
  return html`<section aria-labelledby="accepted"><h2 id="accepted">Accepted by name</h2><p class="intro">These losses were accepted with <code>--accept</code> and no longer count: ${joined(codes.map(name), ', ')}.</p></section>`;
}

const intros = {
  first: 'Each of these would let somebody in, or let data out, if nothing were done. A rule whose protection the target cannot express forwards nothing until somebody decides.',
  then: 'Requests are answered, but not in the way ingress-nginx answers them today.',
  unasked: 'ingress-nginx does these things for every host without being told to. No Ingress mentions them, so nobody will miss them in a review.',
  notes: 'Nothing to do: what was recognised, what never had an effect, what is kept by other means.',
} as const;

/** Every finding nobody accepted, once per code: what happens, why, what to do, and where. */
export function decisionsOf(view: View, { failed }: ReportContext): Markup {
  const groups = groupByCode(view.report);
  const explicit = groups.filter(({ code }) => !code.startsWith(implicitPrefix));
  const of = (severity: Severity): readonly FindingGroup[] => explicit.filter((group) => group.severity === severity);
  const first = of('error');
  const none = html`<section aria-labelledby="first"><h2 id="first">To be done first</h2><p class="intro">${failed ? 'No open finding takes a protection away; the gate is stricter than that.' : 'No open finding takes a protection away.'}</p></section>`;
  return html`${first.length === 0 ? none : section('first', 'To be done first', intros.first, first, view, false)}
${section('then', 'Behaves differently afterwards', intros.then, of('warning'), view, false)}
${section('unasked', 'What nginx did unasked', intros.unasked, groups.filter(({ code }) => code.startsWith(implicitPrefix)), view, true)}
${section('notes', 'For your information', intros.notes, of('info'), view, true)}
${accepted(view)}`;
}
