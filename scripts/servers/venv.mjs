import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from './once.mjs';
import { findPython } from './python.mjs';
import { run } from './run.mjs';
import { step } from './step.mjs';

const DOWNLOAD_MS = 10 * 60_000;

/** @param {string} folder of a virtual environment @returns its Python */
export const pythonIn = (folder) =>
  join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));

/**
 * Makes a virtual environment once, with what its requirements name.
 * @param {string} folder
 * @param {{ requirements: string, what: string, log: (line: string) => void }} how `requirements` is a file, `what`
 * says what is in it
 */
export async function prepareVenv(folder, { requirements, what, log }) {
  const fill = async () => {
    const { python, reason } = await findPython();
    if (!python) throw new Error(reason);
    await step(log, 'Python: creating a virtual environment', async () => {
      const venv = await run(python, ['-m', 'venv', folder], { timeoutMs: DOWNLOAD_MS });
      if (!venv.ok) throw new Error(`Python could not create a virtual environment: ${venv.output}`);
    });
    await step(log, `Python: installing ${what}`, async () => {
      const quietly = ['--quiet', '--no-input', '--disable-pip-version-check'];
      const args = ['-m', 'pip', 'install', ...quietly, '--requirement', requirements];
      const pip = await run(pythonIn(folder), args, { timeoutMs: DOWNLOAD_MS });
      if (!pip.ok) throw new Error(`pip could not install ${requirements}: ${pip.output}`);
    });
  };
  await once(folder, { inputs: [await readFile(requirements, 'utf8')], proof: pythonIn(folder), fill });
}
