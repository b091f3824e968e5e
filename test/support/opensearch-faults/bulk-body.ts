/** A document of a `_bulk` request. */
export interface BulkDocument {
  readonly action: string;
  readonly index: string;
  readonly id: string;
  /** As they came: the action, and the document where it has one. */
  readonly lines: readonly string[];
}

/** What a `_bulk` answer says of one document, under the name of its action. */
export type BulkItem = Readonly<Record<string, { readonly status: number }>>;

/** Reads the body of a `_bulk` request. @param inPath - The index of what names none. */
export function* readBulk(body: string, inPath = ''): Generator<BulkDocument> {
  const lines = body.split('\n').filter((line) => line !== '');
  for (let at = 0; at < lines.length; ) {
    const head = lines[at] ?? '';
    const [[action, { _index: index = inPath, _id: id }]] = Object.entries(JSON.parse(head)) as [
      [string, { _index?: string; _id: string }],
    ];
    const length = action === 'delete' ? 1 : 2;
    yield { action, index, id, lines: lines.slice(at, at + length) };
    at += length;
  }
}

/** The body of a `_bulk` request for these documents. */
export const writeBulk = (documents: readonly BulkDocument[]): string =>
  documents.flatMap(({ lines }) => lines.map((line) => `${line}\n`)).join('');

const errors = {
  itemBusy: { status: 429, type: 'rejected_execution_exception', reason: 'rejected execution of bulk' },
  itemUnavailable: {
    status: 503,
    type: 'unavailable_shards_exception',
    reason: 'primary shard is not active',
  },
  itemRefused: { status: 400, type: 'mapper_parsing_exception', reason: 'failed to parse' },
};

/** What can happen to one document. */
export type DocumentFault = keyof typeof errors;

/** How a document is turned away. */
export function faultyItem({ action, index, id }: BulkDocument, fault: DocumentFault): BulkItem {
  const { status, ...error } = errors[fault];
  return { [action]: { _index: index, _id: id, status, error } as { status: number } };
}
