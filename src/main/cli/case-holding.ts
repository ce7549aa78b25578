/** `parterre cases take|note|hand-over|report`: who looks after a case, and the reseller's list. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { handOverCase, noteCase, takeCase } from '../../exchange/cases/hold-case.ts';
import { makeReport } from '../../exchange/cases/report.ts';
import type { CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface } from './command.ts';
import { say } from './reader.ts';
import { onDisk, UsageError } from './refusal.ts';

export interface HoldingCall {
  io: CliIo;
  open: OpenOrganisation;
  values: {
    interface?: string | undefined;
    text?: string | undefined;
    to?: string | undefined;
    'to-nobody'?: boolean | undefined;
    reason?: string | undefined;
    out?: string | undefined;
    again?: string | undefined;
    json?: boolean | undefined;
  };
  rest: readonly string[];
}

/** The cases that are named. */
export function idsOf({ rest }: Pick<HoldingCall, 'rest'>): number[] {
  if (rest.length === 0) throw new UsageError('Say which case: ID, as in parterre cases list.');
  return rest.map(idOf);
}

export function idOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`"${text}" is no ID of a case.`);
  return Number(text);
}

export async function take(call: HoldingCall): Promise<number> {
  const { open } = call;
  const { services, organisation, author } = open;
  const request = { organisationId: organisation.id, ids: idsOf(call), author };
  return tellCount(call, await takeCase(services, request));
}

export async function note(call: HoldingCall): Promise<number> {
  const { open, values } = call;
  if (values.text === undefined) throw new UsageError('Say the note: --text TEXT.');
  const { services, organisation, author } = open;
  const request = { organisationId: organisation.id, ids: idsOf(call), author };
  return tellCount(call, await noteCase(services, { ...request, note: values.text }));
}

export async function handOver(call: HoldingCall): Promise<number> {
  const { open, values } = call;
  if ((values.to === undefined) === (values['to-nobody'] !== true)) {
    throw new UsageError('Say to whom: --to NAME or --to-nobody.');
  }
  const { services, organisation, author } = open;
  const request = { organisationId: organisation.id, ids: idsOf(call), author };
  const to = values.to ?? null;
  const reason = values.reason ?? null;
  return tellCount(call, await handOverCase(services, { ...request, to, reason }));
}

function tellCount({ io, open, values }: HoldingCall, changed: number): number {
  if (values.json) io.out(JSON.stringify({ changed }));
  else io.out(say(open.reader, 'cases.changed', { count: changed }));
  return 0;
}

export async function report(call: HoldingCall): Promise<number> {
  const { io, open, values } = call;
  const { services, organisation, author, reader } = open;
  const record = await chooseInterface(open, values.interface);
  const folder = values.out ?? '.';
  // Before anything is marked as sent: a folder that cannot be written is told first.
  await onDisk(folder, () => mkdir(folder, { recursive: true }));
  const made = await makeReport(services, {
    organisationId: organisation.id,
    interfaceId: record.id,
    author,
    ...reader,
    ...(values.again !== undefined && { again: idOf(values.again) }),
  });
  if (made.outcome === 'empty') {
    if (values.json) io.out(JSON.stringify({ outcome: 'empty' }));
    else io.out(say(reader, 'cases.report_empty', { interface: record.code }));
    return 0;
  }
  const name = join(folder, `report-${record.code}-${made.id}`);
  const [letter, sheet] = [`${name}.txt`, `${name}.xlsx`];
  const { file, to, subject, text, items, id } = made;
  await onDisk(letter, () => writeFile(letter, `${subject}\n\n${text}\n`));
  await onDisk(sheet, () => writeFile(sheet, file));
  if (values.json) {
    io.out(
      JSON.stringify({ outcome: 'made', report: id, to, subject, text, items, letter, sheet }),
    );
    return 0;
  }
  const people = to.map((one) => `${one.name} <${one.mail}>`).join(', ') || '-';
  io.out(say(reader, 'cases.report_made', { count: items.length, letter, sheet, people }));
  return 0;
}
