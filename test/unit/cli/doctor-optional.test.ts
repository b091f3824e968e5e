import { expect, it } from 'vitest';
import { describeCheck } from '../../../src/cli/doctor/check.js';
import { checkCredentials } from '../../../src/cli/doctor/credentials.js';
import { checkPackages } from '../../../src/cli/doctor/packages.js';

it('says which command a missing package is for, and how to install it', () => {
  const checks = checkPackages((name) => name !== '@aws-sdk/client-kinesis');
  const missing = checks.filter(({ state }) => state !== 'ok');
  expect(missing.map((check) => describeCheck(check))).toEqual([
    '– Kinesis     not installed; for --kinesis: npm install @aws-sdk/client-kinesis',
  ]);
});

const nowhere = () => false;

it.each([
  [{ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_REGION: 'eu-west-1' }, nowhere, /an access key.*; eu-west-1$/],
  [{ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }, nowhere, /no region: set AWS_REGION/],
  [{ AWS_CONFIG_FILE: '/config' }, (path: string) => path === '/config', /profiles; region of the profile$/],
])('finds credentials by %j, and shows none', (env, exists, found) => {
  const check = checkCredentials(env, exists);
  expect(check).toMatchObject({ state: 'ok', found: expect.stringMatching(found) });
  expect(check.found).not.toContain('AKIAEXAMPLE');
});

it('says what to do where there are no credentials', () => {
  expect(checkCredentials({}, nowhere)).toMatchObject({
    state: 'optional',
    found: expect.stringContaining('aws configure'),
  });
});
