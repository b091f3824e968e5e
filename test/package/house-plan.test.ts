import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { root } from '../support/package/user-project.ts';

const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const check = (cwd: string) =>
  command([process.execPath, cruiser, '--config', '.dependency-cruiser.mjs', 'src', 'constructs/src'], {
    cwd,
  });

/** Imports that break the plan: the rule, the file, and what is written there. */
const breaches = [
  ['profile-imports-folders-below', 'src/profile/upwards.ts', `import '../sink/index.js';`],
  ['profile-imports-folders-below', 'src/profile/types.ts', `export type * from '../sink/index.js';`],
  ['kinesis-imports-folders-below', 'src/kinesis/sideways.ts', `import '../firehose/index.js';`],
  ['kinesis-imports-its-packages', 'src/kinesis/client.ts', `import '@opensearch-project/opensearch';`],
  ['kinesis-imports-its-packages', 'src/kinesis/types.ts', `export type * from '@duckdb/node-api';`],
  ['kinesis-imports-its-packages', 'src/kinesis/late.ts', `export const fs = () => import('node:fs');`],
  ['lambda-imports-its-packages', 'src/lambda/rxjs.ts', `import 'rxjs';`],
  ['sensor-imports-its-packages', 'src/sensor/node.ts', `import 'node:fs';`],
  ['index-imports-the-core', 'src/index.ts', `import 'node:fs';`],
  ['errors-import-nothing', 'src/errors.ts', `import './profile/bytes.js';`],
  ['nothing-outside-the-house-plan', 'src/attic/index.ts', `import '../errors.js';`],
  ['imports-exist', 'src/sink/typo.ts', `import './nowhere.js';`],
  ['constructs-are-made-of-their-parts', 'constructs/src/private/up.ts', `import '../batch-layer';`],
  ['sizing-knows-nothing-of-constructs', 'constructs/src/sizing/up.ts', `import '../private/allow';`],
  ['constructs-import-the-cdk-alone', 'constructs/src/library.ts', `import '../../src/sample/schema.js';`],
] as const;

describe('the house plan', () => {
  let folder: string;
  let findings: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liveheartrate-plan-'));
    for (const part of [
      'src',
      'constructs/src',
      'package.json',
      'tsconfig.json',
      '.dependency-cruiser.mjs',
    ]) {
      await cp(join(root, part), join(folder, part), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [, path, text] of breaches) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    findings = await check(folder).catch(String);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('holds', async () => {
    expect(await check(root)).toContain('no dependency violations');
  });

  it.each(breaches)('is held by the rule %s: %s', (rule, path) => {
    expect(findings).toContain(`error ${rule}: ${path} → `);
  });
});
