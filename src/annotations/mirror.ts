import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { normaliseText, parseUrl } from '../nginx/values.ts';
import type { AnnotationUse, MirrorIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type PresentAnnotation } from './define.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/mirror/main.go';

export const codes = defineCodes({
  'mirror/no-target': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing: the Ingress mirrors no requests.',
    why: 'mirror-request-body and mirror-host wait for mirror-target on the same Ingress.',
    do: 'Delete it, or set mirror-target on ingress-nginx first and convert again.',
    source,
  },
  'mirror/duplicates-to-own-backend': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{annotation} ({value}) is not a usable URL, with which nginx sends each request a second time to the same backend, under /_mirror-<uid>; the output does not.',
    why: 'The mirror request is switched on, but no place for it is written, so it falls to the path of the Ingress itself.',
    do: 'Correct the URL (scheme and host) or delete {annotation}; the backend gets half of its requests for nothing today.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go',
  },
  'mirror/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}); {instead} is in force today, and in the output.',
    why: 'mirror-request-body takes on and off, and mirror-host a host name; the controller goes on with its default for anything else.',
    do: 'Correct or delete {annotation}.',
    source,
  },
});

/** IsValidRegex of the controller's parser package, which serves as the form of server names. */
const serverName = /^[-/._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/;
type Key = 'mirror-target' | 'mirror-request-body' | 'mirror-host';
type Input = FamilyInput<Key>;

class Reading {
  readonly from: AnnotationUse[] = [];
  readonly inert: string[] = [];
  readonly findings: Finding[] = [];

  ignore({ ingress, key, raw }: PresentAnnotation, instead: string): void {
    this.inert.push(key);
    this.findings.push(raise(codes, 'mirror/ignored-value', aboutAnnotation(ingress, key), { annotation: key, value: JSON.stringify(raw), instead }));
  }
}

/** `off` withholds the body; anything else sends it. */
function readBody(reading: Reading, present: PresentAnnotation | undefined): boolean {
  if (present === undefined) return true;
  const text = normaliseText(present.raw);
  if (text === 'on' || text === 'off') reading.from.push({ ingress: present.ingress, key: present.key });
  else reading.ignore(present, 'on');
  return text !== 'off';
}

/** mirror-host, or the host of the URL before its first variable. */
function readHost(reading: Reading, present: PresentAnnotation | undefined, target: string): string {
  const host = parseUrl(target.split('$', 1)[0] ?? '')?.host ?? '';
  if (present === undefined) return host;
  const text = present.raw.trim();
  if (text !== '' && serverName.test(text)) {
    reading.from.push({ ingress: present.ingress, key: present.key });
    return text;
  }
  reading.ignore(present, 'the host of mirror-target');
  return host;
}

function readTarget({ get }: Input, present: PresentAnnotation): FamilyReading {
  const { ingress, key, raw } = present;
  const reading = new Reading();
  const target = normaliseText(raw);
  const body = readBody(reading, get('mirror-request-body'));
  const host = serverName.test(target) ? readHost(reading, get('mirror-host'), target) : '';
  if (host === '') {
    const also = (['mirror-request-body', 'mirror-host'] as const).map((name) => get(name)?.key).filter((other) => other !== undefined);
    const args = { annotation: key, value: JSON.stringify(raw) };
    return { findings: [raise(codes, 'mirror/duplicates-to-own-backend', { ...aboutAnnotation(ingress, key), also }, args)] };
  }
  const intent: MirrorIntent = { kind: 'mirror', from: [{ ingress, key }, ...reading.from], target, host, body };
  return { intents: [intent], inert: reading.inert, findings: reading.findings };
}

/** Companions without a target, or with a blank one, which the controller takes for none. */
function withoutTarget({ ingress, get }: Input): FamilyReading {
  const keys = (['mirror-target', 'mirror-request-body', 'mirror-host'] as const).map((name) => get(name)?.key).filter((key) => key !== undefined);
  const [first, ...also] = keys;
  if (first === undefined) return {};
  return { inert: keys, findings: [raise(codes, 'mirror/no-target', { ...aboutAnnotation(ingress, first), also }, { annotation: first })] };
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/mirror/main.go */
export const mirror = defineFamily({
  id: 'mirror',
  keys: ['mirror-target', 'mirror-request-body', 'mirror-host'],
  codes,
  intents: ['mirror'],
  docs: {
    nginx: 'Sends a copy of each request to a URL, which may hold nginx variables, and throws its answer away.',
    gateway: 'The RequestMirror filter, whose target is a Service.',
    loss: 'A URL outside the cluster, variables, a Host of its own and copies without a body have no field.',
  },
  read: (input): FamilyReading => {
    const present = input.get('mirror-target');
    return present === undefined || normaliseText(present.raw) === '' ? withoutTarget(input) : readTarget(input, present);
  },
});
