// What the user has set.

import * as vscode from 'vscode';
import { programPath } from './program';

/** The program, for a file or for the whole window. */
export function program(uri?: vscode.Uri): string {
  const folder = uri ? vscode.workspace.getWorkspaceFolder(uri) : undefined;
  const first = folder ?? vscode.workspace.workspaceFolders?.[0];
  const set = vscode.workspace.getConfiguration('escalade', uri).get<string>('path', 'escalade');
  return programPath(set, first?.uri.fsPath);
}

/** What `escalade run` is told behind the file. */
export function runArguments(uri: vscode.Uri): string[] {
  return vscode.workspace.getConfiguration('escalade', uri).get<string[]>('run.arguments', []);
}
