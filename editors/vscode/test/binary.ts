// The program, where it has been built.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the whole project. */
declare const ROOT: string;
export const root = ROOT;

export const binary = process.env.ESCALADE ?? join(root, 'target', 'debug', 'escalade');

/** Why tests that need it are left out; false if they are not. */
export const skip = existsSync(binary) ? false : `there is no ${binary}: cargo build`;
