// Both grammars have to agree on what a scenario is: what `escalade check` finds no mistake of syntax in,
// this one reads, and what it finds one in, this one marks, but for what is listed here.
//
//   node test/agreement.mjs TREE_SITTER ESCALADE FILE...
import { spawnSync } from 'node:child_process';
import { basename, resolve } from 'node:path';

// Mistakes that are explained after reading: of types, of values, of letters within a string.
const LOOSER = new Set([
  'bad_escape.esc', 'chained_comparison.esc', 'condition_in_arithmetic.esc', 'over_several_lines.esc',
  'unknown_unit.esc', 'value_as_condition.esc',
]);

const [treeSitter, escalade, ...files] = process.argv.slice(2);
const run = (command, words) => spawnSync(command, words, {
  encoding: 'utf8', maxBuffer: 1e9, cwd: new URL('..', import.meta.url), env: { ...process.env, RUST_BACKTRACE: '0' },
});

const paths = files.map(file => resolve(file));
const { diagnostics } = JSON.parse(run(escalade, ['check', '--format', 'json', ...paths]).stdout);
const mistaken = new Set(diagnostics.filter(one => one.code.startsWith('E0')).map(one => resolve(one.file)));
const told = run(treeSitter, ['parse', '--quiet', '--json-summary', ...paths]).stdout;
const { parse_summaries: summaries } = JSON.parse(told.slice(told.indexOf('{')));

let marked = 0, failed = 0;
for (const { file, successful } of summaries) {
  const expected = !mistaken.has(file) || LOOSER.has(basename(file));
  if (!successful) marked += 1;
  if (successful === expected) continue;
  failed += 1;
  console.error(`${file}: ${successful ? 'a mistake is not marked' : 'it is not read'}`);
}
const whole = summaries.length === files.length && marked > 0;
if (!whole) console.error(`${summaries.length} of ${files.length} files were looked at`);
console.log(`${summaries.length - failed} of ${files.length} files are read alike, ${marked} of them with mistakes`);
process.exit(failed > 0 || !whole ? 1 : 0);
