import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exampleApp } from '../support/deploy/example-app.ts';
import { commandOf, runCommand } from '../support/package/example.ts';
import { root } from '../support/package/user-project.ts';

const DEADLINE = 280_000;

// What is in the stack, and that it can be deployed, is for other tests.
it('the CDK app makes a template without an account', async () => {
  const { folder } = await exampleApp();
  try {
    const programs = join(folder, 'node_modules', '.bin');
    await mkdir(programs);
    await symlink(join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk'), join(programs, 'cdk'));
    const running = runCommand(await commandOf('13-cdk-app'), folder, {
      // Nothing is asked of any network, and nobody's own account is known.
      ...{ CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true', CDK_VALIDATION: 'false' },
      ...{
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_PROFILE: undefined,
        AWS_ACCESS_KEY_ID: undefined,
        HOME: folder,
      },
    });
    const { code, output } = await running.ended(DEADLINE);
    expect(code, output).toBe(0);
    const template = JSON.parse(await readFile(join(folder, 'cdk.out', 'HeartRate.template.json'), 'utf8'));
    expect(Object.keys(template.Outputs)).toEqual(['StreamName', 'Archive', 'WorkGroup']);
    const types = Object.values(template.Resources as Record<string, { Type: string }>).map(
      ({ Type }) => Type,
    );
    expect(types).toEqual(
      expect.arrayContaining([
        'AWS::Kinesis::Stream',
        'AWS::OpenSearchService::Domain',
        'AWS::KinesisFirehose::DeliveryStream',
        'AWS::Athena::NamedQuery',
      ]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
