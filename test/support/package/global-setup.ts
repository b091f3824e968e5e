import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { command } from '../command.ts';
import { provideMachine } from './machine.ts';
import { installUser, root } from './user-project.ts';

/** What `npm pack` has made. */
export interface Packed {
  /** Path of the tarball. */
  readonly tarball: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

declare module 'vitest' {
  export interface ProvidedContext {
    packed: Packed;
    /** A folder where the package is installed with everything that any part of it needs. */
    full: string;
    /** A folder where it is installed with nothing but rxjs. */
    bare: string;
  }
}

const everything = [
  '@aws-lambda-powertools/logger',
  '@aws-lambda-powertools/metrics',
  '@aws-sdk/client-firehose',
  '@aws-sdk/client-kinesis',
  '@duckdb/node-api',
  '@opensearch-project/opensearch',
  '@smithy/node-http-handler',
  '@types/node',
  'kinesis-local',
  'rxjs',
  'vite',
];

/** Packs the package once, and installs it as its users do. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  await provideMachine(provide);
  if (!existsSync(join(root, 'dist', 'index.js'))) throw new Error('Nothing is built yet: npm run build');
  const folder = await mkdtemp(join(tmpdir(), 'liveheartrate-package-'));
  const teardown = () => rm(folder, { recursive: true, force: true });
  try {
    const [full, bare] = [join(folder, 'full'), join(folder, 'bare')];
    await Promise.all([mkdir(full), mkdir(bare)]);
    const packed = await pack(folder);
    await Promise.all([
      installUser(full, packed.tarball, everything),
      installUser(bare, packed.tarball, ['rxjs'], ['--omit=optional']),
    ]);
    provide('packed', packed);
    provide('full', full);
    provide('bare', bare);
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}

async function pack(folder: string): Promise<Packed> {
  const answer = await command(['npm', 'pack', '--json', '--pack-destination', folder], { cwd: root });
  const [packed] = JSON.parse(answer) as { filename: string; files: Packed['files'] }[];
  if (packed === undefined) throw new Error(`npm pack has packed nothing: ${answer}`);
  return { tarball: join(folder, packed.filename), files: packed.files };
}
