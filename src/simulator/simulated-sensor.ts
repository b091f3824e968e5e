/** One simulated sensor, and what can be made to go wrong with it. All times are simulated. */
export interface SimulatedSensor {
  /** The id it advertises now; see {@link SimulatedSensor.changeAddress}. */
  readonly id: string;
  /** The name it advertises. */
  readonly name: string;
  /** Whether a link to it is open. */
  readonly connected: boolean;
  /** The name of the phase its heart is in. */
  readonly phase: string;

  /** Ends the link, as a strap does that goes out of reach. It advertises again at once. Without a link nothing happens. */
  disconnect(): void;
  /**
   * Sends nothing, though the link stays open. What it measures meanwhile is lost.
   *
   * @param milliseconds - For how long, in simulated time. Default: until {@link SimulatedSensor.resume}.
   * @throws `InvalidArgumentError` where the time is less than 1.
   */
  silence(milliseconds?: number): void;
  /**
   * Keeps its packets back, and sends them all at once with the first one after that time; a link that ends takes
   * them with it.
   *
   * @param milliseconds - For how long, in simulated time: no more than a day.
   * @throws `InvalidArgumentError` where the time is less than 1, or longer than that.
   */
  delay(milliseconds: number): void;
  /** Ends silence and delay now: the next packet comes when it is due, after those that were kept back. */
  resume(): void;
  /**
   * Replaces the next packets by rubbish.
   *
   * @param packets - How many.
   * @param bytes - The length of each, 0 to 512: random bytes, of which some look like a measurement, and
   *   an absurd one. Default: 0 to 4 bytes that cannot be decoded.
   * @throws `InvalidArgumentError` where one of them is not a whole number, or out of its range.
   */
  garbage(packets: number, bytes?: number): void;
  /**
   * Loses contact with the skin: without intervals, for some packets something like the last rate, and 0 from then on.
   * The heart goes on.
   */
  takeOff(): void;
  /** Is worn again. The first interval is that of the second beat. */
  putOn(): void;
  /** Is heard no more, and accepts no new link. An open one stays. */
  stopAdvertising(): void;
  /** Is heard again. */
  startAdvertising(): void;
  /**
   * Advertises another id under the same name, as devices with random addresses do. The former one is not answered any
   * more. An open link stays.
   */
  changeAddress(): void;
}
