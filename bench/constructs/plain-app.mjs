import { App, Stack } from 'aws-cdk-lib';
import { plainPipeline } from './plain-pipeline.mjs';

const app = new App({ outdir: process.argv[2] ?? 'cdk.out' });
plainPipeline(new Stack(app, 'App'));
app.synth();
