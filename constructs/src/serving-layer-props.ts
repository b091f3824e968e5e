import type { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { BatchLayer } from './batch-layer';
import type { LayerProps } from './layer-props';
import type { SampleStream } from './sample-stream';
import type { SpeedLayer } from './speed-layer';

/** When people are told of a heart rate, and how. */
export interface AlertProps {
  /**
   * A heart rate above that alerts, beats per minute.
   *
   * @default 150
   */
  readonly above?: number;

  /**
   * Where messages are sent by mail. AWS asks there first whether they are wanted.
   *
   * @default - nowhere
   */
  readonly email?: string;

  /**
   * A topic that is there. With a key of its own, let `es.amazonaws.com` use that key.
   *
   * @default - one is made
   */
  readonly topic?: ITopic;

  /**
   * How old a sample may be that alerts. It must be longer than a minute.
   *
   * @default Duration.minutes(2)
   */
  readonly window?: Duration;

  /**
   * While it lasts, it is told again after so long, in whole minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly throttle?: Duration;
}

/** What is shown, and who is told. */
export interface ServingLayerProps extends LayerProps {
  /** Where samples are indexed. */
  readonly speed: SpeedLayer;

  /**
   * The stream of samples, for the CloudWatch dashboard.
   *
   * @default - it is not shown
   */
  readonly stream?: SampleStream;

  /**
   * The archive, for the CloudWatch dashboard.
   *
   * @default - it is not shown
   */
  readonly batch?: BatchLayer;

  /**
   * When people are told of a heart rate, and how.
   *
   * @default - above 150; messages go to a topic that nobody has subscribed to
   */
  readonly alert?: AlertProps;

  /**
   * Whether there are alerts of heart rates.
   *
   * @default true, but with OpenSearch Serverless, which has none
   */
  readonly alerts?: boolean;

  /**
   * Whether the dashboard of heart rates is put into OpenSearch Dashboards.
   *
   * @default true where there is one
   */
  readonly dashboards?: boolean;

  /**
   * Whether there is a CloudWatch dashboard of the pipeline itself.
   *
   * @default true
   */
  readonly operations?: boolean;

  /**
   * Where the second and each further zone of heart rates begins, beats per minute.
   *
   * @default - 95, 114, 133, 152 and 171
   */
  readonly zones?: number[];
}
