/** A record that was accepted. It is decoded when somebody looks, so that taking it costs little. */
export class TakenRecord {
  #base64;

  /** @param {string} stream @param {string} shard @param {string} key @param {string} base64 */
  constructor(stream, shard, key, base64) {
    this.stream = stream;
    /** Its id; empty in Firehose, as is the key. */
    this.shard = shard;
    this.key = key;
    this.#base64 = base64;
  }

  get data() {
    return new Uint8Array(Buffer.from(this.#base64, 'base64'));
  }

  get text() {
    return Buffer.from(this.#base64, 'base64').toString();
  }
}
