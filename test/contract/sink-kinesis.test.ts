import { needs } from '../support/skip.js';
import { kinesisSinkRig } from './kinesis-sink-rig.js';
import { sinkSuite } from './sink-suite.js';

const { describe, aws } = needs('aws');

describe('the Kinesis sink', () => sinkSuite(kinesisSinkRig(aws.url)));
