// The program `escalade`: where it is, and what it says.

import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** What is set as `escalade.path`, as something that can be started. */
export function programPath(set: string, folder: string | undefined): string {
  const path = set.trim() || 'escalade';
  if (path === '~' || path.startsWith('~/') || path.startsWith('~\\')) {
    return join(homedir(), path.slice(1));
  }
  const inFolder = path.replaceAll('${workspaceFolder}', folder ?? '.');
  const isName = !/[/\\]/.test(inFolder);
  return isName || isAbsolute(inFolder) || !folder ? inFolder : join(folder, inFolder);
}

/** What came of starting the program. */
export type Ran =
  | { kind: 'done'; output: string; said: string; status: number }
  | { kind: 'missing'; why: string }
  | { kind: 'stopped' };

/** Why a program was not started. */
export function reason(error: { code?: unknown; message: string }): string {
  return error.code === 'ENOENT' ? 'it was not found' : error.message;
}

/** What is said of a program that cannot be started. */
export function cannotStart(program: string, why: string): string {
  return `\`${program}\` cannot be started: ${why}. Install Escalade, or say where it is in the setting \`escalade.path\`.`;
}

/** Starts the program and waits for its end. */
export function run(
  program: string, words: string[], folder?: string, signal?: AbortSignal,
): Promise<Ran> {
  return new Promise(resolve => {
    const settings = { cwd: folder, signal, maxBuffer: Infinity, windowsHide: true };
    execFile(program, words, settings, (error, output, said) => {
      const code = error?.code as string | number | null | undefined;
      if (signal?.aborted) {
        resolve({ kind: 'stopped' });
      } else if (!error) {
        resolve({ kind: 'done', output, said, status: 0 });
      } else if (typeof code === 'number') {
        resolve({ kind: 'done', output, said, status: code });
      } else if (error.signal) {
        resolve({ kind: 'done', output: '', said: `It was ended by ${error.signal}.`, status: -1 });
      } else {
        resolve({ kind: 'missing', why: reason(error) });
      }
    });
  });
}

/** Why the language server cannot be started; nothing if it can. */
export async function whyNoServer(program: string): Promise<string | undefined> {
  const ran = await run(program, ['lsp', '--help']);
  if (ran.kind === 'missing') return cannotStart(program, ran.why);
  if (ran.kind === 'done' && ran.status !== 0) {
    return `\`${program}\` has no language server. It is too old, or another program of that name: see the setting \`escalade.path\`.`;
  }
  return undefined;
}
