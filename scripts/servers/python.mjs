import { run } from './run.mjs';

const OLDEST = '3.10';
const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const CHECK = `import sys
print('new enough' if sys.version_info >= (${OLDEST.replace('.', ', ')}) else 'too old')
import venv, ensurepip`;

/**
 * Finds a Python that can make a virtual environment.
 * @returns {Promise<{ python: string, reason?: undefined } | { python?: undefined, reason: string }>}
 */
export async function findPython() {
  let reason = `Python ${OLDEST} or newer not found (looked for ${NAMES.join(', ')} on PATH): install it, e.g. "apt-get install python3 python3-venv".`;
  for (const name of NAMES) {
    const { ok, output } = await run(name, ['-c', CHECK], { timeoutMs: 20_000 });
    if (!output.startsWith('new enough')) continue;
    if (ok) return { python: name };
    reason = `The Python found (${name}) cannot make virtual environments: install its module venv, e.g. "apt-get install python3-venv".`;
  }
  return { reason };
}
