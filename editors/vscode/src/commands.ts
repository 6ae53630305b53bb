// "Run scenario" and "Show reaction graph".

import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { Panels } from './panels';
import { program, runArguments } from './settings';

/** Evaluates a scenario in a terminal. */
export async function runScenario(chosen: unknown): Promise<void> {
  const uri = await scenario(chosen);
  if (!uri) return;
  const file = uri.fsPath;
  const task = new vscode.Task(
    { type: 'escalade', file },
    vscode.workspace.getWorkspaceFolder(uri) ?? vscode.TaskScope.Global,
    `run ${basename(file)}`,
    'escalade',
    new vscode.ProcessExecution(
      program(uri), ['run', file, ...runArguments(uri)], { cwd: dirname(file) },
    ),
  );
  task.presentationOptions = { clear: true, panel: vscode.TaskPanelKind.Dedicated };
  await vscode.tasks.executeTask(task);
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
