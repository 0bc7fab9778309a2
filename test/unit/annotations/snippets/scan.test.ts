import { describe, expect, it } from 'vitest';
import { scanSnippet, type SnippetDirective } from '../../../../src/annotations/snippets/scan.ts';
import { growth, inProportion } from '../../../support/growth.ts';

/** `line: name arg arg { ... }` */
function show({ name, args, line, block }: SnippetDirective): string {
  const body = block === undefined ? '' : ` { ${block.map(show).join('; ')} }`;
  return `${line}: ${[name, ...args].join(' ')}${body}`;
}

const scan = (text: string) => {
  const { directives, complete } = scanSnippet(text);
  return { directives: directives.map(show), complete };
};

describe('scanSnippet', () => {
  it.each([
    ['one directive', 'add_header A b always;', ['1: add_header A b always']],
    ['several on a line', 'gzip on; gzip_types text/css;', ['1: gzip on', '1: gzip_types text/css']],
    ['lines, as they are counted', '\n\nexpires 1d;\r\n  etag\n off;', ['3: expires 1d', '4: etag off']],
    ['comments with quotes and semicolons', "# don't; {\netag off; # it's\n#}", ['2: etag off']],
    ['a hash inside a word', 'return 302 /a#b;', ['1: return 302 /a#b']],
    ['both kinds of quotes', `more_set_headers "A: 'b'; c" 'D: "{"';`, [`1: more_set_headers A: 'b'; c D: "{"`]],
    ['quotes inside a word', `set $a x"y;`, ['1: set $a x"y']],
    ['escapes', String.raw`set $a "\"\\ \d"; set $b a\;b;`, [String.raw`1: set $a "\ \d`, String.raw`1: set $b a\;b`]],
    ['braces of variables', 'return 301 https://${host}${uri};', ['1: return 301 https://${host}${uri}']],
    ['braces in quoted patterns', `if ($uri ~ "^/[0-9]{2,4}$") { return 404; }`, ['1: if ($uri ~ ^/[0-9]{2,4}$ ) { 1: return 404 }']],
    ['nested blocks', 'location /x {\n  if ($a) {\n    return 403;\n  }\n}\netag on;', ['1: location /x { 2: if ($a) { 3: return 403 } }', '6: etag on']],
    ['an empty block', 'types {}', ['1: types {  }']],
    ['JSON in quotes', `return 200 '{"a": "b"}';`, ['1: return 200 {"a": "b"}']],
    ['Lua, which it skips', `access_by_lua_block {\n  local a = { b = "}" } -- }\n  local c = [[ } ]] --[==[ } ]==]\n}\netag on;`, ['1: access_by_lua_block', '5: etag on']],
    ['nothing', ' \n', []],
  ])('reads %s', (_name, text, directives) => {
    expect(scan(text)).toEqual({ directives, complete: true });
  });

  it.each([
    ['a missing semicolon', 'etag off', ['1: etag off']],
    ['an open quote', 'set $a "b;', ['1: set $a b;']],
    ['an open block', 'if ($a) { etag off;', ['1: if ($a) { 1: etag off }']],
    ['text after a quote', 'set $a "b"c;', ['1: set $a b c']],
    ['a brace too many', 'etag off; } location /x { deny all;', ['1: etag off', '1: location /x { 1: deny all }']],
    ['open Lua', 'rewrite_by_lua_block { if a then', ['1: rewrite_by_lua_block']],
  ])('says that %s leaves it incomplete', (_name, text, directives) => {
    expect(scan(text)).toEqual({ directives, complete: false });
  });

  it('reads a long text in one pass', async () => {
    const text = (count: number): string => 'set $a "b";\n'.repeat(count);
    expect(scanSnippet(text(2500)).directives).toHaveLength(2500);
    expect(await growth((count) => scanSnippet(text(count)), 2500)).toBeLessThan(inProportion);
  });
});
