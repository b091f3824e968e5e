import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** When an alarm goes off. */
export interface AlarmRule {
  /** What is watched, with its dimensions. */
  readonly metric: IMetric;
  /** What is wrong then, and what to do. */
  readonly description: string;
  /** It goes off above that; or below it, where `below` is set. */
  readonly threshold: number;
  readonly below?: boolean;
  /** In so many periods of the metric one after the other. */
  readonly periods?: number;
}

/** The alarms of one layer, all of which tell one topic. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  readonly #enabled: boolean;
  readonly #topic: ITopic | undefined;

  constructor(scope: Construct, props: { readonly alarms?: boolean; readonly alarmTopic?: ITopic }) {
    super(scope, 'Alarms');
    this.#enabled = props.alarms ?? true;
    this.#topic = props.alarmTopic;
  }

  add(id: string, rule: AlarmRule): void {
    if (!this.#enabled) return;
    const alarm = new Alarm(this, id, {
      metric: rule.metric,
      alarmDescription: rule.description,
      threshold: rule.threshold,
      comparisonOperator: rule.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: rule.periods ?? 1,
      // Where nobody wears a strap there is nothing to measure.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    // That all is well again would be told of each alarm as soon as it is made.
    if (this.#topic) alarm.addAlarmAction(new SnsAction(this.#topic));
    this.all.push(alarm);
  }
}
