/** What the indexer reads of a Kinesis event; the event of the `aws-lambda` types fits. */
export interface KinesisEvent {
  /** The records, in the order of their sequence numbers. */
  readonly Records: readonly {
    /** Shard and sequence number: the same at every delivery of the record. */
    readonly eventID: string;
    /** The record itself. */
    readonly kinesis: {
      /** The data in base64. */
      readonly data: string;
      /** Its sequence number, which is also its identifier in a partial batch response. */
      readonly sequenceNumber: string;
    };
  }[];
}

/** The partial batch response: from the lowest identifier in it on, everything is delivered again. */
export interface BatchResponse {
  /** The first record that is to be delivered again; empty where all is done. */
  batchItemFailures: {
    /** Sequence number of the record. */
    itemIdentifier: string;
  }[];
}
