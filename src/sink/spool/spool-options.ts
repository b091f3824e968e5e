/** How a spool keeps samples. */
export interface SpoolOptions {
  /** The folder; `~` is the user's home. Each service has a folder of its own in it. */
  readonly directory: string;
  /**
   * When a sample counts as stored. `disk`: when the disk has it, so that it survives a power cut. `os`: when the
   * operating system has it, which survives a killed process, takes less time and spares an SD card. Default `disk`.
   */
  readonly durability?: 'os' | 'disk';
  /** How many bytes it may take; a sample for which there is no room settles as dropped. Default 1 GiB. */
  readonly maxBytes?: number;
}
