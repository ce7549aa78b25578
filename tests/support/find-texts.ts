/** Looks for texts everywhere a program may have left them: tables, compressed columns, files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { Database } from '../../src/store/database/database.ts';

/** The texts of each table of every schema, catalogues aside; what is compressed is opened. */
export async function readEveryTable(database: Database): Promise<Map<string, string>> {
  return database.administration(async (tx) => {
    const tables = await tx.query<{ name: string }>(
      `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
       from information_schema.tables
       where table_type = 'BASE TABLE'
         and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const found = new Map<string, string>();
    for (const { name } of tables) {
      const rows = await tx.query<Record<string, unknown>>(`select * from ${name}`);
      found.set(name, rows.map((row) => Object.values(row).map(textOf).join('\n')).join('\n'));
    }
    return found;
  });
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return opened(Buffer.from(value)).toString('utf8');
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Bytes as they were before they were compressed, whatever did it. */
function opened(bytes: Buffer): Buffer {
  for (const open of [gunzipSync, zstdDecompressSync, inflateSync, brotliDecompressSync]) {
    try {
      return open(bytes);
    } catch {
      // Not this one.
    }
  }
  return bytes;
}

/** Each file under the folder by its path in it, but for the folders named, opened if packed. */
export function readEveryFile(
  folder: string,
  except: (path: string) => boolean = () => false,
): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !except(relative(folder, file)));
  return new Map(files.map((file) => [relative(folder, file), opened(readFileSync(file))]));
}

const PREFIX_BYTES = 4;

/** Many texts, looked for in one pass over the bytes. Each has four bytes at least. */
export class Needles {
  readonly #byPrefix = new Map<number, Buffer[]>();

  constructor(texts: Iterable<string>) {
    const all = [...new Set(texts)];
    // As files of the old days write them, too.
    const bytes = all.flatMap((text) => {
      const [utf8, latin1] = [Buffer.from(text, 'utf8'), Buffer.from(text, 'latin1')];
      return utf8.equals(latin1) ? [utf8] : [utf8, latin1];
    });
    for (const one of bytes) {
      if (one.length < PREFIX_BYTES) throw new Error('A text to look for is too short to say so.');
      const prefix = one.readInt32LE(0);
      const same = this.#byPrefix.get(prefix);
      if (same === undefined) this.#byPrefix.set(prefix, [one]);
      else same.push(one);
    }
  }

  /** Those that are in it, each once. */
  within(haystack: string | Buffer): string[] {
    const bytes = typeof haystack === 'string' ? Buffer.from(haystack) : haystack;
    const found = new Set<string>();
    for (let at = 0; at + PREFIX_BYTES <= bytes.length; at += 1) {
      const candidates = this.#byPrefix.get(bytes.readInt32LE(at));
      if (candidates === undefined) continue;
      for (const one of candidates) {
        if (bytes.subarray(at, at + one.length).equals(one)) found.add(one.toString('utf8'));
      }
    }
    return [...found];
  }
}
