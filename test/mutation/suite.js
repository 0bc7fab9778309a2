import { JestAsymmetricMatchers, JestChaiExpect, JestExtend, chai } from '@vitest/expect';
import { format } from 'node:util';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

/** What is known of the file that is being loaded. */
let collected = [];
let titles = [];
let file = '';

function describe(title, body) {
  titles.push(title);
  body();
  titles.pop();
}

function test(title, body) {
  const name = [...titles, title].join(' ');
  // Rows may have the same name.
  collected.push({ id: `${file}#${collected.length} ${name}`, name, file, body });
}

const rowsOf = (define) => (rows) => (title, body) =>
  rows.forEach((row, position) => {
    const cells = Array.isArray(row) ? row : [row];
    const shown = (title.match(/%[a-z]/gu) ?? []).length;
    define(`${format(title, ...cells.slice(0, shown))} (row ${position})`, () => body(...cells));
  });

describe.each = rowsOf(describe);
test.each = rowsOf(test);

/** What the tests import from `vitest`, as far as they use it. */
export const vitest = { describe, test, it: test, expect: chai.expect };

/** The test that a file can be loaded: it stands for all that the file computes while its tests are declared. */
export const loadingOf = (name) => `${name}#loads`;

/** The tests of a file, that of its loading first. */
export async function collect(name, load) {
  [collected, titles, file] = [[], [], name];
  let broken;
  try {
    await load();
  } catch (error) {
    broken = error;
  }
  const body = () => (broken === undefined ? undefined : Promise.reject(broken));
  return [{ id: loadingOf(name), name: 'loads', file: name, body }, ...(broken === undefined ? collected : [])];
}
