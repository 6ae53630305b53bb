// "Run scenario" and "Show reaction graph".

import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { Panels } from './panels';
import { program, runArguments } from './settings';
import { RunTerminal } from './terminal';

/** The terminals of scenarios that were run, by file. */
const terminals = new Map<string, vscode.Terminal>();

/** Evaluates a scenario in a terminal, which takes the place of that of its last run. */
export async function runScenario(chosen: unknown): Promise<void> {
  const uri = await scenario(chosen);
  if (!uri) return;
  const file = uri.fsPath;
  const words = ['run', file, ...runArguments(uri)];
  const pty = new RunTerminal({ program: program(uri), words, folder: dirname(file) }, () => {
    // A report begins with what matters most.
    if (vscode.window.activeTerminal === terminal) {
      void vscode.commands.executeCommand('workbench.action.terminal.scrollToTop');
    }
  });
  terminals.get(file)?.dispose();
  const terminal = vscode.window.createTerminal({ name: `run ${basename(file)}`, pty });
  terminals.set(file, terminal);
  terminal.show(true);
}

/** Shows the reaction graph of a scenario beside it. */
export async function showGraph(panels: Panels, chosen: unknown): Promise<void> {
  const uri = await scenario(chosen);
  if (uri) await panels.show(uri);
}

/**
 * The scenario that a command is about, saved: a menu names it as an address, the language server as a text,
 * and otherwise it is the one in the editor.
 */
async function scenario(chosen: unknown): Promise<vscode.Uri | undefined> {
  const uri = typeof chosen === 'string'
    ? vscode.Uri.parse(chosen)
    : chosen instanceof vscode.Uri ? chosen : vscode.window.activeTextEditor?.document.uri;
  if (!uri) {
    vscode.window.showInformationMessage('Open a scenario (a file .esc) first.');
    return undefined;
  }
  const document = vscode.workspace.textDocuments.find(it => it.uri.toString() === uri.toString());
  if (uri.scheme !== 'file') {
    vscode.window.showInformationMessage('A scenario has to be saved as a file before it can be evaluated.');
    return undefined;
  }
  if (document?.isDirty && !(await document.save())) return undefined;
  return uri;
}
