// The terminal that a run is shown in.
//
// It is the extension's own and not a task's: those lose what a program says just before its end, and call
// a program that ends with something else than 0, as it does where an expectation fails, one that could
// not be started.

import { spawn, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { cannotStart, reason } from './program';

/** What is run. */
export interface Run {
  program: string;
  words: string[];
  folder: string;
}

const CTRL_C = '\x03';

/** Starts a program when it is opened, and shows what that says. */
export class RunTerminal implements vscode.Pseudoterminal {
  private readonly said = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.said.event;
  private child: ChildProcess | undefined;

  /** `ended`: called when all is shown. */
  constructor(private readonly run: Run, private readonly ended: () => void) {}

  open(size: { columns: number } | undefined): void {
    const { program, words, folder } = this.run;
    const asked = (option: string) => words.some(word => word === option || word.startsWith(`${option}=`));
    const look = [
      ...(asked('--color') ? [] : ['--color', 'always']),
      ...(asked('--width') ? [] : ['--width', String(Math.max(size?.columns ?? 80, 40))]),
    ];
    const child = (this.child = spawn(program, [...words, ...look], { cwd: folder, windowsHide: true }));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => this.said.fire(text.replace(/\r?\n/g, '\r\n')));
    }
    child.on('error', error => this.said.fire(`${cannotStart(program, reason(error))}\r\n`));
    child.on('close', (_, signal) => {
      if (signal) this.said.fire(`\r\nIt was ended by ${signal}.\r\n`);
      // What was written last is drawn a moment later.
      setTimeout(this.ended, 100);
    });
  }

  handleInput(typed: string): void {
    if (typed === CTRL_C) this.child?.kill('SIGINT');
  }

  close(): void {
    this.child?.kill();
  }
}
