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
}

function entry({ method, scheme, host, target, headers }: ProbeRequest, address: Address, timeoutSeconds: number): readonly string[] {
  return [
    `${method} ${scheme}://${hurlText(host)}${hurlText(target)}`,
    'User-Agent: gwmigrate-probe',
    ...[...headers].map(([name, value]) => `${name}: ${hurlText(value)}`),
    '[Options]',
    `connect-to: ${host}:${usualPort[scheme]}:${authority(address, address.ports[scheme] ?? usualPort[scheme])}`,
    'path-as-is: true',
    'http1.1: true',
    'location: false',
    ...(scheme === 'https' ? ['insecure: true'] : []),
    `max-time: ${Math.ceil(timeoutSeconds * 1000)}ms`,
    'HTTP *',
  ];
}

/** The old address is asked first and what it answers is kept; the new one must answer the same. */
function pair(request: ProbeRequest, codes: readonly string[], before: ProbeOutcome, options: HurlOptions): string {
  const redirected = before.kind === 'redirected';
  return [
    ...(codes.length === 0 ? [] : [`# expected to differ: ${codes.join(', ')}`]),
    ...entry(request, options.before, options.timeoutSeconds),
    '[Captures]',
    'status: status',
    ...(redirected ? ['location: header "Location"'] : []),
    '',
    ...entry(request, options.after, options.timeoutSeconds),
    '[Asserts]',
    'status == {{status}}',
    ...(redirected ? ['header "Location" == "{{location}}"'] : []),
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
  const pairs = named.map((request) => pair(request, codesOf(request), nginx(request), options));
  const head = [
    `# ${named.length} requests to the old and the new address of a migration. Written by gwmigrate probe --write.`,
    "# hurl --test --continue-on-error --noproxy '*' probe.hurl",
    '',
  ];
  return `${head.join('\n')}\n${pairs.join('\n\n')}\n`;
}
