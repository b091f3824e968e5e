import { copy } from './copy.js';

/** So many bytes are allocated at once, if no piece needs more. */
const BLOCK = 64 * 1024;

/**
 * Puts small pieces one behind the other in memory that they share: of its own each would make work for the collector of
 * garbage. What is there stays as it is.
 */
export class ByteStore {
  /** Where the next piece goes. */
  bytes = Buffer.alloc(0);
  /** Where in it. */
  end = 0;

  /** Makes room for so many bytes, all of them in the same `bytes`. */
  reserve(size: number): void {
    if (this.end + size <= this.bytes.length) return;
    this.bytes = Buffer.allocUnsafeSlow(Math.max(BLOCK, size));
    this.end = 0;
  }

  /** Puts the bytes of a text in base64, for which there is room. */
  putBase64(text: string): void {
    this.end += this.bytes.write(text, this.end, 'base64');
  }

  /** Puts one byte. */
  putByte(byte: number): void {
    this.bytes[this.end] = byte;
    this.end++;
  }

  /** Puts once more what is there already. */
  putAgain(start: number, end: number): void {
    this.end = copy(this.bytes, start, end, this.bytes, this.end);
  }
}
