/** A view on the same bytes, whether they come from Node (a `Uint8Array`) or from Web Bluetooth (a `DataView`). */
export function toDataView(bytes: Uint8Array | DataView): DataView {
  return bytes instanceof DataView ? bytes : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
