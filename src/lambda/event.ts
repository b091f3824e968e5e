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
      /** When it came into the stream, seconds since 1970; where it is absent, the time of the event counts. */
      readonly approximateArrivalTimestamp?: number;
    };
  }[];
}

/** What the indexer reads of an SQS event; the event of the `aws-lambda` types fits. */
export interface SqsEvent {
  /** The messages. */
  readonly Records: readonly {
    /** Its id, which is also its identifier in a partial batch response. */
    readonly messageId: string;
    /** Samples in the wire format, or an invocation record of Lambda whose `payload` is an event that failed. */
    readonly body: string;
  }[];
}

/** What the indexer reads of a Firehose transformation event; the event of the `aws-lambda` types fits. */
export interface FirehoseEvent {
  /** Identifies the invocation. */
  readonly invocationId: string;
  /** The records. */
  readonly records: readonly {
    /** Its id within the invocation. */
    readonly recordId: string;
    /** The data in base64. */
    readonly data: string;
    /** When it came into Firehose, milliseconds since 1970; where it is absent, the time of the event counts. */
    readonly approximateArrivalTimestamp?: number;
  }[];
}

/** The partial batch response of a stream or a queue. */
export interface BatchResponse {
  /**
   * What is to be delivered again; empty where all is done. Of a stream it is one record, the lowest that is not
   * done, from which on everything comes again; of a queue it is each message that is not done.
   */
  batchItemFailures: {
    /** Sequence number of the record, or id of the message. */
    itemIdentifier: string;
  }[];
}

/** The answer to a Firehose transformation event. */
export interface FirehoseResponse {
  /** One for each record. */
  records: {
    /** Its id within the invocation. */
    recordId: string;
    /** Whether its samples go on, or Firehose keeps it with what could not be processed. */
    result: 'Ok' | 'ProcessingFailed';
    /** Its samples in the wire format, one a line, in base64; of what failed, the data as they came. */
    data: string;
  }[];
}

/** What the indexer needs of the context that Lambda gives a handler. */
export interface InvocationContext {
  /**
   * How long the invocation may still take.
   *
   * @returns Milliseconds.
   */
  getRemainingTimeInMillis(): number;
}
