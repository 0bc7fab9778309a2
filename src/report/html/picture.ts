import { attachmentsOf, coarseGraph, fineGraph, withoutGateways, type Graph, type Node } from './graph.ts';
import { html, joined, name, nothing, type Markup } from './markup.ts';
import type { View } from './view.ts';
import { counted, shortened } from './words.ts';

/** Hosts that are still told apart in one picture, and namespaces. */
const mostHosts = 30;
const mostRoutes = 60;
const mostNamespaces = 24;
/** Gateways that are told apart in a picture of namespaces. */
const mostGateways = 2;

/** Units of the drawing: about a CSS pixel each at full width. */
const size = { width: 1000, row: 30, head: 30, pad: 10, hostRight: 250, frameLeft: 320, frameRight: 590, routeLeft: 660 } as const;
const longest = { host: 30, listener: 31, route: 42 } as const;

/** Spread over the height, in order. */
function spread(keys: readonly string[], height: number): ReadonlyMap<string, number> {
  const step = height / Math.max(1, keys.length);
  return new Map(keys.map((key, index) => [key, size.head + step * (index + 0.5)]));
}

interface Box {
  readonly title: string;
  readonly top: number;
  readonly height: number;
}

interface Columns {
  readonly height: number;
  readonly hosts: ReadonlyMap<string, number>;
  readonly listeners: ReadonlyMap<string, number>;
  readonly routes: ReadonlyMap<string, number>;
  readonly boxes: readonly Box[];
}

