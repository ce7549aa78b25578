/** Files of sales for tests: the fixtures, and what a simulator writes. */
import { readFileSync } from 'node:fs';
import type { SalesFileRequest } from '../../src/channels/contract/switchboard.ts';
import type { RunRequest } from '../../src/exchange/context.ts';
import type { FileToImport, ImportedLine } from '../../src/exchange/import-sales.ts';
import { importSales } from '../../src/exchange/import-sales.ts';
import type { BooksWorld, Ran } from './books-world.ts';
import { WORDS } from './books-world.ts';

const FIXTURES = new URL('../../src/channels/fnac/fixtures/csv/', import.meta.url);

export function fixtureBytes(name: string): Buffer {
  return readFileSync(new URL(`${name}.csv`, FIXTURES));
}

/** In pieces, as a disk gives them. */
export function fileOf(bytes: Uint8Array, name = 'ventes.csv', size = 997): FileToImport {
  return {
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}

/** The reseller's own file of the first performance, or of what the request says. */
export function writtenFile(
  world: BooksWorld,
  request: Partial<SalesFileRequest> = {},
): { bytes: Buffer; file: FileToImport } {
  const event = { product: WORDS.event, start: WORDS.first };
  const written = world.simulator.salesFile?.({ ...event, ...request });
  if (written === undefined) throw new Error('The reseller writes no files.');
  const bytes = Buffer.from(written.base64, 'base64');
  return { bytes, file: fileOf(bytes, written.name) };
}

/** Imports a file of the performance P1; with what became of each line. */
export async function importFile(
  world: BooksWorld,
  file: FileToImport,
  request: Partial<RunRequest> = {},
): Promise<Ran & { told: ImportedLine[] }> {
  const performanceId = await world.house.performanceId('SHOW', 'P1');
  const told: ImportedLine[] = [];
  const tell = async (lines: readonly ImportedLine[]): Promise<void> => {
    told.push(...lines);
  };
  const ran = await world.run((context) => importSales(context, file, { tell }), {
    filters: { performanceIds: [performanceId] },
    ...request,
  });
  return { ...ran, told };
}
