/** A web page as a user would write it: a click on the button begins a session. */
import type { Subscription } from 'rxjs';
import { type HeartRateSample, heartRate, type LiveHeartRateError } from '../../../src/index.js';
import { webBluetoothCentral } from '../../../src/web-bluetooth/index.js';

/** The globals of the page. */
export interface SessionPage {
  samples: HeartRateSample[];
  /** The code of the error that ended the session. */
  code?: string;
  session?: Subscription;
  readonly location: { readonly search: string };
  readonly document: {
    querySelector(selector: string): { addEventListener(event: 'click', listener: () => void): void };
  };
}

const page = globalThis as unknown as SessionPage;
const query = new URLSearchParams(page.location.search);
const namePrefix = query.get('name');
const central = webBluetoothCentral(namePrefix === null ? {} : { filters: [{ namePrefix }] });
page.samples = [];

const begin = () => {
  page.session = heartRate(central).subscribe({
    next: (sample) => page.samples.push(sample),
    error: ({ code }: LiveHeartRateError) => {
      page.code = code;
    },
  });
};
page.document.querySelector('#button').addEventListener('click', begin);
if (query.has('at-once')) begin();
