/** `parterre house seats`: the venue's own sales, holds and blocks, from a file. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { OwnFault } from '../../domain/house/own-lines.ts';
import type { OwnPlacesResult } from '../../exchange/house-seats/change-own-places.ts';
import { changeOwnPlaces } from '../../exchange/house-seats/change-own-places.ts';
import { readOwnLines } from '../../exchange/house-seats/read-lines.ts';
import type { CliIo } from './command.ts';
import { onDisk } from './refusal.ts';

export const SEATS_USAGE = `parterre house seats FILE [--simulate] [--ask-back] [--json]
    the venue's own sales, holds and blocks, and freeing them, from a .csv or .xlsx with the
    columns performance, seat (or zone or date with quantity), state (sold, held, blocked, free)
    and reference; each bad line is told and the others are applied; --ask-back asks seats back
    that a reseller holds: they are the reference's when the reseller gives them back`;

export interface SeatsOptions {
  organisation?: string | undefined;
  simulate?: boolean | undefined;
  'ask-back'?: boolean | undefined;
  json?: boolean | undefined;
}

export async function seatsFile(file: string, values: SeatsOptions, io: CliIo): Promise<number> {
  const bytes = await onDisk(file, () => readFile(file));
  const read = await readOwnLines(bytes);
  if ('fault' in read) {
    const fault: OwnFault = { ...read.fault, code: 'seats.unreadable' };
    if (values.json) io.out(JSON.stringify({ outcome: 'refused', ...fault }));
    else io.err(`${file}: ${tell(fault)}`);
    return 1;
  }
  const open = await io.open(values);
  try {
    const result = await changeOwnPlaces(open.services, {
      organisationId: open.organisation.id,
      lines: read.lines,
      author: open.author,
      source: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
      simulate: values.simulate === true,
      askBack: values['ask-back'] === true,
      signal: io.signal,
    });
    if (values.json) {
      const outcome = values.simulate ? 'simulated' : 'applied';
      io.out(JSON.stringify({ outcome, ...result }));
    } else print(file, result, values, io);
    return result.faults.length > 0 ? 1 : 0;
  } finally {
    await open.close();
  }
}

function tell({ line, message, cure, code }: OwnFault): string {
  const where = line === null ? '' : `line ${line}: `;
  return `${where}${message} ${cure} [${code}]`;
}

function print(file: string, result: OwnPlacesResult, values: SeatsOptions, io: CliIo): void {
  for (const fault of result.faults) io.err(`${file}, ${tell(fault)}`);
  const parts = [
    [result.applied, values.simulate ? 'would change' : 'changed'],
    [result.asked, values.simulate ? 'would be asked back' : 'asked back from a reseller'],
    [result.waiting, 'waiting for a reseller'],
    [result.dropped, 'no longer asked back'],
    [result.unchanged, 'as they were'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const faults = result.faults.length;
  const bad =
    faults === 0 ? '' : ` ${faults} ${faults === 1 ? 'line was' : 'lines were'} not applied.`;
  io.out(`${result.lines} lines; places: ${told.join(', ') || 'none'}.${bad}`);
  if (values.simulate) io.out('Nothing was written.');
}
