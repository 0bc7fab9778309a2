import type { Answer } from './answer.ts';

type Answered = Extract<Answer, { kind: 'answered' }>;

/** Headers that change what clients do, compared unless others are named. */
export const usualHeaders: readonly string[] = [
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'content-encoding',
  'content-type',
  'set-cookie',
  'strict-transport-security',
  'www-authenticate',
  'x-frame-options',
];

/** A URL without a path asks for `/`; names know no letter case. */
function plainLocation(location: string): string {
  const authority = /^[a-z]+:\/\/[^/?#]+/iu.exec(location)?.[0] ?? '';
  const rest = location.slice(authority.length);
  return authority.toLowerCase() + (authority !== '' && !rest.startsWith('/') ? `/${rest}` : rest);
}

/** The usual ports may be written or not. */
const withoutUsualPort = (location: string): string => location.replace(/^(http:\/\/[^/?#]*):80(?=[/?#]|$)|^(https:\/\/[^/?#]*):443(?=[/?#]|$)/iu, '$1$2');
const comparable = (location: string | undefined): string | undefined => (location === undefined ? undefined : plainLocation(withoutUsualPort(location)));

/** Error pages of proxies are their own: what kind of text they are tells nothing. */
const isError = ({ status }: Answered): boolean => status >= 400;

function compareHeaders(before: Answered, after: Answered): readonly string[] {
  const names = new Set([...before.headers.keys(), ...after.headers.keys()]);
  const plain = (value: string | undefined): string | undefined => value?.replaceAll(/,\s*/gu, ',');
  return [...names]
    .filter((name) => name !== 'location' && !(name === 'content-type' && isError(before) && isError(after)))
    .filter((name) => plain(before.headers.get(name)) !== plain(after.headers.get(name)))
    .sort()
    .map((name) => `header ${name}`);
}

function compareCertificates(before: Answered, after: Answered): readonly string[] {
  const [one, two] = [before.certificate, after.certificate];
  if (one === undefined || two === undefined) return [];
  return [...(one.names.join() === two.names.join() ? [] : ['certificate']), ...(one.trust === two.trust ? [] : ['certificate-trust'])];
}

/** What differs between two answers, empty when nothing does; undefined when neither came. */
export function compareAnswers(before: Answer, after: Answer): readonly string[] | undefined {
  if (before.kind === 'failed' && after.kind === 'failed') return undefined;
  if (before.kind === 'failed') return [`failure ${before.failure}`];
  if (after.kind === 'failed') return [`failure ${after.failure}`];
  // Answers of another kind differ in everything else as well: the status says it.
  if (before.status !== after.status) return ['status', ...compareCertificates(before, after)];
  return [
    ...(comparable(before.headers.get('location')) === comparable(after.headers.get('location')) ? [] : ['location']),
    ...compareHeaders(before, after),
    ...compareCertificates(before, after),
    ...(before.bodyHash === after.bodyHash || isError(before) ? [] : ['body']),
  ];
}
