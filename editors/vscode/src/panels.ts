// The panels with reaction graphs, one for each scenario.

import { randomBytes } from 'node:crypto';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { run } from './program';
import { messagePage, reportPage } from './report';
import { program, runArguments } from './settings';

const BROKEN = 'The scenario has mistakes now; this is what it was before.';

/** All open panels. */
export class Panels implements vscode.Disposable {
  private readonly open = new Map<string, Panel>();

  /** Shows the graph of a scenario, in the panel that it has or in a new one. */
  show(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    let panel = this.open.get(key);
    if (panel) {
      panel.reveal();
    } else {
      panel = new Panel(uri, () => this.open.delete(key));
      this.open.set(key, panel);
    }
    return panel.refresh();
  }

  /** Evaluates again: what was saved may be imported anywhere. */
  async refresh(): Promise<void> {
    await Promise.all([...this.open.values()].map(panel => panel.refresh()));
  }

  /** Draws again, in the colours that the editor has now. */
  redraw(): void {
    this.open.forEach(panel => panel.draw());
  }

  dispose(): void {
    [...this.open.values()].forEach(panel => panel.dispose());
  }
}

class Panel {
  private readonly view: vscode.WebviewPanel;
  private running = new AbortController();
  private report: string | undefined;
  private notice: string | undefined;

  constructor(private readonly uri: vscode.Uri, closed: () => void) {
    this.view = vscode.window.createWebviewPanel(
      'escalade.graph', `Graph of ${basename(uri.fsPath)}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, retainContextWhenHidden: true, enableFindWidget: true, localResourceRoots: [] },
    );
    this.view.onDidDispose(() => {
      this.running.abort();
      closed();
    });
  }

  reveal(): void {
    this.view.reveal(undefined, true);
  }

  dispose(): void {
    this.view.dispose();
  }

  /** Evaluates the scenario; what is still being evaluated is given up. */
  async refresh(): Promise<void> {
    this.running.abort();
    const { signal } = (this.running = new AbortController());
    if (!this.report) {
      this.view.webview.html = messagePage('Evaluating', basename(this.uri.fsPath));
    }
    const file = this.uri.fsPath;
    const words = ['run', file, '--format', 'html', ...runArguments(this.uri)];
    const ran = await run(program(this.uri), words, dirname(file), signal);
    if (signal.aborted || ran.kind === 'stopped') return;
    // A report is written also where an expectation does not hold.
    if (ran.kind === 'done' && ran.output) {
      this.report = ran.output;
      this.notice = undefined;
      this.draw();
    } else if (this.report) {
      this.notice = ran.kind === 'done' ? BROKEN : `The program cannot be started: ${ran.why}.`;
      this.draw();
    } else if (ran.kind === 'done') {
      this.view.webview.html = messagePage('There is no graph yet', ran.said);
    } else {
      const text = `${program(this.uri)}: ${ran.why}.\nSay where it is in the setting escalade.path.`;
      this.view.webview.html = messagePage('The program cannot be started', text);
    }
  }

  draw(): void {
    if (!this.report) return;
    const kind = vscode.window.activeColorTheme.kind;
    const dark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
    const nonce = randomBytes(16).toString('hex');
    this.view.webview.html = reportPage(this.report, { dark, nonce, notice: this.notice });
  }
}
