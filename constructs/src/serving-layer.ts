import { CustomResource, Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { Alarms } from './private/alarms';
import { allow } from './private/allow';
import { checkEmail } from './private/check-address';
import { operationsDashboard } from './private/operations-dashboard';
import { refuse } from './private/refuse';
import { library } from './private/schema';
import type { AlertProps, ServingLayerProps } from './serving-layer-props';

/**
 * What people see, and what they are told: the dashboard of heart rates in OpenSearch Dashboards, an alert above a heart
 * rate, and a CloudWatch dashboard of the pipeline itself.
 *
 * ```ts
 * import { App, Stack } from 'aws-cdk-lib';
 * import { SampleStream, ServingLayer, SpeedLayer } from 'liveheartrate-constructs';
 *
 * const stack = new Stack(new App(), 'HeartRate');
 * const stream = new SampleStream(stack, 'Samples');
 * const speed = new SpeedLayer(stack, 'Speed', { stream: stream.stream });
 * const serving = new ServingLayer(stack, 'Serving', { speed, stream, alert: { above: 160 } });
 * serving.alertTopic !== undefined; // => true
 * ```
 */
export class ServingLayer extends Construct {
  /** Where messages of heart rates go, where there are alerts. */
  public readonly alertTopic?: ITopic;
  /** The role with which OpenSearch Service sends them: it may publish there and nothing else. */
  public readonly alertRole?: Role;
  /** The CloudWatch dashboard, where there is one. */
  public readonly dashboard?: Dashboard;
  /** Its alarms. */
  public readonly alarms: Alarm[];

  public constructor(scope: Construct, id: string, props: ServingLayerProps) {
    super(scope, id);
    const target = props.speed._target;
    const alerts = props.alerts ?? (props.alert !== undefined || target.alerting !== undefined);
    check(props, alerts);
    const alert = props.alert ?? {};
    if (alerts) this.alertTopic = alert.topic ?? this.createTopic(props, alert);
    if (alerts && target.alerting === 'by role') this.alertRole = this.createRole(props);

    const dashboards = (props.dashboards ?? true) && target.dashboards;
    if (alerts || dashboards) this.serve(props, alert, dashboards || undefined);
    if (props.operations ?? true) this.dashboard = operationsDashboard(this, props);
    this.alarms = this.watch(props).all;
  }

  private createTopic(props: ServingLayerProps, { email }: AlertProps): Topic {
    const topic = new Topic(this, 'Alerts', {
      displayName: 'Heart rate',
      enforceSSL: true,
      // Messages tell of people's hearts.
      masterKey: props.encryptionKey ?? Alias.fromAliasName(this, 'TopicKey', 'alias/aws/sns'),
    });
    if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }

  private createRole(props: ServingLayerProps): Role {
    const { speed, encryptionKey } = props;
    const role = new Role(this, 'AlertRole', {
      assumedBy: new ServicePrincipal('es.amazonaws.com'),
      description: 'Publishes alerts of heart rates',
    });
    const topic = this.alertTopic as ITopic;
    role.addToPolicy(allow(['sns:Publish'], [topic.topicArn]));
    if (encryptionKey && !props.alert?.topic) encryptionKey.grant(role, 'kms:GenerateDataKey', 'kms:Decrypt');
    // Whoever tells OpenSearch to take a role must be allowed to hand it on.
    speed.setup.addToRolePolicy(allow(['iam:PassRole'], [role.roleArn]));
    return role;
  }

  private serve(props: ServingLayerProps, alert: AlertProps, dashboards: string | undefined): void {
    const { speed, zones } = props;
    const { auth, credentials, endpoint } = speed._target;
    const { alertTopic, alertRole } = this;
    const served = new CustomResource(this, 'Serving', {
      serviceToken: speed.setup.functionArn,
      resourceType: 'Custom::HeartRateServing',
      serviceTimeout: Duration.minutes(15),
      removalPolicy: RemovalPolicy.DESTROY,
      properties: {
        endpoint,
        auth,
        ...(credentials && { secretArn: credentials.secretArn }),
        ...(dashboards !== undefined && { dashboards }),
        index: speed.index,
        name: Names.uniqueResourceName(this, { maxLength: 64, allowedSpecialCharacters: '-' }),
        above: alert.above ?? 150,
        window: (alert.window ?? Duration.minutes(2)).toSeconds(),
        throttle: (alert.throttle ?? Duration.minutes(30)).toMinutes(),
        ...(zones && { zones }),
        alert: String(alertTopic !== undefined),
        ...(alertTopic && { topicArn: alertTopic.topicArn }),
        ...(alertRole && { topicRoleArn: alertRole.roleArn }),
        version: library.version,
      },
    });
    served.node.addDependency(speed._prepared);
    if (speed.setup.role) served.node.addDependency(speed.setup.role);
    if (alertRole) served.node.addDependency(alertRole);
  }

  private watch(props: ServingLayerProps): Alarms {
    const alarms = new Alarms(this, props);
    if (this.alertTopic) {
      alarms.add('AlertsNotSent', {
        metric: metricNotSent(this.alertTopic),
        description: 'Messages of heart rates reach nobody: see the subscriptions of the topic.',
        threshold: 0,
      });
    }
    return alarms;
  }
}

/** The topic's own metric has the topic of another stack as its source, where it is imported. */
const metricNotSent = (topic: ITopic) => topic.metricNumberOfNotificationsFailed({ statistic: 'Sum' });

function check(props: ServingLayerProps, alerts: boolean): void {
  const { alert, zones = [], speed } = props;
  checkEmail('email', alert?.email);
  refuse(
    alert && props.alerts === false,
    'alert says when people are told, and alerts: false that nobody is.',
  );
  refuse(
    alerts && speed._target.alerting === undefined,
    'OpenSearch Serverless has no alerts: set alerts to false, or use a domain.',
  );
  refuse(
    alert?.email !== undefined && alert.topic,
    'email is for a topic that is made: subscribe it to your topic, and leave one of them out.',
  );
  const { above = 150, window, throttle } = alert ?? {};
  refuse(
    !(Number.isInteger(above) && above >= 1 && above <= 65_534),
    'above must be a whole number from 1 to 65,534.',
  );
  refuse(
    window && window.toSeconds() <= 60,
    'window must be longer than a minute: a sample takes a moment to arrive.',
  );
  refuse(window && window.toDays({ integral: false }) > 1, 'window must be a day at most.');
  refuse(
    throttle && (throttle.toMinutes({ integral: false }) < 1 || throttle.toDays({ integral: false }) > 1),
    'throttle must be a minute to a day.',
  );
  refuse(
    zones.some((zone, at) => !Number.isInteger(zone) || zone <= (zones[at - 1] ?? 0)),
    'zones must be whole numbers, and rise.',
  );
}
