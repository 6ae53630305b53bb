import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { binary, root, skip } from './binary';

interface Snippet { prefix: string; body: string[]; description: string }
const file = join(root, 'editors/vscode/snippets/escalade.json');
const snippets = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Snippet>);

/** What a snippet is when nothing is typed. */
function filled(body: string[]): string {
  const values: Record<string, string> = { CURRENT_YEAR: '2024', CURRENT_MONTH: '02', CURRENT_DATE: '26' };
  return body.join('\n')
    .replace(/\$(CURRENT_[A-Z]+)/g, (_, name) => values[name])
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$0/g, '');
}

/** Mistakes of syntax: names that are declared elsewhere are no concern of a snippet. */
function mistakes(text: string): string[] {
  const { stdout } = spawnSync(binary, ['check', '--format', 'json', '-'], { input: text, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string }[] };
  return diagnostics.filter(one => one.code.startsWith('E0')).map(one => `${one.code}: ${one.message}`);
}

test('every snippet is a declaration as it stands', { skip }, () => {
  assert.deepEqual(mistakes('rule { }').length > 0, true, 'mistakes are found');
  for (const [name, { body }] of snippets) {
    const text = filled(body);
    assert.doesNotMatch(text, /\$/, name);
    assert.deepEqual(mistakes(text), [], `${name}\n${text}`);
  }
});

test('every declaration has a snippet of its name', () => {
  const keywords = readFileSync(join(root, 'src/syntax/keywords.rs'), 'utf8');
  const list = keywords.match(/DECLARATIONS[^=]*= \[([^\]]*)\]/)![1];
  const declarations = [...list.matchAll(/"(\w+)"/g)].map(found => found[1]);
  assert.ok(declarations.length > 20);
  const prefixes = snippets.map(([, snippet]) => snippet.prefix);
  assert.deepEqual(declarations.filter(word => !prefixes.includes(word)), []);
  assert.equal(new Set(prefixes).size, prefixes.length, 'a prefix is that of one snippet');
});
