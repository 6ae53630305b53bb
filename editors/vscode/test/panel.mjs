// Opens reports in a headless Chromium as VS Code shows them in a panel: written into a sandboxed frame, with
// a script and styles of the editor before all else.
//
//   node test/panel.mjs --browser CHROMIUM --modules FOLDER --escalade PROGRAM SCENARIO...
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { reportPage } from '../out/report.mjs';

const options = { '--browser': '/usr/bin/chromium', '--modules': '.', '--escalade': 'escalade', '--picture': '' };
const scenarios = [];
for (const words = process.argv.slice(2); words.length;) {
  const word = words.shift();
  if (word in options) options[word] = words.shift();
  else scenarios.push(word);
}
const { chromium } = createRequire(join(resolve(options['--modules']), 'x.js'))('playwright-core');
const browser = await chromium.launch({ executablePath: options['--browser'], args: ['--no-sandbox'] });

let checks = 0, failed = 0;
function check(where, what, holds, found) {
  checks += 1;
  if (holds) return;
  failed += 1;
  console.error(`${where}: ${what}${found === undefined ? '' : `: ${JSON.stringify(found)}`}`);
}

/** What VS Code's page does with the text that a panel is given. */
function show(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const api = page.createElement('script');
  api.textContent = 'window.acquireVsCodeApi = () => ({ getState: () => parent.state, setState: (it) => { parent.state = it; } });';
  const style = page.createElement('style');
  style.textContent = 'body { background: transparent; color: var(--vscode-editor-foreground); padding: 0 20px; }';
  page.head.prepend(style, api);
  page.documentElement.style.setProperty('--vscode-editor-foreground', '#888');
  page.body.classList.add('vscode-body');
  document.querySelector('iframe')?.remove();
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms', 'allow-pointer-lock', 'allow-downloads');
  frame.style.cssText = 'position: fixed; inset: 0; width: 100%; height: 100%; border: 0';
  document.body.append(frame);
  frame.contentDocument.open();
  frame.contentDocument.write(`<!DOCTYPE html>\n${page.documentElement.outerHTML}`);
  frame.contentDocument.close();
}

for (const scenario of scenarios) {
  const where = basename(scenario);
  const report = execFileSync(options['--escalade'], ['run', scenario, '--format', 'html'], { encoding: 'utf8', maxBuffer: 1e9 });
  // The system is light; the editor is dark.
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 900, height: 900 } });
  const asked = [], wrong = [];
  page.on('request', request => { if (!/^(about|data|file):/.test(request.url())) asked.push(request.url()); });
  page.on('pageerror', error => wrong.push(String(error)));
  page.on('dialog', dialog => { wrong.push('a dialog'); void dialog.dismiss(); });
  await page.setContent('<!DOCTYPE html><title>editor</title><body></body>');
  const shown = async look => {
    await page.evaluate(show, reportPage(report, { dark: true, nonce: 'a1b2c3', ...look }));
    await page.waitForTimeout(200);
    return page.frames()[1];
  };

  let frame = await shown({});
  const graph = await frame.locator('#canvas svg g.node').count();
  check(where, 'the graph is there', graph > 1, graph);
  check(where, 'the script of the report has run', await frame.locator('#tools').isVisible());
  check(where, 'the graph is what is seen first', await frame.evaluate(() => Math.abs(document.getElementById('graph').getBoundingClientRect().top) < 120));
  const paper = await frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check(where, 'the page is as dark as the editor', /rgb\((\d|[1-5]\d), /.test(paper), paper);
  await frame.locator('#canvas svg g.node').first().click();
  check(where, 'a reaction can be chosen', (await frame.locator('g.node.chosen').count()) === 1);
  check(where, 'nothing of the scenario runs', (await frame.evaluate('window.ran')) === undefined);
  const blocked = await frame.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = 99';
    document.body.append(script);
    return window.ran === undefined;
  });
  check(where, 'a script that gets in does not run', blocked);
  if (options['--picture']) await page.screenshot({ path: options['--picture'] });

  await frame.evaluate(() => scrollTo({ top: 300, behavior: 'instant' }));
  await page.waitForTimeout(200);
  frame = await shown({ dark: false, notice: 'The scenario has mistakes now.' });
  const top = await frame.evaluate(() => scrollY);
  check(where, 'the reader stays where he was', Math.abs(top - 300) < 5, top);
  const light = await frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check(where, 'the page is as light as the editor', /rgb\(2[2-5]\d, /.test(light), light);
  check(where, 'a notice stands above', (await frame.locator('p.notice[role=status]').first().innerText()) === 'The scenario has mistakes now.');
  check(where, 'nothing goes wrong', wrong.length === 0, wrong);
  check(where, 'nothing is asked of the network', asked.length === 0, asked);
  await page.close();
}
await browser.close();
console.log(`${checks - failed} passed, ${failed} failed`);
process.exit(failed > 0 || checks === 0 ? 1 : 0);
