import { fileURLToPath } from 'node:url';
import { child } from './child.mjs';

// The AWS SDK says each time which versions of Node.js it will want one day.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/**
 * Runs a program of the benches, alone in its process.
 * @param {string} program its path within this folder
 * @param {readonly string[]} words
 * @param {readonly string[]} [flags] of Node.js
 */
export const node = (program, words, flags = []) =>
  child(process.execPath, [...flags, fileURLToPath(new URL(program, import.meta.url)), ...words]);
