import { messageOf } from '../diagnostics/message.ts';
import type { Report, ReportContext, Reporter } from './define.ts';
import { groupByCode } from './groups.ts';
import { requestsOf } from './html/requests.ts';
import { decisionsOf, sharedText } from './html/decisions.ts';
import { filtersOf } from './html/filters.ts';
import { ingressesOf, type OwnAdvice } from './html/ingresses.ts';
import { html as markup, nothing, type Markup } from './html/markup.ts';
import { matrixOf } from './html/matrix.ts';
import { pageOf } from './html/page.ts';
import { pictureOf } from './html/picture.ts';
import { headerOf, verdictOf } from './html/verdict.ts';
import { viewOf } from './html/view.ts';

/** Where one advice does not fit all places of a code, each Ingress gets its own. */
function ownAdvice(report: Report): OwnAdvice {
  const differing = groupByCode(report).filter((group) => sharedText(group, (finding) => messageOf(finding).todo) === undefined);
  return new Set(differing.map(({ code }) => code));
}

interface Part {
  readonly anchor: string;
  readonly title: string;
  readonly content: Markup;
}

function contents(parts: readonly Part[]): Markup {
  const links = parts.map(({ anchor, title }) => markup`<li><a href="#${anchor}">${title}</a></li>`);
  return markup`<nav aria-label="Contents"><ul>${links}</ul></nav>`;
}

function bodyOf(report: Report, context: ReportContext): Markup {
  const view = viewOf(report);
  const parts: readonly Part[] = [
    { anchor: 'first', title: 'To be done first', content: decisionsOf(view, context) },
    { anchor: 'requests', title: 'Requests that are answered differently', content: requestsOf(report, context) },
    { anchor: 'picture', title: 'How requests will travel', content: pictureOf(view) },
    { anchor: 'ingresses', title: 'Every Ingress', content: ingressesOf(view, ownAdvice(report)) },
    { anchor: 'support', title: 'What the target can express', content: matrixOf(view) },
  ].filter(({ content }) => content !== nothing);
  const { tool } = report;
  return markup`<div class="page">
${headerOf(report, context)}
${contents(parts)}
${filtersOf(view)}
<main id="main" tabindex="-1">
${parts.map(({ content }) => content)}</main>
<footer><p>Made by ${tool.name} ${tool.version}. <code>${context.program} explain CODE</code> tells more about a finding. This file loads nothing and sends nothing.</p></footer>
</div>`;
}

export const html: Reporter = {
  format: 'html',
  title: 'One self-contained page for people who decide',
  report: (report, context) => pageOf(`${verdictOf(report, context).title}: from ingress-nginx to the Gateway API`, bodyOf(report, context)),
};
