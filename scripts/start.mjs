// The main job on a fresh clone: install and build what is missing, then run the demonstration in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

prepare({ types: false });
const cli = join(root, 'dist', 'cli.js');
const words = process.argv.slice(2);
// Side by side there is more to see.
process.argv = [process.execPath, cli, 'demo', ...(words.length > 0 ? words : ['--sensors', '4'])];
await import(pathToFileURL(cli).href);
