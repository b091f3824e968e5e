import { nobleAdapterSuite } from './noble-adapter-suite.js';

nobleAdapterSuite('@abandonware/noble');
