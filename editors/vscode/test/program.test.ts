import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { programPath, run, whyNoServer } from '../src/program';

test('a name is looked up, a path is one of the folder', () => {
  assert.equal(programPath('escalade', '/folder'), 'escalade');
  assert.equal(programPath('  ', '/folder'), 'escalade');
  assert.equal(programPath('/usr/bin/escalade', '/folder'), '/usr/bin/escalade');
  assert.equal(programPath('target/debug/escalade', '/folder'), join('/folder', 'target/debug/escalade'));
  assert.equal(programPath('${workspaceFolder}/bin/escalade', '/folder'), '/folder/bin/escalade');
  assert.equal(programPath('~/bin/escalade', undefined), join(homedir(), 'bin/escalade'));
});

test('what a program writes and how it ends is told', async () => {
  const done = await run(process.execPath, ['-e', 'console.log("out"); console.error("said"); process.exit(3)']);
  assert.deepEqual(done, { kind: 'done', output: 'out\n', said: 'said\n', status: 3 });
  const long = await run(process.execPath, ['-e', 'process.stdout.write("x".repeat(5e6))']);
  assert.equal(long.kind === 'done' && long.output.length, 5e6);
});

test('a program that is not there is told from one that fails', async () => {
  const missing = await run('/no/such/program', []);
  assert.deepEqual(missing, { kind: 'missing', why: 'it was not found' });
});

test('a program can be stopped', async () => {
  const stop = new AbortController();
  const ran = run(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], undefined, stop.signal);
  setTimeout(() => stop.abort(), 100);
  assert.deepEqual(await ran, { kind: 'stopped' });
});

test('it is said why there is no language server', async () => {
  assert.match((await whyNoServer('/no/such/program'))!, /cannot be started: it was not found.*escalade\.path/);
  const folder = mkdtempSync(join(tmpdir(), 'escalade-'));
  const program = (status: number) => {
    const path = join(folder, `ends_with_${status}`);
    writeFileSync(path, `#!/bin/sh\nexit ${status}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  assert.match((await whyNoServer(program(2)))!, /has no language server/);
  assert.equal(await whyNoServer(program(0)), undefined);
});
