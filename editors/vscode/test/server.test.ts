// The language server itself, spoken to as the client does.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  CodeLensRequest, CompletionRequest, type Diagnostic, DidOpenTextDocumentNotification, DocumentFormattingRequest,
  DocumentSymbolRequest, ExitNotification, InitializeRequest, InitializedNotification, type ProtocolConnection,
  PublishDiagnosticsNotification, type ServerCapabilities, ShutdownRequest, createProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { binary, root, skip as noBinary } from './binary';

const knows = !noBinary && spawnSync(binary, ['lsp', '--help']).status === 0;
const skip = noBinary || (knows ? false : `${binary} does not know \`lsp\``);

const starter = readFileSync(join(root, 'src/cli/templates/crisis.esc'), 'utf8');

interface Session {
  connection: ProtocolConnection;
  can: ServerCapabilities;
  /** Opens a text and waits for what is wrong with it. */
  open(name: string, text: string): Promise<Diagnostic[]>;
}

/** A server from its start to its end, which must come in good order. */
async function session(signal: AbortSignal, use: (session: Session) => Promise<void>): Promise<void> {
  const server = spawn(binary, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  // A test that takes too long is given up where it waits.
  signal.addEventListener('abort', () => server.kill());
  const ended = new Promise<number | null>(resolve => server.on('exit', resolve));
  const connection = createProtocolConnection(server.stdout, server.stdin);
  const waiting = new Map<string, (found: Diagnostic[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    waiting.get(uri)?.(diagnostics);
  });
  connection.listen();
  try {
    const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(root).href,
      capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } },
    });
    await connection.sendNotification(InitializedNotification.type, {});
    const open = (uri: string, text: string) => {
      const found = new Promise<Diagnostic[]>(resolve => waiting.set(uri, resolve));
      const textDocument = { uri, languageId: 'escalade', version: 1, text };
      void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      return found;
    };
    await use({ connection, can: capabilities, open });
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    assert.equal(await ended, 0);
  } finally {
    connection.dispose();
    server.kill();
  }
}

const uri = pathToFileURL(join(root, 'crisis.esc')).href;

test('mistakes are told where they are', { skip, timeout: 20000 }, t => session(t.signal, async ({ open }) => {
  const found = await open(uri, 'actor north "North"\nrule r {\n  on nrth does x\n}\n');
  assert.ok(found.some(one => one.range.start.line >= 1), JSON.stringify(found));
  assert.ok(found.every(one => one.message && one.code));
}));

test('a sound scenario has no mistakes, and what it can do, it does', { skip, timeout: 20000 }, t =>
  session(t.signal, async ({ connection, can, open }) => {
    const found = await open(uri, starter);
    assert.deepEqual(found.filter(one => one.severity === 1), []);
    const textDocument = { uri };
    if (can.documentSymbolProvider) {
      const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
      assert.ok(symbols!.some(symbol => symbol.name.includes('north')), JSON.stringify(symbols));
    }
    if (can.completionProvider) {
      const position = { line: 0, character: 0 };
      assert.ok(await connection.sendRequest(CompletionRequest.type, { textDocument, position }));
    }
    if (can.documentFormattingProvider) {
      const options = { tabSize: 2, insertSpaces: true };
      await connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options });
    }
    if (can.codeLensProvider) {
      const manifest = JSON.parse(readFileSync(join(root, 'editors/vscode/package.json'), 'utf8'));
      const known = manifest.contributes.commands.map((one: { command: string }) => one.command);
      const lenses = await connection.sendRequest(CodeLensRequest.type, { textDocument });
      for (const { command } of lenses ?? []) {
        if (!command?.command.startsWith('escalade.')) continue;
        assert.ok(known.includes(command.command), `the client knows ${command.command}`);
        assert.equal(command.arguments?.[0], uri);
      }
    }
    // The client registers these itself; a server that did, too, would keep it from starting.
    const own = can.executeCommandProvider?.commands ?? [];
    assert.ok(!own.some(command => ['escalade.run', 'escalade.showGraph', 'escalade.restart'].includes(command)));
  }));
