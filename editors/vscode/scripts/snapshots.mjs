// The scopes of every word of the shipped scenarios, held against those that were reviewed.
//
// vscode-tmgrammar-snap writes all scopes; kept are the innermost of each word outside strings, once for each
// line. A scenario may change: lines that are new are counted, and only known ones are held against what is
// kept. With --update the snapshots are written anew.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const update = process.argv.includes('--update');
const scenarios = '../../scenarios', out = 'out/snapshots', kept = 'test/snapshots';

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
mkdirSync(kept, { recursive: true });
const files = readdirSync(scenarios).filter(file => file.endsWith('.esc'));
for (const file of files) copyFileSync(join(scenarios, file), join(out, file));
execFileSync('node_modules/.bin/vscode-tmgrammar-snap', [
  '-g', 'syntaxes/escalade.tmLanguage.json', '-s', 'source.escalade', '-u', `${out}/*.esc`,
]);

/** The lines of a full snapshot, each once, with the scopes of its words. */
function lines(text) {
  const found = new Map();
  let line = '';
  for (const row of text.split('\n')) {
    if (row.startsWith('>')) {
      line = row.slice(1);
      if (/^\s*(\/\/|$)/.test(line)) line = '';
      if (line && !found.has(line)) found.set(line, []);
      else line = '';
    } else if (line && row.startsWith('#')) {
      const [, spaces, marks, scopes] = row.match(/^#( *)(\^+) (.*)$/);
      const word = line.slice(spaces.length, spaces.length + marks.length);
      const scope = scopes.split(' ').slice(1).at(-1);
      if (scope && word.trim() && !/string/.test(scope)) found.get(line).push(`${word.trim()} ‹${scope.replace('.escalade', '')}›`);
    }
  }
  return found;
}

/** The same as it is kept. */
const write = found => [...found].map(([line, words]) => `> ${line}\n${words.map(word => `    ${word}\n`).join('')}`).join('');
function read(text) {
  const found = new Map();
  for (const row of text.split('\n')) {
    if (row.startsWith('> ')) found.set(row.slice(2), []);
    else if (row) [...found.values()].at(-1).push(row.slice(4));
  }
  return found;
}

let known = 0, fresh = 0, failed = 0;
for (const file of files) {
  const now = lines(readFileSync(join(out, `${file}.snap`), 'utf8'));
  const path = join(kept, `${file}.snap`);
  if (update) writeFileSync(path, write(now));
  const before = existsSync(path) ? read(readFileSync(path, 'utf8')) : new Map();
  for (const [line, words] of now) {
    if (!before.has(line)) {
      fresh += 1;
    } else if (known += 1, before.get(line).join('\n') !== words.join('\n')) {
      failed += 1;
      console.error(`${file}: ${line}`);
      const gone = before.get(line).filter(word => !words.includes(word));
      const come = words.filter(word => !before.get(line).includes(word));
      gone.forEach(word => console.error(`  - ${word}`));
      come.forEach(word => console.error(`  + ${word}`));
    }
  }
}
console.log(`${known} lines of ${files.length} scenarios have the scopes that were reviewed, less ${failed}; ${fresh} lines are new (npm run snapshots)`);
process.exit(failed > 0 || known === 0 ? 1 : 0);
