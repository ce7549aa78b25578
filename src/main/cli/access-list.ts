/** `parterre access list`: the door's white and black lists, as files or on stdout. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { DoorListRequest } from '../../exchange/access-lists/read-door-list.ts';
import { readDoorList } from '../../exchange/access-lists/read-door-list.ts';
import type { CliIo, OpenOrganisation } from './command.ts';
import { choosePerformances, chooseProducts } from './command.ts';
import { say } from './reader.ts';
import { onDisk, Refusal, UsageError } from './refusal.ts';

export interface ListOptions {
  performance?: string[] | undefined;
  product?: string | undefined;
  day?: string | undefined;
  black?: boolean | undefined;
  out?: string | undefined;
}

/** Where lines go: each call is awaited, so that a slow disk slows the reading down. */
interface Sink {
  write(lines: readonly string[]): Promise<void>;
  /** Puts the whole list where it belongs. */
  end(): Promise<void>;
  /** Half a list at a gate is worse than none. */
  giveUp(): Promise<void>;
}

/** Exit code 1 where a code could not be written: its bearer would stand outside. */
export async function listCodes(
  open: OpenOrganisation,
  values: ListOptions,
  io: CliIo,
): Promise<number> {
  const { reader } = open;
  const requests = await requestsOf(open, values);
  const sink = values.out === undefined ? onStdout(io) : await inFile(values.out);
  let count = 0;
  const unwritable: string[] = [];
  try {
    for (const request of requests) {
      const list = await readDoorList(open.services, request);
      if (list.outcome !== 'list') throw new Refusal(why(open, list));
      for await (const lines of list.lines) {
        io.signal.throwIfAborted();
        await sink.write(lines);
        count += lines.length;
      }
      unwritable.push(...list.unwritable);
    }
    await sink.end();
  } catch (error) {
    await sink.giveUp();
    throw error;
  }
  if (values.out !== undefined)
    io.err(say(reader, 'door_list.written', { count, file: values.out }));
  if (unwritable.length === 0) return 0;
  const codes = unwritable.map((code) => JSON.stringify(code)).join(', ');
  io.err(say(reader, 'door_list.unwritable', { codes }));
  return 1;
}

function why(
  { reader }: OpenOrganisation,
  list: Exclude<Awaited<ReturnType<typeof readDoorList>>, { outcome: 'list' }>,
): string {
  switch (list.outcome) {
    case 'unwritable':
      return say(reader, 'door_list.our_code', { value: list.value });
    case 'not_a_pass':
      return say(reader, 'door_list.not_a_pass', { product: list.product });
    case 'unknown':
      return say(reader, 'performance.unknown', { text: '?' });
  }
}

async function requestsOf(open: OpenOrganisation, values: ListOptions): Promise<DoorListRequest[]> {
  const base = {
    organisationId: open.organisation.id,
    list: values.black ? ('black' as const) : ('white' as const),
  };
  const { performance = [], product, day } = values;
  if ((performance.length === 0) === (product === undefined)) {
    throw new UsageError('Name --performance PRODUCT/CODE, or --product CODE of a pass.');
  }
  if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) {
    throw new UsageError('--day is YYYY-MM-DD.');
  }
  if (product === undefined) {
    if (day !== undefined) throw new UsageError('--day goes with --product.');
    const chosen = await choosePerformances(open, performance);
    return chosen.map((performanceId) => ({ ...base, of: { performanceId } }));
  }
  const chosen = await chooseProducts(open, [product]);
  return chosen.map((productId) => ({ ...base, of: { productId, day: day ?? null } }));
}

function onStdout(io: CliIo): Sink {
  return {
    async write(lines) {
      for (const line of lines) io.out(line);
    },
    async end() {},
    async giveUp() {},
  };
}

/** The file appears whole, under its name, or not at all. */
async function inFile(file: string): Promise<Sink> {
  const partial = `${file}.${process.pid}.partial`;
  const stream = createWriteStream(partial, { encoding: 'utf8', mode: 0o600 });
  await onDisk(
    file,
    () =>
      new Promise<void>((resolve, reject) => {
        stream.once('open', () => resolve());
        stream.once('error', reject);
      }),
  );
  return {
    async write(lines) {
      const more = stream.write(`${lines.join('\n')}\n`);
      if (!more) await onDisk(file, () => drained(stream));
    },
    async end() {
      stream.end();
      await onDisk(file, () => finished(stream));
      await onDisk(file, () => rename(partial, file));
    },
    async giveUp() {
      stream.destroy();
      await rm(partial, { force: true });
    },
  };
}

function drained(stream: ReturnType<typeof createWriteStream>): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('drain', () => resolve());
    stream.once('error', reject);
  });
}
