import { afterAll, describe } from 'vitest';
import { startKinesisLocal } from '../support/kinesis-local.js';
import { kinesisSinkRig } from './kinesis-sink-rig.js';
import { sinkSuite } from './sink-suite.js';

const kinesis = await startKinesisLocal();
afterAll(() => kinesis.stop());

describe('the Kinesis sink on kinesis-local', () => sinkSuite(kinesisSinkRig(kinesis.url)));
