// What becomes of documents, counted: which are carried over, what costs their users most, how much of the snippets is read.

const kinds = ['fully carried over', 'with approximations', 'with declared losses', 'closed', 'not served'];

/** The worst that happens to a document decides. Behaviour of nginx that differs for every Ingress (`default/...`) is told once for a run and counts for none. */
function fateOf({ migration, report }) {
  if (report.sources.every(({ produced }) => produced.length === 0)) return 'not served';
  if (migration.lowered.rules.some(({ closedBy }) => closedBy.length > 0)) return 'closed';
  if (report.sources.some(({ status }) => status !== 'converted') || report.annotations.some(({ outcome }) => outcome === 'lost')) return 'with declared losses';
  return report.annotations.some(({ outcome }) => outcome === 'approximated') ? 'with approximations' : 'fully carried over';
}

/** What is true of every run (a class to be chosen, defaults of nginx) is no cost of one document. */
const costs = ({ entry, object }) => object !== undefined && (entry.fidelity === 'lost' || (entry.fidelity === 'approximate' && entry.risk !== 'none'));

/** One snippet is read completely when every directive of it became something, or had nothing to carry over. */
function snippetsOf({ migration }) {
  const unread = new Set(migration.plan.hosts.flatMap(({ rules }) => rules.flatMap(({ intents }) => intents.filter(({ kind }) => kind === 'snippet').flatMap(({ from }) => from.map(({ key }) => key)))));
  return migration.ledger.filter(({ key, outcome }) => /-snippet$/u.test(key) && outcome !== 'inert').map(({ key }) => ({ name: key.slice(key.lastIndexOf('/') + 1), complete: !unread.has(key) }));
}

export function createFigures() {
  const fates = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  const codes = new Map();
  const snippets = new Map();
  const note = (result) => {
    fates[fateOf(result)] += 1;
    for (const [code, finding] of new Map(result.report.findings.filter(({ finding }) => costs(finding)).map(({ finding }) => [finding.code, finding]))) {
      const known = codes.get(code) ?? { documents: 0, closes: 0, risk: finding.entry.risk };
      known.documents += 1;
      if (result.migration.lowered.rules.some(({ closedBy }) => closedBy.includes(code))) known.closes += 1;
      codes.set(code, known);
    }
    for (const { name, complete } of snippetsOf(result)) {
      const known = snippets.get(name) ?? { all: 0, complete: 0 };
      known.all += 1;
      if (complete) known.complete += 1;
      snippets.set(name, known);
    }
  };
  return { fates, codes, snippets, note };
}

/** A closed document costs more than any number of words about one that works. */
const weight = ({ documents, closes, risk }) => closes * 10 + documents * (risk === 'none' ? 1 : 3);

export function printFigures(target, { fates, codes, snippets }) {
  const all = Object.values(fates).reduce((sum, count) => sum + count, 0);
  const served = all - fates['not served'];
  console.log(`\n${target}: ${all} documents, each alone; ${served} of them are served`);
  for (const kind of kinds) console.log(`  ${String(fates[kind]).padStart(5)}  ${kind}${kind === 'not served' || served === 0 ? '' : ` (${((100 * fates[kind]) / served).toFixed(1)} %)`}`);
  console.log('The ten findings that cost users most (documents, of which closed by it):');
  for (const [code, cost] of [...codes].sort(([a, x], [b, y]) => weight(y) - weight(x) || a.localeCompare(b)).slice(0, 10)) console.log(`  ${String(cost.documents).padStart(5)} ${String(cost.closes).padStart(5)}  ${code}`);
  const counts = [...snippets].sort(([a], [b]) => a.localeCompare(b));
  const [total, complete] = counts.reduce(([sum, read], [, count]) => [sum + count.all, read + count.complete], [0, 0]);
  console.log(`Snippets read completely: ${complete} of ${total}${total === 0 ? '' : ` (${((100 * complete) / total).toFixed(0)} %)`}: ${counts.map(([name, count]) => `${name} ${count.complete}/${count.all}`).join(', ')}`);
}
