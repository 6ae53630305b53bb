// Escalade for VS Code: starts the language server, runs scenarios, shows their reaction graphs.

import * as vscode from 'vscode';
import { runScenario, showGraph } from './commands';
import { Panels } from './panels';
import { Server } from './server';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const panels = new Panels();
  const running = (server = new Server());
  context.subscriptions.push(
    panels,
    vscode.commands.registerCommand('escalade.run', runScenario),
    vscode.commands.registerCommand('escalade.showGraph', chosen => showGraph(panels, chosen)),
    vscode.commands.registerCommand('escalade.restart', () => running.start()),
    vscode.workspace.onDidSaveTextDocument(
      document => (document.languageId === 'escalade' ? panels.refresh() : undefined),
    ),
    vscode.window.onDidChangeActiveColorTheme(() => panels.redraw()),
    vscode.workspace.onDidChangeConfiguration(
      change => (change.affectsConfiguration('escalade.path') ? running.start() : undefined),
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.start()),
  );
  await running.start();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
