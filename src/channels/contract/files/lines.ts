/**
 * The lines of a file, from a stream: each is read by itself, so that a damaged one damages no
 * other, and no more of the file is held than the piece that has come and the line it ended in.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Problem } from '../../../domain/order/problem.ts';
import { ChannelError } from '../errors.ts';

/** A line of a sales file has some hundred characters: this is what a file without line ends is. */
export const LINE_BYTES_MAX = 64 * 1024;

export interface FileLine {
  /** From 1. */
  number: number;
  /** Without its line end; empty where it cannot be read. */
  text: string;
  ending: '' | '\n' | '\r\n';
  /** `utf-8` where it says what no other charset would: more than ASCII, and well formed. */
  charset: 'ascii' | 'utf-8' | 'windows-1252';
  /** Why it is no text. */
  fault: Problem | null;
  bytes: number;
  /** SHA-256 (hex) of its bytes, asked for where it must be known again. */
  digest(): string;
}

const BEGINNINGS: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
  ['ZIP, XLSX', [0x50, 0x4b, 0x03, 0x04]],
];
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const LINE_FEED = 10;
const RETURN = 13;

/**
 * Yields the lines of each piece together. Lines end with LF or CR LF. Throws a ChannelError
 * `external.file_format` where the first bytes say that it is no text of 8-bit characters.
 */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<readonly FileLine[]> {
  const cutter = new LineCutter();
  let beginning: Buffer | null = Buffer.alloc(0);
  for await (const piece of bytes) {
    let buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (beginning !== null) {
      buffer = Buffer.concat([beginning, buffer]);
      // Four bytes tell what kind of file it is.
      if (buffer.length < 4) {
        beginning = buffer;
        continue;
      }
      beginning = null;
      buffer = withoutMark(buffer, name);
    }
    const lines = cutter.cut(buffer);
    if (lines.length > 0) yield lines;
  }
  const rest = beginning === null ? [] : cutter.cut(withoutMark(beginning, name));
  const last = [...rest, ...cutter.end()];
  if (last.length > 0) yield last;
}

function withoutMark(buffer: Buffer, file: string): Buffer {
  for (const [detail, bytes] of BEGINNINGS) {
    if (bytes.every((byte, index) => buffer[index] === byte)) {
      const params = { file, detail };
      throw new ChannelError('external.file_format', `${file}: ${detail}`, { params, sent: false });
    }
  }
  return buffer.subarray(0, 3).equals(UTF8_MARK) ? buffer.subarray(3) : buffer;
}

class LineCutter {
  #number = 0;
  #held: Buffer[] = [];
  #size = 0;
  /** Of a line that is too long to be held. */
  #hash: ReturnType<typeof createHash> | null = null;

  cut(buffer: Buffer): FileLine[] {
    const lines: FileLine[] = [];
    let at = 0;
    for (let end = buffer.indexOf(LINE_FEED); end >= 0; end = buffer.indexOf(LINE_FEED, at)) {
      lines.push(this.#finish(buffer.subarray(at, end), '\n'));
      at = end + 1;
    }
    if (at < buffer.length) this.#hold(buffer.subarray(at));
    return lines;
  }

  end(): FileLine[] {
    return this.#size === 0 ? [] : [this.#finish(Buffer.alloc(0), '')];
  }

  #hold(part: Buffer): void {
    this.#size += part.length;
    if (this.#hash === null && this.#size <= LINE_BYTES_MAX) {
      // A copy: the piece may be a window on memory that is used again.
      this.#held.push(Buffer.from(part));
      return;
    }
    this.#hash ??= this.#held.reduce((hash, held) => hash.update(held), createHash('sha256'));
    this.#held = [];
    this.#hash.update(part);
  }

  #finish(part: Buffer, feed: '' | '\n'): FileLine {
    this.#number += 1;
    const size = this.#size + part.length;
    if (this.#hash !== null || size > LINE_BYTES_MAX) {
      const returned = feed !== '' && part[part.length - 1] === RETURN;
      this.#hold(returned ? part.subarray(0, -1) : part);
      return this.#long(returned ? size - 1 : size, returned ? '\r\n' : feed);
    }
    const whole = this.#held.length === 0 ? part : Buffer.concat([...this.#held, part]);
    this.#held = [];
    this.#size = 0;
    const returned = feed !== '' && whole[whole.length - 1] === RETURN;
    const line = returned ? whole.subarray(0, -1) : whole;
    return readable(line, this.#number, returned ? '\r\n' : feed);
  }

  #long(size: number, ending: FileLine['ending']): FileLine {
    const digest = this.#hash?.digest('hex') ?? '';
    this.#hash = null;
    this.#held = [];
    this.#size = 0;
    const params = { size, limit: LINE_BYTES_MAX };
    return {
      number: this.#number,
      text: '',
      ending,
      charset: 'ascii',
      fault: { code: 'external.line_long', params },
      bytes: size,
      digest: () => digest,
    };
  }
}

/** What no text of a file holds; a tab is none of them. */
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;
const BEYOND_ASCII = /[^\u0000-\u007f]/;
const windows = new TextDecoder('windows-1252');

function readable(bytes: Buffer, number: number, ending: FileLine['ending']): FileLine {
  const plain = bytes.toString('latin1');
  const charset = !BEYOND_ASCII.test(plain) ? 'ascii' : isUtf8(bytes) ? 'utf-8' : 'windows-1252';
  const decoded =
    charset === 'ascii' ? plain : charset === 'utf-8' ? bytes.toString() : windows.decode(bytes);
  const broken = CONTROL.test(decoded);
  return {
    number,
    text: broken ? '' : decoded,
    ending,
    charset,
    fault: broken ? { code: 'external.line_bytes', params: {} } : null,
    bytes: bytes.length,
    // Of the text: the bytes may be gone by then. It is ASCII, UTF-8 or Windows-1252 as it was.
    digest: () =>
      createHash('sha256')
        .update(broken ? plain : decoded, broken ? 'latin1' : 'utf8')
        .digest('hex'),
  };
}
