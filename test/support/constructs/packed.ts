import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from '../../../scripts/servers/once.mjs';
import { findPython } from '../../../scripts/servers/python.mjs';
import { step } from '../../../scripts/servers/step.mjs';
import { prepareVenv, pythonIn } from '../../../scripts/servers/venv.mjs';
import { command } from '../command.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const constructs = join(root, 'constructs');
const cache = join(root, '.cache');
const log = (line: string) => console.log(line);

export const pythonApp = join(root, 'test', 'constructs', 'python');

/** A Python with the CDK and cfn-lint, or why there is none: then tests are skipped, but not in CI. */
export async function constructsPython(): Promise<{ python: string } | { skip: string }> {
  const { reason } = await findPython();
  if (reason !== undefined) {
    if (process.env.CI === 'true') throw new Error(reason);
    return { skip: reason };
  }
  const folder = join(cache, 'constructs-python');
  const requirements = join(pythonApp, 'requirements.txt');
  await prepareVenv(folder, { requirements, what: 'the CDK and cfn-lint (150 MB, only this once)', log });
  return { python: pythonIn(folder) };
}

/** Packs the constructs as they are built, where that has not been done yet, and answers the folder. */
export async function packConstructs(): Promise<string> {
  const folder = join(cache, 'constructs-packed');
  const sources = ['package.json', '.jsii', 'README.md', 'lib', 'assets', 'scripts'];
  const built = sources.flatMap((name) => filesOf(join(constructs, name)));
  const inputs = built.map((file) => readFileSync(file, 'utf8'));
  const fill = () =>
    step(log, 'The constructs: packing them for npm and Python (50 s, once for each build)', async () => {
      const script = join(constructs, 'scripts', 'package.mjs');
      await command([process.execPath, script, folder], { cwd: root, within: 900_000 });
    });
  await once(folder, { inputs, proof: join(folder, 'python'), fill });
  return folder;
}

/** A file, or the files in a folder, in an order that lasts. */
function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).sort();
  return names.flatMap((name) => filesOf(join(path, name)));
}

/** The one file in a folder whose name ends so. */
export function fileIn(folder: string, end: string): string {
  const [name, ...others] = readdirSync(folder).filter((file) => file.endsWith(end));
  if (!name || others.length > 0) throw new Error(`${folder} holds not one file that ends in ${end}.`);
  return join(folder, name);
}
