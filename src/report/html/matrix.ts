import type { Fidelity } from '../../diagnostics/finding.ts';
import { compareText } from '../../model/object.ts';
import type { SupportCell, SupportMatrix } from '../define.ts';
import { html, nothing, type Markup } from './markup.ts';
import type { View } from './view.ts';
import { counted, numeral, spoken } from './words.ts';

const fidelityWord: Readonly<Record<Fidelity, string>> = { exact: 'yes', approximate: 'about', lost: 'no' };

type Row = readonly [kind: string, cell: SupportCell];

function tableRow([kind, { fidelity, how }]: Row, used: number | undefined): Markup {
  return html`<tr><th scope="row">${spoken(kind)}</th><td class="fit ${fidelity}">${fidelityWord[fidelity]}</td><td>${how}</td>${used === undefined ? nothing : html`<td class="num">${used === 0 ? '–' : numeral(used)}</td>`}</tr>`;
}

function table(caption: string, rows: readonly Row[], used: ReadonlyMap<string, number> | undefined): Markup {
  const count = used === undefined ? nothing : html`<th scope="col" class="num">Ingresses</th>`;
  return html`<table class="matrix"><caption>${caption}</caption><thead><tr><th scope="col">What</th><th scope="col">Kept</th><th scope="col">How</th>${count}</tr></thead>
<tbody>${rows.map((row) => tableRow(row, used === undefined ? undefined : (used.get(row[0]) ?? 0)))}</tbody></table>`;
}

function sorted(cells: ReadonlyMap<string, SupportCell>): readonly Row[] {
  return [...cells].sort(([a], [b]) => compareText(a, b));
}

function intentTables({ intents, used }: SupportMatrix): Markup {
  const rows = sorted(intents);
  const asked = rows.filter(([kind]) => used.has(kind)).sort(([a], [b]) => (used.get(b) ?? 0) - (used.get(a) ?? 0));
  const others = rows.filter(([kind]) => !used.has(kind));
  return html`${asked.length === 0 ? nothing : table('Asked for by the annotations in this input', asked, used)}
${others.length === 0 ? nothing : html`<details class="fold"><summary>${counted(others.length, 'thing')} nobody here asks for</summary>${table('Not asked for in this input', others, undefined)}</details>`}`;
}

/** What the chosen target can say: the best case of each, first what this input asks for. */
export function matrixOf({ report, detail }: View): Markup {
  if (detail === undefined) return nothing;
  const { matrix } = detail;
  const { target } = report;
  return html`<section aria-labelledby="support"><h2 id="support">What the target can express</h2>
<p class="intro">${matrix.title}${target.version === '' ? '' : ` ${target.version}`}, Gateway API ${target.gatewayApiVersion}, ${target.channel} channel. “About” means that some of the meaning stays behind; the best case is given.</p>
${intentTables(matrix)}
<details class="fold"><summary>${counted(matrix.defaults.size, 'thing')} nginx does unasked</summary>${table('What nginx does unasked', sorted(matrix.defaults), undefined)}</details>
</section>
`;
}
