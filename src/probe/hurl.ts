import type { ProbeOutcome, ProbeRequest } from '../verify/outcome.ts';
import { authority, type Address } from './address.ts';
import { isAboutHeaders, type Expectation } from './known.ts';
import type { Sides } from './script.ts';

/** Text as Hurl reads it back: `#` begins a comment, `{{` a variable, and spaces at the ends fall off (https://hurl.dev/docs/grammar.html). */
function hurlText(text: string): string {
  return text.replace(/[\\#{}]|^ | $/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const usualPort = { http: 80, https: 443 } as const;

interface HurlOptions extends Sides {
  readonly timeoutSeconds: number;
  /** Requests a second, to each address. */
  readonly rate: number;
}

/** @param settings options of the entry beside those that every one has */
function entry({ method, scheme, host, target, headers }: ProbeRequest, address: Address, settings: readonly string[]): readonly string[] {
  return [
    `${method} ${scheme}://${hurlText(host)}${hurlText(target)}`,
    ...(headers.has('user-agent') ? [] : ['User-Agent: gwmigrate-probe']),
    ...[...headers].map(([name, value]) => `${name}: ${hurlText(value)}`),
    '[Options]',
    `connect-to: ${host}:${usualPort[scheme]}:${authority(address, address.ports[scheme] ?? usualPort[scheme])}`,
    'path-as-is: true',
    'http1.1: true',
    'location: false',
    ...(scheme === 'https' ? ['insecure: true'] : []),
    ...settings,
    'HTTP *',
  ];
}

interface Numbered {
  readonly request: ProbeRequest;
  /** From 1. */
  readonly number: number;
  readonly codes: readonly string[];
  /** What ingress-nginx answers, by its model. */
  readonly answer: ProbeOutcome;
}

/**
 * The old address is asked first and what it answers is kept; the new one must answer the same. Every pair has names of its own, so that
 * nothing is held against what another one kept.
 */
function pair({ request, number, codes, answer }: Numbered, { before, after, timeoutSeconds, rate }: HurlOptions): string {
  const redirected = answer.kind === 'redirected';
  const time = `max-time: ${Math.ceil(timeoutSeconds * 1000)}ms`;
  return [
    ...(codes.length === 0 ? [] : [`# expected to differ: ${codes.join(', ')}`]),
    ...entry(request, before, [time, `delay: ${Math.ceil(1000 / rate)}ms`]),
    '[Captures]',
    `status${number}: status`,
    ...(redirected ? [`location${number}: header "Location"`] : []),
    '',
    ...entry(request, after, [time]),
    '[Asserts]',
    `status == {{status${number}}}`,
    ...(redirected ? [`header "Location" == "{{location${number}}}"`] : []),
  ].join('\n');
}

/**
 * The requests as a file for Hurl: statuses, and the Location where ingress-nginx redirects. Hurl sends a Host header always, so requests
 * without one are left out. The same requests give the same bytes.
 */
export function renderHurl(requests: readonly ProbeRequest[], { predicted, nginx }: Pick<Expectation, 'predicted'> & { readonly nginx: (request: ProbeRequest) => ProbeOutcome }, options: HurlOptions): string {
  const named = requests.filter(({ host }) => host !== '');
  // Headers are not compared here.
  const codesOf = (request: ProbeRequest): readonly string[] => {
    const divergence = predicted(request);
    return divergence === undefined || isAboutHeaders(divergence) ? [] : divergence.explainedBy;
  };
  const pairs = named.map((request, at) => pair({ request, number: at + 1, codes: codesOf(request), answer: nginx(request) }, options));
  const head = [
    `# ${named.length} requests to the old and the new address of a migration. Written by gwmigrate probe --write.`,
    "# hurl --test --continue-on-error --noproxy '*' probe.hurl",
    '# Where a line says what is expected to differ, findings of the conversion announced the failure below it.',
    '',
  ];
  return `${head.join('\n')}\n${pairs.join('\n\n')}\n`;
}
