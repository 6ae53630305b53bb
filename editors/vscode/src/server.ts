// The language server, `escalade lsp`.

import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { whyNoServer } from './program';
import { program } from './settings';

/** The language server: started, and started again when told to. */
export class Server {
  private client: LanguageClient | undefined;
  /** Files that others change: what is imported, and the defaults of folders. */
  private watcher: vscode.FileSystemWatcher | undefined;
  /** Starts and stops come one after the other. */
  private last: Promise<void> = Promise.resolve();

  /** Starts it; one that runs is stopped first. */
  start(): Promise<void> {
    return (this.last = this.last.then(() => this.startNow()));
  }

  /** Stops it. */
  stop(): Promise<void> {
    return (this.last = this.last.then(() => this.stopNow()));
  }

  private async startNow(): Promise<void> {
    await this.stopNow();
    const command = program();
    const why = await whyNoServer(command);
    if (why) {
      tell(why);
      return;
    }
    this.watcher = vscode.workspace.createFileSystemWatcher('**/{*.esc,.escalade.toml}');
    const client = new LanguageClient(
      'escalade',
      'Escalade',
      { command, args: ['lsp'], transport: TransportKind.stdio },
      {
        documentSelector: [{ language: 'escalade', scheme: 'file' }, { language: 'escalade', scheme: 'untitled' }],
        synchronize: { fileEvents: this.watcher },
      },
    );
    try {
      await client.start();
      this.client = client;
    } catch (error) {
      tell(`The language server did not start: ${error instanceof Error ? error.message : error}`);
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.watcher?.dispose();
    this.watcher = undefined;
    // One that has crashed cannot be stopped, and need not be.
    await client?.dispose().catch(() => undefined);
  }
}

/** Says what is wrong and offers what may help, without waiting for an answer. */
function tell(why: string): void {
  const settings = 'Open settings';
  const again = 'Try again';
  void vscode.window.showErrorMessage(why, settings, again).then(chosen => {
    if (chosen === settings) {
      return vscode.commands.executeCommand('workbench.action.openSettings', 'escalade.path');
    }
    return chosen === again ? vscode.commands.executeCommand('escalade.restart') : undefined;
  });
}
