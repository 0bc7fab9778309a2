import { html, nothing, type Markup } from './markup.ts';
import type { View } from './view.ts';
import { counted, numeral } from './words.ts';

function options(values: readonly string[], numbers: ReadonlyMap<number, number>): readonly Markup[] {
  return values.map((value, index) => html`<option value="${index}">${value === '' ? '(none)' : value} (${numeral(numbers.get(index) ?? 0)})</option>`);
}

function tally(numbers: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

/** Not a form: there is nowhere to send it to. The script shows the bar; without it everything is shown anyway. */
export function filtersOf(view: View): Markup {
  const { ingresses, namespaces, owners } = view;
  if (ingresses.length < 2) return nothing;
  const byNamespace = tally(ingresses.map(({ namespace }) => namespace));
  const byOwner = tally(ingresses.flatMap((ingress) => ingress.owners));
  const owner = html`<div><label for="f-owner">Owner label</label><select id="f-owner"><option value="">All</option>${options(owners, byOwner)}</select></div>`;
  return html`<section role="search" id="filters" aria-label="Filter this report" hidden>
<div><label for="f-ns">Namespace</label><select id="f-ns"><option value="">All</option>${options(namespaces, byNamespace)}</select></div>
<div><label for="f-host">Host contains</label><input id="f-host" type="text" autocomplete="off" spellcheck="false"></div>
<div><label for="f-risk">At risk</label><select id="f-risk"><option value="">All</option><option value="security">Security</option><option value="availability">Availability</option><option value="none">Nothing</option></select></div>
${owners.length === 0 ? nothing : owner}
<div class="act"><button type="button" id="f-clear">Clear</button></div>
<p role="status" aria-live="polite" id="f-count">${counted(ingresses.length, 'Ingress', 'Ingresses')}</p>
</section>`;
}
