import { filter, firstValueFrom, type Observable, Subscription } from 'rxjs';
import type { Central, Connection } from '../../../src/sensor/index.ts';
import type { VirtualStrap } from './virtual-strap.ts';

/** Characteristics of the virtual straps, with their services. */
export const BATTERY = ['180f', '2a19'] as const;
export const CONTROL_POINT = ['180d', '2a39'] as const;
export const MEASUREMENT = ['180d', '2a37'] as const;
export const RESET_ENERGY_EXPENDED = new Uint8Array([1]);

/** The links of one test to virtual straps; all are closed with `close()`. */
export class Links {
  readonly using = new Subscription();
  readonly #central: Central;
  readonly #strap: VirtualStrap;

  constructor(central: Central, strap: VirtualStrap) {
    this.#central = central;
    this.#strap = strap;
  }

  /** What noble calls a strap where it speaks to the adapter itself. */
  id(sensor: number): string {
    return this.#strap.sensors[sensor - 1]?.address.replaceAll(':', '') ?? '';
  }

  /** Scans until a strap is heard. */
  hear(sensor: number): Promise<unknown> {
    return firstValueFrom(this.#central.scan().pipe(filter(({ id }) => id === this.id(sensor))));
  }

  /** Opens the link to a strap that was heard. */
  open(sensor: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      this.using.add(this.#central.connect(this.id(sensor)).subscribe({ next: resolve, error: reject }));
    });
  }

  async link(sensor = 1): Promise<Connection> {
    await this.hear(sensor);
    return this.open(sensor);
  }

  close(): void {
    this.using.unsubscribe();
  }
}

/** The first value, or how it failed. */
export const outcome = (work$: Observable<unknown>) =>
  firstValueFrom(work$, { defaultValue: 'completed' }).catch((error: unknown) => error);
