import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { type synth, synthOnce } from '../support/constructs/synth.ts';
import { everyVariant, variants } from '../support/constructs/variants.ts';

/** The findings of AwsSolutions that nobody has acknowledged, by the path within the stack. */
const findings = (stack: ReturnType<typeof synth>['stack']) =>
  new AwsSolutionsChecks()
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );

describe('AwsSolutions of cdk-nag', () => {
  it.each(everyVariant)('finds nothing that is not acknowledged in %s', (_, build) => {
    const { stack } = synthOnce(build);
    expect(findings(stack)).toEqual([]);
  });

  it('is told the reason of each acknowledgement', () => {
    const { stack } = synthOnce(variants['one line']);
    const reasons = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.values(data as Record<string, string>));
    expect(reasons.length).toBeGreaterThan(10);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});
