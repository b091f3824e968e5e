import { nobleSmoke } from '../support/strap/noble-smoke.ts';

nobleSmoke('@abandonware/noble');
