// Bundles the client into out/extension.js; with --tests also its tests, which see a VS Code of their own.
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const common = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };

await build({
  ...common,
  entryPoints: ['src/extension.ts'],
  outfile: 'out/extension.js',
  external: ['vscode'],
  minify: true,
});

if (process.argv.includes('--tests')) {
  await build({ ...common, format: 'esm', entryPoints: ['src/report.ts'], outfile: 'out/report.mjs' });
  rmSync('out/test', { recursive: true, force: true });
  const tests = readdirSync('test').filter(file => file.endsWith('.test.ts'));
  await build({
    ...common,
    entryPoints: tests.map(file => `test/${file}`),
    outdir: 'out/test',
    outExtension: { '.js': '.cjs' },
    sourcemap: 'inline',
    alias: { vscode: './test/vscode.ts', 'vscode-languageclient/node': './test/client.ts' },
    external: ['vscode-textmate', 'vscode-oniguruma'],
    define: { ROOT: JSON.stringify(fileURLToPath(new URL('../../..', import.meta.url))) },
  });
}
