// The shipped TextMate grammar, as VS Code uses it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import textmate from 'vscode-textmate';
import oniguruma from 'vscode-oniguruma';

const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
const file = new URL('../syntaxes/escalade.tmLanguage.json', import.meta.url);

await oniguruma.loadWASM(readFileSync(wasm).buffer);
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
    createOnigString: text => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(readFileSync(file, 'utf8'), file.pathname),
});
const grammar = await registry.loadGrammar('source.escalade');

/** The tokens of a text, line by line: where each begins and ends, and its scopes. */
export function tokens(text) {
  let stack = textmate.INITIAL;
  return text.split(/\r?\n/).map(line => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens;
  });
}
