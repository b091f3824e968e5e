// The three patterns of AWS Solutions Constructs that come nearest. It is copied to where they are installed.
import { KinesisStreamsToKinesisFirehoseToS3 } from '@aws-solutions-constructs/aws-kinesisstreams-kinesisfirehose-s3';
import { KinesisStreamsToLambda } from '@aws-solutions-constructs/aws-kinesisstreams-lambda';
import { LambdaToOpenSearch } from '@aws-solutions-constructs/aws-lambda-opensearch';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';

const [, , outdir, indexer] = process.argv;
const app = new App({ outdir });
const stack = new Stack(app, 'App');
const { kinesisStream, lambdaFunction } = new KinesisStreamsToLambda(stack, 'Lambda', {
  lambdaFunctionProps: {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromAsset(indexer),
  },
});
new KinesisStreamsToKinesisFirehoseToS3(stack, 'Firehose', { existingStreamObj: kinesisStream });
new LambdaToOpenSearch(stack, 'OpenSearch', {
  existingLambdaObj: lambdaFunction,
  openSearchDomainName: 'heart-rate',
  cognitoDomainName: 'heart-rate-bench',
});
app.synth();
