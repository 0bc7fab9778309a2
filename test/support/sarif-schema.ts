import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

/** The schema is of draft 4, of which it uses nothing that later drafts changed, but for the name of its own identifier. */
function schemaOf(file: string): object {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${file}: not a schema`);
  return Object.fromEntries(Object.entries(parsed).filter(([key]) => key !== '$schema' && key !== 'id'));
}

/** Characters of RFC 3986; URL alone would take and repair others. */
const uriCharacters = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/u;

const ajv = new Ajv.default({
  strict: false,
  allErrors: true,
  // One pattern of the schema is no expression in Unicode mode.
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => uriCharacters.test(text) && URL.canParse(text),
    'uri-reference': (text: string) => uriCharacters.test(text) && URL.canParse(text, 'https://example.com/root/'),
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  },
});

const validate = ajv.compile(schemaOf('test/support/schemas/sarif-2.1.0-rtm.5.json'));

/** What the official schema has against a SARIF log; empty for valid ones. */
export function sarifErrors(log: unknown): readonly string[] {
  return validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
