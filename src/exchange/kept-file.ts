import { once } from 'node:events';
import type { Gzip } from 'node:zlib';
import { createGzip } from 'node:zlib';

/** Of a file of a million lines some 15 MB are left; what grows beyond is not kept at all. */
const COMPRESSED_BYTES_MAX = 48 * 1024 * 1024;

/** A redacted file on its way into the books: compressed piece by piece, with an upper bound. */
export class KeptFile {
  readonly #gzip: Gzip = createGzip();
  #pieces: Buffer[] | null = [];
  #size = 0;

  constructor() {
    this.#gzip.on('data', (piece: Buffer) => {
      this.#size += piece.length;
      if (this.#size > COMPRESSED_BYTES_MAX) this.#pieces = null;
      this.#pieces?.push(piece);
    });
  }

  async add(bytes: Uint8Array): Promise<void> {
    if (bytes.byteLength === 0 || this.#pieces === null) return;
    if (!this.#gzip.write(bytes)) await once(this.#gzip, 'drain');
  }

  /** The whole, compressed; null where it grew too large. */
  async end(): Promise<Uint8Array | null> {
    const ended = once(this.#gzip, 'end');
    this.#gzip.end();
    await ended;
    return this.#pieces === null ? null : Buffer.concat(this.#pieces);
  }
}
