import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { messagePage, reportPage } from '../src/report';
import { binary, root, skip } from './binary';

const report = (name: string) =>
  execFileSync(binary, ['run', join(root, name), '--format', 'html'], { encoding: 'utf8', maxBuffer: 1e9 });

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('a report keeps its policy, and what is added has a nonce', { skip }, () => {
  const html = report('src/cli/templates/crisis.esc');
  const page = reportPage(html, { dark: true, nonce: 'n0nce' });
  const policy = page.match(/Content-Security-Policy" content="([^"]*)"/)![1];
  assert.match(policy, /^default-src 'none'; /);
  assert.doesNotMatch(policy, /unsafe/);
  const ours = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(found => found[1]);
  assert.equal(ours.length, 1, 'the script of the report');
  assert.ok(policy.includes(hash(ours[0])), 'its hash still holds');
  assert.equal([...page.matchAll(/<script nonce="n0nce">/g)].length, 1);
  assert.equal([...page.matchAll(/<style>/g)].length, 0);
  assert.ok([...page.matchAll(/<style nonce="n0nce">/g)].length >= 1);
  assert.equal([...policy.matchAll(/'nonce-n0nce'/g)].length, 2);
});

test('a report has the colours of the editor', { skip }, () => {
  const html = report('src/cli/templates/crisis.esc');
  for (const [dark, scheme, holds] of [[true, 'dark', 'min-width:0'], [false, 'light', 'max-width:0']] as const) {
    const page = reportPage(html, { dark, nonce: 'n' });
    assert.ok(page.includes(`name="color-scheme" content="${scheme}"`));
    assert.ok(page.includes(`(${holds})`));
    const styles = [...page.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(found => found[1]).join('');
    assert.doesNotMatch(styles, /prefers-color-scheme/);
  }
});

test('texts of a scenario stay texts', { skip }, () => {
  const page = reportPage(report('tests/browser/hostile.esc'), { dark: false, nonce: 'n' });
  assert.equal([...page.matchAll(/<script nonce="n">/g)].length, 1);
  const notice = reportPage('<html><body>\n</body></html>', { dark: false, nonce: 'n', notice: '<b>$&</b>' });
  assert.ok(notice.includes('&lt;b&gt;$&amp;&lt;/b&gt;'));
});

test('a message is a text', () => {
  const page = messagePage('A & B', '<script>alert(1)</script>');
  assert.ok(page.includes('<h1>A &amp; B</h1>'));
  assert.ok(page.includes('&lt;script&gt;'));
  assert.doesNotMatch(page, /<script/);
  assert.match(page, /default-src 'none'/);
});
