/** `parterre access`: what the door says of a code, its lists, and blocking a code by hand. */
import { parseArgs } from 'node:util';
import type { DoorAnswer } from '../../domain/access/decide.ts';
import { blockCode } from '../../exchange/access-lists/block-code.ts';
import { checkAccess } from '../../exchange/check-access.ts';
import { DOOR_TEXTS } from '../../runs/door-texts.ts';
import { formatDay, formatInstant } from '../../runs/format-params.ts';
import { listCodes } from './access-list.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { choosePerformances } from './command.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  performance: { type: 'string', multiple: true },
  product: { type: 'string' },
  day: { type: 'string' },
  black: { type: 'boolean' },
  out: { type: 'string' },
  reason: { type: 'string' },
  note: { type: 'string' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'access',
  does: "what the door says of a code; the door's lists; blocking a code",
  usage: `parterre access check CODE [--performance PRODUCT/CODE] [--json]
                      [--organisation CODE] [--language fr|en|de|it|es]
    whether a code opens: exit code 0 open, 1 refused; without --performance the code's own
parterre access list (--performance PRODUCT/CODE... | --product CODE [--day YYYY-MM-DD])
                     [--black] [--out FILE]
    the white (or black) list of a performance, or of a pass, in the format of the gates
parterre access block CODE --reason stolen|technical [--note TEXT] [--json]
parterre access unblock CODE [--note TEXT] [--json]
    a manager closes a code by hand; it stays closed until it is unblocked`,
  run,
};

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

/** The options of each action, beside organisation and language. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  check: ['performance', 'json'],
  list: ['performance', 'product', 'day', 'black', 'out'],
  block: ['reason', 'note', 'json'],
  unblock: ['note', 'json'],
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = '', code, ...more] = positionals;
  const allowed = ALLOWED[action];
  if (allowed === undefined) throw new UsageError('Say check, list, block or unblock.');
  const known = [...allowed, 'organisation', 'language'];
  const foreign = Object.keys(values).find((name) => !known.includes(name));
  if (foreign !== undefined) throw new UsageError(`${action} has no option --${foreign}.`);
  if ((action === 'list') !== (code === undefined) || more.length > 0) {
    throw new UsageError(`Say which code: access ${action} CODE.`);
  }
  const open = await io.open(values);
  try {
    if (code === undefined) return await listCodes(open, values, io);
    return action === 'check'
      ? await check(open, code, values, io)
      : await block(open, code, { ...values, unblock: action === 'unblock' }, io);
  } finally {
    await open.close();
  }
}

const WHY = [
  'cancellation',
  'exchange',
  'replacement',
  'overbooked',
  'performance.cancelled',
  'blocked.stolen',
  'blocked.technical',
] as const;

/** Why, or when, in the reader's words; '' where the answer says it all. */
function detailOf(answer: DoorAnswer, reader: Reader): string {
  if (answer.open || answer.detail === null || answer.reason === 'replaced') return '';
  const { detail } = answer;
  const why = WHY.find((one) => one === detail);
  if (why !== undefined) return ` (${say(reader, `access.why.${why}`)})`;
  if (/^\d{4}-\d{2}-\d{2}$/.test(detail)) return ` (${formatDay(detail, reader)})`;
  if (/^\d{4}-\d{2}-\d{2}T/.test(detail)) return ` (${formatInstant(detail, reader)})`;
  // What a case waits for is named in `parterre cases`, and nothing that it is about here.
  return '';
}

async function block(
  open: OpenOrganisation,
  code: string,
  values: Values & { unblock: boolean },
  io: CliIo,
): Promise<number> {
  const { services, organisation, author, reader } = open;
  const { reason, note = '', unblock } = values;
  if (!unblock && reason !== 'stolen' && reason !== 'technical') {
    throw new UsageError('--reason is stolen or technical.');
  }
  const result = await blockCode(services, {
    organisationId: organisation.id,
    code,
    block: unblock ? null : (reason as 'stolen' | 'technical'),
    author,
    reason: note,
  });
  if (values.json) io.out(JSON.stringify({ code, ...result }));
  else if (result.outcome === 'unblocked') {
    const state = result.state === 'valid' ? 'open' : (result.state as 'provisional');
    const answer = DOOR_TEXTS[reader.language][state];
    io.out(say(reader, 'block.unblocked', { code, answer }));
  } else if (result.outcome === 'unknown') io.err(say(reader, 'block.unknown', { code }));
  else io.out(say(reader, `block.${result.outcome}`, { code }));
  return result.outcome === 'unknown' ? 1 : 0;
}

async function check(
  open: OpenOrganisation,
  code: string,
  values: Values,
  io: CliIo,
): Promise<number> {
  const { services, organisation } = open;
  const named = values.performance ?? [];
  if (named.length > 1) throw new UsageError('Name one performance.');
  const [performanceId] = await choosePerformances(open, named);
  const { answer, code: known } = await checkAccess(
    { database: services.database, organisationId: organisation.id, clock: services.clock },
    { code, performanceId: performanceId ?? null },
  );
  const texts = DOOR_TEXTS[open.reader.language];
  const text = answer.open
    ? texts[answer.provisional ? 'provisional' : 'open']
    : texts[answer.reason];
  if (values.json) {
    io.out(
      JSON.stringify({
        code,
        answer: answer.open ? 'open' : 'refused',
        provisional: answer.open && answer.provisional,
        reason: answer.open ? null : answer.reason,
        detail: answer.open ? (known?.reason ?? null) : answer.detail,
        text,
      }),
    );
  } else {
    io.out(`${code}: ${text}${detailOf(answer, open.reader)}`);
  }
  return answer.open ? 0 : 1;
}
