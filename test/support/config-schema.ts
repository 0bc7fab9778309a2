import { configKeys, type ConfigKey } from '../../src/cli/config/keys.ts';
import { buildProgram } from '../../src/cli/main.ts';
import type { Streams } from '../../src/cli/streams.ts';

/** The command line as it is, for what is generated from it. */
export function program(): ReturnType<typeof buildProgram> {
  const { stdin, stdout, stderr } = process;
  const streams: Streams = { stdin, stdout, stderr, env: {} };
  return buildProgram('gwmigrate', streams, () => undefined);
}

const day = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' };
const code = '[a-z0-9-]+/[a-z0-9-]+';

const acceptance = {
  anyOf: [
    { type: 'string', pattern: `^${code}(@[^/\\s]*/[^/\\s]+)?$` },
    {
      type: 'object',
      additionalProperties: false,
      required: ['code'],
      properties: {
        code: { type: 'string', pattern: `^${code}$`, description: 'Code of the finding, as reports print it.' },
        object: { type: 'string', pattern: '^[^/\\s]*/[^/\\s]+$', description: 'NAMESPACE/NAME of the one object it is accepted for; absent: everywhere.' },
        reason: { type: 'string', minLength: 1, description: 'Why, for the people who read this.' },
        expires: { ...day, description: 'Last day on which it holds, as YYYY-MM-DD.' },
      },
    },
  ],
};

const scalar = { type: ['string', 'number', 'boolean'] };

function valueSchema({ kind, option, path }: ConfigKey): object {
  if (kind === 'boolean') return { type: 'boolean' };
  if (kind === 'acceptances') return { anyOf: [{ type: 'array', items: acceptance }, ...acceptance.anyOf] };
  const one = option.argChoices === undefined ? scalar : { enum: option.argChoices };
  if (kind === 'text') return one;
  const item = path === 'report' ? { type: 'string', pattern: '^[a-z]+(=.+)?$' } : one;
  return { anyOf: [{ type: 'array', items: item }, item] };
}

function describe({ option, path }: ConfigKey): string {
  const from = path === undefined ? '' : ' Relative to this file.';
  const text = option.negate ? option.description.replace(/^no /u, '') : option.description.replace(/; repeatable$/u, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.${from}`;
}

/** The published JSON Schema of gwmigrate.yaml. */
export function configSchema(): object {
  const keys = [...configKeys(program()).values()];
  const properties = keys.map((key): [string, object] => [key.key, { description: describe(key), ...valueSchema(key) }]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of gwmigrate (gwmigrate.yaml)',
    description: 'Options of convert and audit under their long names. The command line wins; acceptances add up.',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}
