/** A view on the same bytes, whether they come from Node (a `Uint8Array`) or from Web Bluetooth (a `DataView`). */
export function toDataView(bytes: Uint8Array | DataView): DataView {
  return bytes instanceof DataView ? bytes : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads numbers at places that there are: without a view, since making one takes longer than reading a packet. */
export interface Reader<Bytes> {
  uint8(bytes: Bytes, at: number): number;
  /** The lower byte first. */
  uint16(bytes: Bytes, at: number): number;
}

export const ofView: Reader<DataView> = {
  uint8: (view, at) => view.getUint8(at),
  uint16: (view, at) => view.getUint16(at, true),
};

export const ofArray: Reader<Uint8Array> = {
  uint8: (bytes, at) => bytes[at] as number,
  uint16: (bytes, at) => (bytes[at] as number) | ((bytes[at + 1] as number) << 8),
};

/** Bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array | DataView): string {
  const view = toDataView(bytes);
  let hex = '';
  for (let at = 0; at < view.byteLength; at++) hex += view.getUint8(at).toString(16).padStart(2, '0');
  return hex;
}

/** The bytes that hexadecimal digits stand for, or `undefined` where the text is something else. */
export function fromHex(hex: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-f]{2})*$/i.test(hex)) return undefined;
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16),
  );
}
