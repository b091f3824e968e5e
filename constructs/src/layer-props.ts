import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/** What every layer can be told. */
export interface LayerProps {
  /**
   * Whether the layer has alarms.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Where alarms are sent.
   *
   * @default - alarms are only shown; the pipeline has one topic for all of its layers
   */
  readonly alarmTopic?: ITopic;

  /**
   * The key with which everything that holds samples is encrypted. Its policy has to let `cloudwatch.amazonaws.com` use it
   * for the topic of the alarms: that is put into the policy of a key of your app, but cannot be for one that is imported.
   *
   * @default - the keys that AWS manages
   */
  readonly encryptionKey?: IKey;

  /**
   * What becomes of everything that holds samples when it is taken out of the stack. `DESTROY` is for experiments: it
   * deletes what is in the buckets as well. By default a deployment that fails leaves nothing that it has just made.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}
