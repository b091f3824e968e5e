import { createRequire } from 'node:module';
import { command } from './command.js';

const CLI = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

/** What no slow machine takes for a command, milliseconds. */
const LONGEST = 500_000;

/** The CDK's command line for an app in a folder, for an AWS at a URL; nothing else is asked of any network. */
export function cdkFor(cwd: string, aws: string) {
  const env = {
    AWS_ENDPOINT_URL: aws,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
    CDK_VALIDATION: 'false',
    // It keeps notes of what it has done there.
    HOME: cwd,
  };
  const cdk = (...words: string[]) =>
    command([process.execPath, CLI, '--ci', '--no-notices', '--no-color', ...words], {
      cwd,
      within: LONGEST,
      env,
    });
  const context = (options: Readonly<Record<string, string>>) =>
    Object.entries(options).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  return {
    bootstrap: () => cdk('bootstrap'),
    /** Answers the outputs of each stack. */
    deploy: (options: Readonly<Record<string, string>>) =>
      cdk('deploy', '--require-approval', 'never', '--outputs-file', 'outputs.json', ...context(options)),
    destroy: (options: Readonly<Record<string, string>>) => cdk('destroy', '--force', ...context(options)),
  };
}
