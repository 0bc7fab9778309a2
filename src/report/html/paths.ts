import type { ServedLocation, WrittenRule } from '../define.ts';
import { html, joined, name, nothing, type Markup } from './markup.ts';
import { answers, backendTexts, isClosed, matchTexts, ruleAt, settingTexts } from './rule-text.ts';
import type { IngressView } from './view.ts';
import { codeAnchor, shortened, spoken } from './words.ts';

const matchWord = { exact: 'exactly', prefix: 'prefix', regex: 'pattern' } as const;
const shownMatches = 3;
const longestText = 160;

function before({ host, path, match, automatic, backend, status, canary, asks }: ServedLocation): Markup {
  const goal = backend === '' || status !== undefined ? html`answers ${status ?? 503}` : html`→ ${name(backend)}${canary ? ' for a part of the requests' : ''}`;
  const why = automatic ? html`<br><span class="quiet">the / that nginx adds to every host</span>` : nothing;
  const wishes = asks.length === 0 ? nothing : html`<br><span class="quiet">${asks.map(spoken).join(', ')}</span>`;
  return html`${host === '' ? 'every host' : name(host)} <span class="quiet">${matchWord[match]}</span> ${name(path)}<br>${goal}${why}${wishes}`;
}

function closedText({ closedBy }: WrittenRule): Markup {
  const reasons = closedBy.map((code) => html`<a href="#${codeAnchor(code)}">${name(code)}</a>`);
  return html`<b class="closed">closed: forwards nothing</b>${reasons.length === 0 ? nothing : html` (${joined(reasons, ', ')})`}`;
}

function goalOf(written: WrittenRule): Markup {
  const rule = ruleAt(written.route, written.index);
  if (isClosed(rule)) return closedText(written);
  if (answers(rule)) return nothing;
  return html`→ ${joined(backendTexts(rule).map(name), ', ')}`;
}

function after(written: WrittenRule): Markup {
  const { route, index } = written;
  const rule = ruleAt(route, index);
  const matches = matchTexts(rule);
  const more = matches.length > shownMatches ? ` and ${matches.length - shownMatches} more` : '';
  const settings = settingTexts(rule);
  return html`<li>${route.kind} ${name(`${route.metadata.namespace ?? ''}/${route.metadata.name}`)} <span class="quiet">rule ${index + 1}</span><br>${joined(
    matches.slice(0, shownMatches).map((match) => name(shortened(match, longestText))),
    ', ',
  )}${more}${settings.length === 0 ? nothing : html`<br>${joined(settings.map((text) => name(shortened(text, longestText))), ', ')}`}<br>${goalOf(written)}</li>`;
}

function row(location: ServedLocation): Markup {
  const { rules } = location;
  return html`<tr><td>${before(location)}</td><td>${rules.length === 0 ? html`<span class="quiet">nothing written</span>` : html`<ul>${rules.map(after)}</ul>`}</td></tr>`;
}

/** An automatic `/` that only says 404 today, and that a gateway answers with 404 by itself, is no news. */
function isNews({ automatic, rules, status }: ServedLocation): boolean {
  return rules.length > 0 || !automatic || status !== 404;
}

/** Locations of nginx on the left, the rules that take their place on the right. */
export function beforeAndAfter({ locations }: IngressView): Markup {
  const rows = locations.filter(isNews).map(row);
  if (rows.length === 0) return nothing;
  return html`<table class="ba"><thead><tr><th scope="col">Before: ingress-nginx serves</th><th scope="col">After: rules that take over</th></tr></thead><tbody>${rows}</tbody></table>`;
}
