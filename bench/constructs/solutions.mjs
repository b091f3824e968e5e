import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, say } from '../../scripts/prepare.mjs';
import { cacheFolder } from '../../scripts/servers.mjs';

const source = fileURLToPath(new URL('solutions-constructs/', import.meta.url));

/**
 * Installs AWS Solutions Constructs into a folder of their own: nothing else here needs them.
 * @returns the app that is made of them
 */
export function installSolutions() {
  const folder = join(cacheFolder, 'solutions-constructs');
  mkdirSync(folder, { recursive: true });
  const wanted = readFileSync(join(source, 'package.json'), 'utf8');
  const installed = join(folder, 'package.json');
  if (!existsSync(join(folder, 'node_modules')) || readFileSync(installed, 'utf8') !== wanted) {
    say('Installing AWS Solutions Constructs (60 MB, only this once) …');
    copyFileSync(join(source, 'package.json'), installed);
    // Their releases name each other's exact versions, and not all of them were released together.
    npm(folder, 'install', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund');
  }
  copyFileSync(join(source, 'app.mjs'), join(folder, 'app.mjs'));
  return join(folder, 'app.mjs');
}
