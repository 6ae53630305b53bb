import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './binary';

const folder = join(root, 'editors/vscode');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const configuration = JSON.parse(read('language-configuration.json'));
const rules = configuration.onEnterRules as
  { beforeText: string; afterText?: string; action: { appendText?: string; indent: string } }[];

/** What happens when Enter is pressed between two pieces of a line. */
const enter = (before: string, after = '') => rules.find(rule =>
  new RegExp(rule.beforeText).test(before) && (!rule.afterText || new RegExp(rule.afterText).test(after)))?.action;

test('a note goes on in the next line until a line of it is empty', () => {
  assert.equal(enter('  /// Something')?.appendText, '/// ');
  assert.deepEqual(enter('  /// '), { indent: 'none', removeText: 4 });
  assert.equal(enter('//// no note'), undefined);
  assert.equal(enter('// a comment'), undefined);
  assert.equal(enter('// a comment ', 'that is broken')?.appendText, '// ');
  assert.equal(enter('rule r {', '}')?.indent, 'indentOutdent');
});

test('lines are indented after a brace that stays open', () => {
  const more = new RegExp(configuration.indentationRules.increaseIndentPattern);
  const less = new RegExp(configuration.indentationRules.decreaseIndentPattern);
  for (const line of ['rule r {', '  then likely {', 'actor a { } rule r {', 'rule r "a } b" { ']) {
    assert.match(line, more);
  }
  for (const line of ['actor a { }', '// rule r {', 'rule r "{"', '}', 'group g { a, b }']) {
    assert.doesNotMatch(line, more, line);
  }
  assert.match('  }', less);
  assert.doesNotMatch('actor a { }', less);
});

test('a word is a name, in any script', () => {
  const { pattern, flags } = configuration.wordPattern;
  const words = 'rule être_1 { while Αθήνα = x }'.match(new RegExp(pattern, `${flags}g`));
  assert.deepEqual(words, ['rule', 'être_1', 'while', 'Αθήνα', 'x']);
});

test('every scope of semantic tokens is one that the grammar gives', () => {
  const grammar = read('syntaxes/escalade.tmLanguage.json');
  const [{ scopes }] = JSON.parse(read('package.json')).contributes.semanticTokenScopes;
  for (const scope of Object.values(scopes as Record<string, string[]>).flat()) {
    assert.ok(grammar.includes(`"${scope}"`), scope);
  }
});

test('the grammar reserves the words that the language reserves', () => {
  const keywords = readFileSync(join(root, 'src/syntax/keywords.rs'), 'utf8');
  const list = (name: string) =>
    [...keywords.match(new RegExp(`${name}[^=]*= \\[([^\\]]*)\\]`))![1].matchAll(/"(\w+)"/g)].map(found => found[1]);
  const reserved = [...list('DECLARATIONS'), ...list('OPERATORS')].sort();
  assert.ok(reserved.length > 40);
  for (const file of ['vscode/syntaxes/grammar.mjs', 'tree-sitter-escalade/grammar.js']) {
    const text = readFileSync(join(root, 'editors', file), 'utf8');
    const [, own] = text.match(/const RESERVED = \[([^\]]*)\]/)!;
    const declared = own.includes('...DECLARATIONS') ? text.match(/const DECLARATIONS = \[([^\]]*)\]/)![1] : '';
    const words = [...`${declared} ${own}`.matchAll(/'(\w+)'/g)].map(found => found[1]).sort();
    assert.deepEqual(words, reserved, file);
  }
});
