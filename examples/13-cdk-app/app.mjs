import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { HeartRatePipeline } from 'liveheartrate-constructs';

const app = new App();
const stack = new Stack(app, 'HeartRate');
const given = (name) => app.node.tryGetContext(name);

const { stream, batch } = new HeartRatePipeline(stack, 'Pipeline', {
  timeZone: given('timeZone'),
  zones: given('zones')?.split(',').map(Number),
  // Without an endpoint, a domain is made.
  endpoint: given('endpoint'),
  dashboardsEndpoint: given('dashboardsEndpoint'),
  ...(given('alerts') === 'false'
    ? { alerts: false }
    : { alert: { above: Number(given('above') ?? 150), email: given('email') } }),
});

new CfnOutput(stack, 'StreamName', { value: stream.stream.streamName });
new CfnOutput(stack, 'Archive', { value: batch.bucket.bucketName });
new CfnOutput(stack, 'WorkGroup', { value: batch.workGroup.name });
