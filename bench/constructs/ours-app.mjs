// The whole pipeline in one line.
import { App, Stack } from 'aws-cdk-lib';
import { HeartRatePipeline } from 'liveheartrate-constructs';

const app = new App({ outdir: process.argv[2] ?? 'cdk.out' });
new HeartRatePipeline(new Stack(app, 'App'), 'HeartRate');
app.synth();