function columnsOf({ hosts, listeners, routes, frames }: Graph): Columns {
  const { row, pad } = size;
  const inFrames = (listeners.size + 1.8 * frames.size) * row;
  const height = Math.max(hosts.size * row, inFrames, routes.size * row);
  const slack = (height - inFrames) / Math.max(1, listeners.size + frames.size);
  const places = new Map<string, number>();
  const boxes: Box[] = [];
  let top: number = size.head;
  for (const { title, listeners: own } of frames.values()) {
    const first = top + row;
    own.forEach((listener, index) => places.set(listener, first + (row + slack) * (index + 0.5)));
    const bottom = first + (row + slack) * own.length + slack;
    boxes.push({ title, top, height: bottom - top + pad });
    top = bottom + 0.8 * row;
  }
  return { height: height + size.head + pad, hosts: spread([...hosts.keys()], height), listeners: places, routes: spread([...routes.keys()], height), boxes };
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

function curve(fromX: number, fromY: number, toX: number, toY: number): Markup {
  const middle = (fromX + toX) / 2;
  return html`<path d="M${fromX} ${rounded(fromY)}C${middle} ${rounded(fromY)} ${middle} ${rounded(toY)} ${toX} ${rounded(toY)}"/>`;
}

function label(x: number, y: number, anchor: 'start' | 'end', node: Node, length: number): Markup {
  const text = node.note === '' ? node.text : `${node.text}, ${node.note}`;
  const cut = shortened(node.text, Math.max(8, length - (node.note === '' ? 0 : node.note.length + 1)));
  const note = node.note === '' ? nothing : html` <tspan class="${node.alarm ? 'alarm' : 'quiet'}">${node.note}</tspan>`;
  return html`<text x="${x}" y="${rounded(y + 4)}" text-anchor="${anchor}"><title>${text}</title>${cut}${note}</text>`;
}

function drawing(graph: Graph, title: string): Markup {
  const columns = columnsOf(graph);
  const { hosts, listeners, routes } = columns;
  const { width, hostRight, frameLeft, frameRight, routeLeft } = size;
  const y = (places: ReadonlyMap<string, number>, key: string): number => places.get(key) ?? 0;
  const labels = (nodes: ReadonlyMap<string, Node>, places: ReadonlyMap<string, number>, x: number, anchor: 'start' | 'end', length: number): readonly Markup[] =>
    [...nodes].map(([key, node]) => label(x, y(places, key), anchor, node, length));
  return html`<svg viewBox="0 0 ${width} ${rounded(columns.height)}" role="img" aria-labelledby="pic-title pic-desc"><title id="pic-title">${title}</title>
<desc id="pic-desc">Lines lead from hosts on the left through the listeners of each Gateway to the routes on the right. The table after the picture says the same.</desc>
<g class="col"><text x="${hostRight - 8}" y="14" text-anchor="end">Hosts</text><text x="${frameLeft}" y="14">Gateways and listeners</text><text x="${routeLeft + 8}" y="14">Routes</text></g>
<g class="edge">${graph.toListener.map(([host, listener]) => curve(hostRight, y(hosts, host), frameLeft, y(listeners, listener)))}${graph.toRoute.map(([listener, route]) => curve(frameRight, y(listeners, listener), routeLeft, y(routes, route)))}</g>
${columns.boxes.map((box) => html`<rect x="${frameLeft}" y="${rounded(box.top)}" width="${frameRight - frameLeft}" height="${rounded(box.height)}"/><text class="frame" x="${frameLeft + 12}" y="${rounded(box.top + 20)}"><title>Gateway ${box.title}</title>${shortened(box.title, longest.listener)}</text>`)}
${labels(graph.hosts, hosts, hostRight - 8, 'end', longest.host)}
${labels(graph.listeners, listeners, frameLeft + 12, 'start', longest.listener)}
${labels(graph.routes, routes, routeLeft + 8, 'start', longest.route)}
</svg>`;
}

function linksFrom(links: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  for (const [from, to] of links) {
    const known = targets.get(from);
    if (known === undefined) targets.set(from, [to]);
    else known.push(to);
  }
  return targets;
}

function nodeText(node: Node | undefined): Markup {
  if (node === undefined) return nothing;
  return html`${name(node.text)}${node.note === '' ? nothing : html` (${node.note})`}`;
}

/** The picture in words: one row per listener. */
function tableOf(graph: Graph): Markup {
  const hosts = linksFrom(graph.toListener.map(([host, listener]) => [listener, host]));
  const routes = linksFrom(graph.toRoute);
  const row = (listener: string): Markup =>
    html`<tr><td>${nodeText(graph.listeners.get(listener))}</td><td>${joined((hosts.get(listener) ?? []).map((host) => nodeText(graph.hosts.get(host))), ', ')}</td><td>${joined((routes.get(listener) ?? []).map((route) => nodeText(graph.routes.get(route))), ', ')}</td></tr>`;
  const frames = [...graph.frames.values()].map(
    ({ title, listeners }) =>
      html`<table class="links"><caption>Gateway ${name(title)}</caption><thead><tr><th scope="col">Listener</th><th scope="col">Hosts</th><th scope="col">Routes</th></tr></thead><tbody>${listeners.map(row)}</tbody></table>`,
  );
  return html`<details class="fold"><summary>The picture as a table</summary>${frames}</details>`;
}

/** Hosts, Gateways, listeners and routes of what was written: one by one, or by namespace where they are too many. */
export function pictureOf({ detail }: View): Markup {
  const attachments = detail === undefined ? [] : attachmentsOf(detail.objects);
  if (attachments.length === 0) return nothing;
  const fine = fineGraph(attachments);
  const coarse = fine.hosts.size > mostHosts || fine.routes.size > mostRoutes;
  const graph = coarse ? coarseGraph(attachments, mostNamespaces) : fine;
  const drawn = coarse && fine.frames.size > mostGateways ? coarseGraph(withoutGateways(attachments, fine.frames.size), mostNamespaces) : graph;
  const title = `${counted(fine.hosts.size, 'host')}, ${counted(fine.frames.size, 'Gateway')}, ${counted(fine.listeners.size, 'listener')}, ${counted(fine.routes.size, 'route')}`;
  const intro = coarse ? `${title}: by namespace, as they are too many to draw. Each Ingress below names its own routes.` : `${title}.`;
  return html`<section aria-labelledby="picture"><h2 id="picture">How requests will travel</h2><p class="intro">${intro}</p>
<div class="picture" role="region" aria-label="Picture of hosts, Gateways, listeners and routes" tabindex="0">${drawing(drawn, title)}</div>
${tableOf(graph)}</section>
`;
}
