import { expect } from 'vitest';
import type { Message } from '../../../domain/order/message.ts';
import type { Capabilities } from '../capabilities.ts';
import type { FileRecord, SalesFileBatch } from '../files/sales-file.ts';
import type { ContractCase, ContractHouse } from './house.ts';
import { messagesOf, PERFORMANCE, WORDS } from './house.ts';

const files = ({ sales }: Capabilities): boolean => sales.files !== 'none';
const both = (all: Capabilities): boolean => files(all) && all.sales.mode === 'pull';
const EVENT = { product: WORDS.product, start: WORDS.start, force: true };

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The simulator's file of the kit's performance, read by the channel. */
async function readFile(
  house: ContractHouse,
  options: { precision?: 'minute' | 'second'; batchSize?: number; size?: number } = {},
): Promise<{ records: FileRecord[]; kept: string; batches: SalesFileBatch[]; bytes: Buffer }> {
  const { precision = 'minute', batchSize = 100, size = 4_096 } = options;
  const request = { product: WORDS.product, start: WORDS.start, precision };
  const written = house.simulator.salesFile?.(request);
  if (!written || !house.open.salesFiles) throw new Error('the reseller writes no files');
  const bytes = Buffer.from(written.base64, 'base64');
  const batches: SalesFileBatch[] = [];
  const file = { name: written.name, bytes: inPieces(bytes, size) };
  for await (const batch of house.open.salesFiles.read(file, { only: PERFORMANCE, batchSize })) {
    batches.push(batch);
  }
  const kept = batches.map((batch) => Buffer.from(batch.kept).toString()).join('');
  return { records: batches.flatMap(({ records }) => records), kept, batches, bytes };
}

async function drained(batches: AsyncIterable<SalesFileBatch> | []): Promise<number> {
  let count = 0;
  for await (const { records } of batches) count += records.length;
  return count;
}

/** Sold and given back, with what every way in tells of it. */
function sellSome(house: ContractHouse): string[] {
  const { switchboard } = house.simulator;
  const { tickets } = switchboard.sell({ ...EVENT, category: WORDS.category, count: 5 });
  switchboard.cancel({ ticket: tickets[1] ?? '' });
  return [...tickets];
}

function shared({ kind, operationAt, ticket, product, start, priceMinor }: Message): object {
  return { kind, minute: operationAt.slice(0, 16), ticket, product, start, priceMinor };
}

export const FILE_CASES: readonly ContractCase[] = [
  {
    name: 'files.same: a file tells the sales and cancellations that the wire tells',
    needs: both,
    async run(house) {
      sellSome(house);
      const pulled = messagesOf((await house.pull(null, 100)).records);
      for (const precision of ['minute', 'second'] as const) {
        const { records } = await readFile(house, { precision });
        const read = messagesOf(records.map(({ received }) => received));
        expect(read.map(shared)).toEqual(pulled.map(shared));
        expect(read.every((one) => one.operationPrecision === precision)).toBe(true);
      }
    },
  },
  {
    name: 'files.stream: in whatever pieces it comes, the records and the kept file are the same',
    needs: files,
    async run(house) {
      sellSome(house);
      const whole = await readFile(house);
      expect(whole.records).toHaveLength(6);
      for (const [size, batchSize] of [
        [1, 1],
        [7, 4],
      ] as const) {
        const read = await readFile(house, { size, batchSize });
        expect(read.records).toEqual(whole.records);
        expect(read.kept).toBe(whole.kept);
        for (const { records } of read.batches)
          expect(records.length).toBeLessThanOrEqual(batchSize);
      }
    },
  },
  {
    name: 'files.contact-data: is in no record and not in what is kept; the layout stays',
    needs: files,
    async run(house) {
      const tickets = sellSome(house);
      const { records, kept, bytes } = await readFile(house);
      const text = JSON.stringify([records, kept]);
      const values = tickets.flatMap((ticket) => house.settings.contactData(ticket));
      expect(values.length).toBeGreaterThan(0);
      expect(values.filter((value) => text.includes(value))).toEqual([]);
      const ends = (content: string): number => content.split('\n').length;
      expect(ends(kept)).toBe(ends(bytes.toString('latin1')));
    },
  },
  {
    name: 'files.none: what is no file of the reseller is refused as a whole',
    needs: files,
    async run({ open }) {
      for (const [content, code] of [
        ['', 'external.file_empty'],
        ['<html><body>Maintenance</body></html>\n', 'external.file_format'],
      ] as const) {
        const file = { name: 'f', bytes: inPieces(Buffer.from(content), 10) };
        const reading = open.salesFiles?.read(file, { only: PERFORMANCE, batchSize: 10 });
        const error = await drained(reading ?? []).catch((caught: unknown) => caught);
        expect(error).toMatchObject({ name: 'ChannelError', code, sent: false });
      }
    },
  },
];
