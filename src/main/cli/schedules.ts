/** `parterre schedules`: when functions run by themselves. */
import { parseArgs } from 'node:util';
import { readTiming } from '../../domain/schedule/timing.ts';
import {
  changeSchedule,
  listSchedules,
  resumeSchedule,
  startSchedule,
} from '../../exchange/schedules/change-schedules.ts';
import { formatInstant } from '../../runs/format-params.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { ScheduleRecord } from '../../store/schedule-store.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface } from './command.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';
import { Refusal, UsageError } from './refusal.ts';
import { inColumns } from './run-output.ts';

const OPTIONS = {
  interface: { type: 'string' },
  from: { type: 'string' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
} as const;
const ACTIONS = ['list', 'on', 'off', 'start', 'resume'];

export const command: CliCommand = {
  name: 'schedules',
  does: 'when functions run by themselves: list, on, off, start now, resume',
  usage: `parterre schedules [list] [--interface CODE] [--json]
parterre schedules on|off NAME [--interface CODE] [--json]
parterre schedules start NAME [--from INSTANT] [--interface CODE] [--json]
    asks the workers for a run now; --from: this run reads again from that instant
parterre schedules resume NAME [--interface CODE] [--json]
    takes up one that paused after failures
    everywhere: --organisation CODE, --language fr|en|de|it|es`,
  run,
};

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = 'list', name, ...more] = positionals;
  const named = action !== 'list';
  if (!ACTIONS.includes(action) || more.length > 0 || (name !== undefined) !== named) {
    throw new UsageError('Say list, on NAME, off NAME, start NAME or resume NAME.');
  }
  if (values.from !== undefined && action !== 'start') throw new UsageError('--from is of start.');
  const open = await io.open(values);
  try {
    const all = await readAll(open, values);
    if (name === undefined) return list(all, open.reader, values, io);
    await act(action, choose(all, name, open.reader), open, values, io);
    return 0;
  } finally {
    await open.close();
  }
}

async function readAll(open: OpenOrganisation, values: Values): Promise<ScheduleRecord[]> {
  const { services, organisation } = open;
  const of = { organisationId: organisation.id };
  if (values.interface === undefined) return await listSchedules(services, of);
  const { id } = await chooseInterface(open, values.interface);
  return await listSchedules(services, { ...of, interfaceId: id });
}

function choose(all: readonly ScheduleRecord[], name: string, reader: Reader): ScheduleRecord {
  const [found, ...others] = all.filter((one) => one.name === name);
  if (found === undefined) throw new Refusal(say(reader, 'schedules.unknown', { name }));
  if (others.length > 0) throw new UsageError(say(reader, 'schedules.several', { name }));
  return found;
}

function list(all: readonly ScheduleRecord[], reader: Reader, values: Values, io: CliIo): number {
  if (values.json) {
    io.out(JSON.stringify(all));
    return 0;
  }
  if (all.length === 0) io.out(say(reader, 'schedules.none'));
  const rows = all.map((one) => [
    one.interfaceCode,
    one.name,
    TEXTS[reader.language].terms.function[one.function],
    rhythmOf(one, reader),
    stateOf(one, reader),
  ]);
  for (const line of inColumns(rows)) io.out(line);
  return 0;
}

function rhythmOf({ timing }: ScheduleRecord, reader: Reader): string {
  const read = readTiming(timing);
  if ('fault' in read) return '?';
  const { timing: of } = read;
  switch (of.kind) {
    case 'hours':
      return say(reader, 'schedules.hours', { every: of.every });
    case 'days':
      return say(reader, 'schedules.days', { every: of.every, time: of.time ?? '00:00' });
    case 'at':
      return say(reader, 'schedules.at', { time: of.time });
    case 'cron':
      return say(reader, 'schedules.cron', { expression: of.expression });
    case 'manual':
      return say(reader, 'schedules.manual');
  }
}

function stateOf(one: ScheduleRecord, reader: Reader): string {
  const { active, pausedAt, nextAt, failures, lastProblem } = one;
  const at = (instant: string): string => formatInstant(instant, reader);
  const parts: string[] = [];
  if (!active) parts.push(say(reader, 'schedules.is_off'));
  else if (pausedAt !== null) parts.push(say(reader, 'schedules.is_paused', { at: at(pausedAt) }));
  else if (nextAt !== null) parts.push(say(reader, 'schedules.next', { at: at(nextAt) }));
  if (failures > 0) {
    parts.push(say(reader, 'schedules.fails', { failures, problem: lastProblem?.code ?? '?' }));
  }
  return parts.join('; ');
}

async function act(
  action: string,
  schedule: ScheduleRecord,
  open: OpenOrganisation,
  values: Values,
  io: CliIo,
): Promise<void> {
  const { services, organisation, author, reader } = open;
  const { id: scheduleId, name } = schedule;
  const request = { organisationId: organisation.id, author, scheduleId };
  const tell = (result: object, text: string): void =>
    io.out(values.json ? JSON.stringify(result) : text);
  if (action === 'start') {
    if (values.from !== undefined) {
      const from = new Date(values.from);
      if (Number.isNaN(from.getTime())) throw new UsageError('--from is an instant of ISO 8601.');
      const change = { fromDate: from.toISOString() };
      refuse(await changeSchedule(services, { ...request, change }));
    }
    const result = refuse(await startSchedule(services, request));
    const key = result.already ? 'schedules.already' : 'schedules.asked';
    tell(result, say(reader, key, { name }));
    return;
  }
  const result =
    action === 'resume'
      ? await resumeSchedule(services, request)
      : await changeSchedule(services, { ...request, change: { active: action === 'on' } });
  const { schedule: after } = refuse(result);
  const next =
    after.nextAt === null
      ? say(reader, 'schedules.unplanned')
      : formatInstant(after.nextAt, reader);
  const text =
    action === 'off'
      ? say(reader, 'schedules.off', { name })
      : say(reader, action === 'on' ? 'schedules.on' : 'schedules.resumed', { name, next });
  tell(result, text);
}

/** What was refused in spite of the checks before: a timing nobody can read, say. */
function refuse<T extends { outcome: string }>(result: T): Exclude<T, { outcome: 'refused' }> {
  if (result.outcome !== 'refused') return result as Exclude<T, { outcome: 'refused' }>;
  const { refusal } = result as unknown as { refusal: { code: string; fault?: string } };
  const { code, fault } = refusal;
  throw new Refusal(fault === undefined ? code : `${code}: ${fault}`);
}
