import { parseArgs } from 'node:util';
import { DeliveryFailedError, defineSink, heartRate, sendTo } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { fromEvent, takeUntil } from 'rxjs';
import { startWebhook } from './webhook.mjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' }, url: { type: 'string' } } });
const webhook = values.url ? undefined : await startWebhook();
const url = values.url ?? webhook.url;

const sink = defineSink(
  {
    name: 'webhook',
    // It takes a whole request or nothing, so one may hold many samples of a session.
    limits: { records: 100, bytes: 1_000_000, recordBytes: 100_000, recordsPerKey: Infinity },
    async send(records, signal) {
      const body = Buffer.concat(records.map(({ data }) => data));
      const headers = { 'content-type': 'application/x-ndjson' };
      const { ok, status } = await fetch(url, { method: 'POST', headers, body, signal });
      const message = `The webhook answered ${status}.`;
      const failure = ok ? undefined : new DeliveryFailedError(message, { retriable: status >= 500 });
      return records.map(() => failure);
    },
  },
  { maxLatency: 1_000 },
);
sink.errors$.subscribe(({ code, message }) => console.log(`${code}: ${message}`));

await heartRate(values.ble ? nobleCentral() : simulatedCentral({ speed: 10 }))
  .pipe(takeUntil(fromEvent(process, 'SIGINT')), sendTo(sink))
  .forEach(() => {});
await sink.close();
webhook?.stop();

const { accepted, delivered, dropped, calls } = sink.stats();
console.log({ accepted, delivered, dropped, calls });
