import { stripVTControlCharacters } from 'node:util';
import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

/** What of an error is enough to know it again. */
const LENGTH = 300;

/**
 * Ends the output with a line for each failure and one plain line of counts, for people and machines that read only
 * the last lines.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const failures: string[] = [];
    const fail = (name: string, error: SerializedError | undefined) => {
      const [line = ''] = stripVTControlCharacters(error?.message ?? '').split('\n');
      failures.push(`FAILED ${name}: ${line.slice(0, LENGTH)}`);
    };
    for (const module of modules) {
      const file = module.relativeModuleId;
      // A file that cannot even be loaded holds no test, and one whose hook fails runs none: both are failures.
      if (module.errors().length > 0) fail(file, module.errors()[0]);
      for (const suite of module.children.allSuites())
        if (suite.errors().length > 0) fail(`${file} > ${suite.fullName}`, suite.errors()[0]);
      for (const test of module.children.allTests()) {
        const { state, errors: reasons } = test.result();
        if (state === 'failed') fail(`${file} > ${test.fullName}`, reasons[0]);
        else count[state]++;
      }
    }
    // An error outside of all tests, such as a server that did not start, is a failure too.
    for (const error of errors) fail('outside of all tests', error);
    count.failed = failures.length;
    // Interrupted, or no test found: nothing has failed, and yet this is no success.
    if (reason !== 'passed') count.failed ||= 1;
    console.log(['', ...failures].join('\n'));
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`);
  }
}
