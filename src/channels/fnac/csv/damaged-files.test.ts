import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChannelError } from '../../contract/errors.ts';
import type { SalesFileBatch } from '../../contract/files/sales-file.ts';
import { FnacSalesFiles } from './sales-files.ts';

const FILE = readFileSync(new URL('../fixtures/csv/ordinary.csv', import.meta.url));
const ONLY = { product: 'MSHOW', performance: null, start: '2027-02-01T20:00', hall: null };

async function read(bytes: Uint8Array): Promise<SalesFileBatch[]> {
  const batches: SalesFileBatch[] = [];
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
  };
  const port = new FnacSalesFiles({ timeZone: 'Europe/Paris', currency: 'EUR' });
  const file = { name: 'f.csv', bytes: pieces() };
  for await (const batch of port.read(file, { only: ONLY, batchSize: 2 })) batches.push(batch);
  return batches;
}

/** What a line tells without the people in it: what may be kept. */
const PEOPLE = ['DUPONT', 'LEF', 'MARTIN', 'Louis', '75011', '69003', '13002', 'FRANCE'];

const damage = fc.record({
  at: fc.nat(FILE.length - 1),
  cut: fc.nat(40),
  put: fc.oneof(
    fc.constantFrom(';', '"', '\n', '\r', '\0', ' ', 'é', ';;', '1', '\ufeff', '€'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ),
});

interface Damage {
  at: number;
  cut: number;
  put: string;
}

async function readDamaged(damages: readonly Damage[]) {
  let bytes = FILE;
  for (const { at, cut, put } of damages) {
    bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at + cut)]);
  }
  const batches = await read(bytes).catch((error: unknown) => {
    // The beginning is no dictionary any more.
    expect(error).toBeInstanceOf(ChannelError);
    return [];
  });
  const kept = Buffer.concat(batches.map((batch) => batch.kept)).toString();
  return { bytes, batches, kept, records: batches.flatMap(({ records }) => records) };
}

const lineEnds = (text: string): number => text.split('\n').length;

test('whatever was damaged, each line is told once, in its place, and storable', async () => {
  const damages = fc.array(damage, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(damages, async (some) => {
      const { bytes, batches, kept, records } = await readDamaged(some);
      const lines = records.map(({ line }) => line);
      expect([...new Set(lines)].sort((a, b) => a - b)).toEqual(lines);
      if (batches.length > 0) expect(lineEnds(kept)).toBe(lineEnds(bytes.toString('latin1')));
      expect(JSON.stringify([records, kept])).not.toMatch(/\\u0000/);
    }),
    { numRuns: 1_000 },
  );
});

test('no one in a damaged line is kept', async () => {
  await fc.assert(
    fc.asyncProperty(damage, async (one) => {
      const { batches, kept, records } = await readDamaged([one]);
      // The position is a digest: any figures may be in it.
      const excerpts = records.flatMap(({ received }) =>
        received.readable ? [] : [{ ...received, position: '' }],
      );
      const notes = batches.map((batch) => batch.notes);
      const stored = `${kept}${JSON.stringify([excerpts, notes])}`;
      expect(PEOPLE.filter((name) => stored.includes(name))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
