// The main job on a fresh clone: install and build what is missing, then run the demonstration in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

prepare();
const cli = join(root, 'dist', 'cli.js');
process.argv = [process.execPath, cli, 'demo', ...process.argv.slice(2)];
await import(pathToFileURL(cli).href);
