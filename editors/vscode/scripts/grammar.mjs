// Writes the TextMate grammar; with --check it only says whether the one that is there is the same.
import { readFileSync, writeFileSync } from 'node:fs';
import { grammar } from '../syntaxes/grammar.mjs';

const file = new URL('../syntaxes/escalade.tmLanguage.json', import.meta.url);
const text = `${JSON.stringify(grammar, null, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('syntaxes/escalade.tmLanguage.json is not what syntaxes/grammar.mjs makes: npm run grammar');
  process.exit(1);
}
