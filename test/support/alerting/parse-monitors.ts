import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('ParseMonitor.java', import.meta.url));
const JVM = ['--add-modules=jdk.incubator.vector', '-XX:TieredStopAtLevel=1'];

/** What the Alerting plugin's own parser says of monitors: `ok`, or what is wrong, of each. */
export function parseMonitors(
  { java, classPath }: { java: string; classPath: string },
  monitors: readonly unknown[],
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const words = [...JVM, '-cp', classPath, PROGRAM];
    const child = execFile(java, words, { timeout: 120_000 }, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout.trimEnd().split('\n'));
    });
    child.stdin?.end(monitors.map((monitor) => `${JSON.stringify(monitor)}\n`).join(''));
  });
}
