// What is shipped: the bundle loads by itself, with VS Code and nothing else beside it.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './binary';

test('the bundle needs nothing but VS Code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'escalade-'));
  copyFileSync(join(root, 'editors/vscode/out/extension.js'), join(folder, 'extension.js'));
  // The language client derives from many classes of VS Code: here everything is one.
  const vscode = join(folder, 'node_modules/vscode');
  mkdirSync(vscode, { recursive: true });
  writeFileSync(join(vscode, 'index.js'), `
    const any = new Proxy(class {}, {
      get: (target, name) => (name === 'prototype' ? target.prototype : name === Symbol.toPrimitive ? () => '1.91.0' : any),
    });
    module.exports = new Proxy({}, { get: (_, name) => (name === '__esModule' ? false : name === 'version' ? '1.91.0' : any) });
  `);
  const extension = createRequire(join(folder, 'x.js'))('./extension.js');
  assert.deepEqual(Object.keys(extension).sort(), ['activate', 'deactivate']);
});
