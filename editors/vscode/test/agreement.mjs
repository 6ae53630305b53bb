// Both grammars for editors have to agree on what is a keyword and what a name.
//
//   node test/agreement.mjs TREE_SITTER FILE...
//
// TREE_SITTER is the command. Each FILE must be a scenario without mistakes of syntax.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { tokens } from './textmate.mjs';

const [command, ...files] = process.argv.slice(2);
const folder = new URL('../../tree-sitter-escalade/', import.meta.url);
const types = JSON.parse(readFileSync(new URL('src/node-types.json', folder), 'utf8'));
const keywords = types.filter(type => !type.named && /^[a-zA-Z]+$/.test(type.type)).map(type => type.type);

const here = mkdtempSync(join(tmpdir(), 'escalade-'));
const query = join(here, 'words.scm');
const quoted = keywords.map(word => JSON.stringify(word)).join(' ');
writeFileSync(query, `[${quoted}] @keyword (once) @keyword (identifier) @name\n`);

let words = 0;
const failed = [];
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const found = execFileSync(command, ['query', '--captures', query, resolve(file)], {
    cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = tokens(text);
  for (const line of found.split('\n')) {
    const capture = line.match(/- (keyword|name), start: \((\d+), (\d+)\)/);
    if (!capture) continue;
    words += 1;
    const [, kind, row, bytes] = capture;
    const written = text.split(/\r?\n/)[row];
    const column = Buffer.from(written).subarray(0, Number(bytes)).toString().length;
    const token = lines[row].find(one => one.startIndex <= column && column < one.endIndex);
    const scope = token.scopes.at(-1);
    const keyword = /^(storage\.type|keyword\.(?!other\.unit)|support\.function)/.test(scope);
    const constant = kind === 'name' && /^no\b/.test(written.slice(column));
    if (!constant && keyword !== (kind === 'keyword')) {
      failed.push(`${file}:${Number(row) + 1}:${column + 1}: a ${kind}, coloured as ${scope}: ${written.trim()}`);
    }
  }
}
rmSync(here, { recursive: true });
failed.slice(0, 20).forEach(line => console.error(line));
console.log(`${words} words in ${files.length} files, ${failed.length} coloured unlike the grammar`);
process.exit(failed.length > 0 || words === 0 ? 1 : 0);
