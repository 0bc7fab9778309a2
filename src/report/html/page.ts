import { createHash } from 'node:crypto';
import { client } from './client.ts';
import { html, type Markup } from './markup.ts';
import { style } from './style.ts';

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * Nothing is loaded, nothing is sent, and only this style sheet and this script run: even markup that slipped through could do nothing.
 * `data:` images are for the empty icon, which keeps a browser from asking the server for one.
 */
function policy(): string {
  return ["default-src 'none'", `style-src ${hashOf(style)}`, `script-src ${hashOf(client)}`, 'img-src data:', "base-uri 'none'", "form-action 'none'"].join('; ');
}

/** The document around the content. Self-contained: no other file, no network. */
export function pageOf(title: string, body: Markup): string {
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: policy() }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the findings</a>
${body}
<script>${{ markup: client }}</script>
</body>
</html>
`;
  return head.markup;
}
