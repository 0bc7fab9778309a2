import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Server } from '../nginx/configuration.ts';
import { sslCiphers } from '../nginx/forms.ts';
import type { TlsCiphersIntent } from '../plan/intents.ts';
import { codes } from './codes.ts';
import { defineFamily, type FamilyInput, type LocationReading } from './define.ts';
import { meaningsOf, readSettings, usesOf, type InForce, type SettingTable } from './setting.ts';
import { siblingsOf } from './siblings.ts';
import { bool, form } from './spelling.ts';

const keys = ['ssl-ciphers', 'ssl-prefer-server-ciphers'] as const;
type Key = (typeof keys)[number];

/** First parts of OpenSSL's names of ciphers, and its words for several of them. Source: https://docs.openssl.org/3.0/man1/openssl-ciphers/ */
const cipherWords = new Set(
  ('DEFAULT COMPLEMENTOFDEFAULT ALL COMPLEMENTOFALL HIGH MEDIUM LOW eNULL NULL aNULL kRSA aRSA RSA kDHr kDHd kDH kDHE kEDH DH DHE EDH ADH kEECDH kECDHE ECDH ECDHE EECDH AECDH aDSS DSS aDH aECDSA ECDSA ' +
    'AES128 AES256 AES AESGCM AESCCM AESCCM8 ARIA ARIA128 ARIA256 CAMELLIA CAMELLIA128 CAMELLIA256 CHACHA20 3DES DES RC4 RC2 IDEA SEED MD5 SHA1 SHA SHA256 SHA384 PSK kPSK aPSK kECDHEPSK kDHEPSK kRSAPSK SRP kSRP aSRP ' +
    'TLSv1 TLSv1.0 TLSv1.2 SSLv3 SUITEB128 SUITEB128ONLY SUITEB128C2 SUITEB192').split(' '),
);

/** Words after `!`, `-` or `+` add no cipher; one word that OpenSSL knows is enough, and a list without any makes nginx refuse everything (measured). */
function noCipher(value: string): string | undefined {
  const added = value.split(/[:, ]/).filter((word) => /^[A-Za-z0-9]/.test(word));
  return added.some((word) => cipherWords.has(word.split(/[-+]/, 1)[0] ?? '')) ? undefined : 'OpenSSL knows none of these ciphers';
}

const table: SettingTable<Key> = {
  'ssl-ciphers': { meaning: 'offers clients of TLS 1.2 only these ciphers', canonical: form(sslCiphers), setting: 'ssl-ciphers', breaks: noCipher },
  'ssl-prefer-server-ciphers': { meaning: 'prefers its own order of ciphers to that of the client', canonical: bool, initial: 'true' },
};

/** Each of the two comes from the first Ingress of the host that says something. */
function readServer({ ingress, settings }: FamilyInput<Key>, set: ReadonlyMap<Key, InForce>, { host, ingresses }: Server): LocationReading {
  const findings: Finding[] = [];
  const mine = new Map<Key, InForce>();
  for (const [name, inForce] of set) {
    const speaker = ingresses.find((other) => (siblingsOf(other, settings)(name)?.raw ?? '').trim() !== '');
    if (speaker === undefined || speaker === ingress) mine.set(name, inForce);
    else {
      const { key } = inForce.use;
      findings.push(raise(codes, 'annotation/host-level-taken', aboutAnnotation(ingress, key), { annotation: key, host, other: `${speaker.ref.namespace}/${speaker.ref.name}` }));
    }
  }
  if (mine.size === 0) return { intents: [], findings };
  const ciphers = mine.get('ssl-ciphers')?.value.split(':') ?? [];
  const intent: TlsCiphersIntent = { kind: 'tls-ciphers', from: usesOf(mine), ciphers, preferServer: !mine.has('ssl-prefer-server-ciphers') };
  return { intents: [intent], findings };
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/sslcipher/main.go */
export const tlsCiphers = defineFamily({
  id: 'tls-ciphers',
  keys,
  codes: {},
  serverScope: 'any',
  intents: ['tls-ciphers'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Offers clients of TLS 1.2 the ciphers of this list on the whole host, in its own order unless told otherwise. The first Ingress of the host with a value decides.',
    gateway: 'Nothing but tls.options of a listener, whose keys every implementation names itself; some have a policy for it.',
    loss: 'The host offers the ciphers of the gateway. Old clients may be refused, or ciphers offered that the list left out.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    return set.size === 0 ? rest : { ...rest, forServer: (server) => readServer(input, set, server) };
  },
});
