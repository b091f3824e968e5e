// Checks every link of the Markdown files and, where it is built, of the documentation site, without network.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { siteFaults } from './links/site.mjs';
import { sourceFaults } from './links/sources.mjs';
import { root } from './prepare.mjs';

const sources = sourceFaults(root);
console.log(`${sources.count} links in Markdown files`);
const site = join(root, 'site');
const built = existsSync(site) ? siteFaults(site) : { count: 0, pages: 0, faults: [] };
console.log(`${built.count} links in ${built.pages} pages of the site`);

const faults = [...sources.faults, ...built.faults];
for (const fault of faults) console.error(`✘ ${fault}`);
if (faults.length > 0) process.exitCode = 1;
