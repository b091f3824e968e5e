import { InvalidArgumentError } from '../../errors.js';

/**
 * What a spool needs of Node.js. Asked for when one is opened, and not imported, so that a sink without a spool can go
 * into a web page.
 */
export function nodeModules() {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function')
    throw new InvalidArgumentError('A spool needs Node.js 20.16 or newer: leave it out elsewhere.');
  return {
    crypto: process.getBuiltinModule('node:crypto'),
    fs: process.getBuiltinModule('node:fs'),
    os: process.getBuiltinModule('node:os'),
    path: process.getBuiltinModule('node:path'),
  };
}

export type NodeModules = ReturnType<typeof nodeModules>;
