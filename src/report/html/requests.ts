import type { Report, ReportContext } from '../define.ts';
import { comparedBy, causesOf, type ComparedCause } from '../compared.ts';
import { verifiedText } from '../divergences.ts';
import { html, name, nothing, type Markup } from './markup.ts';
import { numeral } from './words.ts';

function row({ cause, explained, count, line, curl }: ComparedCause): Markup {
  return html`<tr><th scope="row">${explained ? nothing : html`<b>unexplained</b> `}${name(cause)}</th><td class="num">${numeral(count)}</td><td><code>${line}</code><br><code>${curl}</code></td></tr>`;
}

/** What verify compared: each cause with its smallest request. */
export function requestsOf(report: Report, context: ReportContext): Markup {
  const compared = comparedBy(report, context);
  if (compared === undefined) return nothing;
  const rows = causesOf(report, compared, context.failOn).map(row);
  const table = html`<table class="matrix"><caption>Each cause with the smallest request that shows it</caption><thead><tr><th scope="col">Because</th><th scope="col" class="num">Requests</th><th scope="col">Such as</th></tr></thead>
<tbody>${rows}</tbody></table>`;
  return html`<section aria-labelledby="requests"><h2 id="requests">Requests that are answered differently</h2>
<p class="intro">${verifiedText(compared)}. ADDRESS stands for the address of ingress-nginx or of the gateway.</p>
${rows.length === 0 ? html`<p>Every request goes where it went.</p>` : table}
</section>
`;
}
