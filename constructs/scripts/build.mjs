// Bundles the functions into assets/, and compiles the constructs.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFunctions, buildSchema } from './bundle.mjs';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
await buildFunctions();
await buildSchema();
const jsii = createRequire(import.meta.url).resolve('jsii/bin/jsii');
const { status } = spawnSync(
  process.execPath,
  [jsii, '--silence-warnings', 'reserved-word', 'metadata/missing-dev-dependency', ...process.argv.slice(2)],
  {
    cwd: folder,
    stdio: 'inherit',
    // It works there too, and says at length that it may not for ever.
    env: {
      ...process.env,
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
    },
  },
);
process.exitCode = status ?? 1;
