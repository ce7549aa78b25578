/**
 * Whether a workbook, which is a zip archive, stays small when it is unpacked. A file of a megabyte
 * can unpack to many gigabytes, and what reads workbooks unpacks whatever it is given.
 */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

export const UNPACKED_BYTES_MAX = 128 * 1024 * 1024;
const PARTS_MAX = 1_000;
const END_MARK = 0x06_05_4b_50;
const PART_MARK = 0x02_01_4b_50;
const LOCAL_MARK = 0x04_03_4b_50;
const END_BYTES = 22;
const COMMENT_MAX = 65_535;

/** Throws when it is no archive, or unpacks to too much; what it says of its sizes is tried out. */
export async function assertSmallWorkbook(bytes: Buffer): Promise<void> {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > PARTS_MAX) throw new Error(`The workbook has ${count} parts.`);
  let left = UNPACKED_BYTES_MAX;
  for (let part = 0; part < count; part += 1) {
    if (bytes.readUInt32LE(at) !== PART_MARK) throw new Error('The workbook is broken.');
    const packed = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    const isPacked = bytes.readUInt16LE(at + 10) !== 0;
    left -= await sizeOf(bytes, { local, packed, isPacked, most: left });
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
}

function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - COMMENT_MAX);
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === END_MARK) return at;
  }
  throw new Error('This is no workbook.');
}

/** Bytes that a part unpacks to; throws as soon as they are more than `most`. */
async function sizeOf(
  bytes: Buffer,
  part: { local: number; packed: number; isPacked: boolean; most: number },
): Promise<number> {
  const { local, packed, isPacked, most } = part;
  if (bytes.readUInt32LE(local) !== LOCAL_MARK) throw new Error('The workbook is broken.');
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (!isPacked) {
    if (packed > most) throw new Error('The workbook unpacks to too much.');
    return packed;
  }
  const data = bytes.subarray(from, from + packed);
  return (await inflate(data, { maxOutputLength: Math.max(1, most) })).length;
}
