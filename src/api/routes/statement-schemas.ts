/** Statements, and what differs, as the API says them; amounts in minor units. */
import { z } from 'zod';
import { netDifference, waysOutOf } from '../../domain/money/difference-ways.ts';
import type { ComparedStatement, CompareResult } from '../../exchange/account/compare-statement.ts';
import type { StatementResult } from '../../exchange/account/enter-statement.ts';
import type { readStatements } from '../../exchange/account/read-statements.ts';
import { idSchema, printId, printIdOrNull } from '../ids.ts';
import { instant, period } from '../route.ts';

export const statementSchema = z
  .object({
    id: idSchema('statement'),
    interface: idSchema('interface'),
    period,
    document: z.string(),
    replaces: z.string().nullable(),
    replacedBy: z.string().nullable().describe('It does not count any more.'),
    currency: z.string(),
    grossMinor: z.int(),
    commissionMinor: z.int(),
    netMinor: z.int(),
    tickets: z.int(),
    lines: z.int().describe('0: only totals.'),
    cleared: z.int().describe('Lines that agreed with the ledger.'),
    enteredAt: instant,
    author: z.string(),
  })
  .meta({ id: 'Statement' });

type Kept = Awaited<ReturnType<typeof readStatements>>[number];

export function presentStatement(one: Kept): z.output<typeof statementSchema> {
  const { document, replaces, replacedBy, currency, grossMinor, commissionMinor } = one;
  const { tickets, lines, cleared, enteredAt, author } = one;
  return {
    id: printId('statement', one.id),
    interface: printId('interface', one.interfaceId),
    period: one.period,
    ...{ document, replaces, replacedBy, currency, grossMinor, commissionMinor },
    netMinor: grossMinor - commissionMinor,
    ...{ tickets, lines, cleared, enteredAt, author },
  };
}

export const keptSchema = z
  .object({
    outcome: z
      .enum(['entered', 'known', 'foretold'])
      .describe('known: the document was there, as it is; foretold: nothing was written.'),
    statement: idSchema('statement').nullable(),
    lines: z.int(),
    grossMinor: z.int(),
    commissionMinor: z.int(),
    tickets: z.int(),
  })
  .meta({ id: 'StatementKept' });

export function presentKept(
  kept: Exclude<StatementResult, { outcome: 'refused' }>,
): z.output<typeof keptSchema> {
  const { statementId, outcome, lines, grossMinor, commissionMinor, tickets } = kept;
  const statement = statementId === 0 ? null : printId('statement', statementId);
  return { outcome, statement, lines, grossMinor, commissionMinor, tickets };
}

const money = z.object({ grossMinor: z.int(), commissionMinor: z.int() });
const side = money.extend({ tickets: z.int() });

export const comparedSchema = z
  .object({
    outcome: z.enum(['compared', 'nothing']).describe('nothing: no statement of this month.'),
    period,
    currency: z.string().nullable(),
    statements: z.array(statementSchema).readonly(),
    ours: side.nullable(),
    theirs: side.nullable(),
    differenceMinor: z.int().describe('Net of theirs less net of ours.'),
    differences: z.int(),
    byCause: z.record(z.string(), z.int()),
    newlyCleared: z.int(),
    openLines: z.int().describe('Lines without agreement.'),
    lateEntries: z.int().describe('Entries that this month took from closed ones.'),
  })
  .meta({ id: 'StatementCompared' });

export function presentCompared(compared: CompareResult): z.output<typeof comparedSchema> {
  if (compared.outcome === 'nothing') {
    const none = { newlyCleared: 0, openLines: 0, lateEntries: 0, differences: 0, byCause: {} };
    const sides = { currency: null, statements: [], ours: null, theirs: null };
    return { ...compared, ...sides, differenceMinor: 0, ...none };
  }
  const { period: of, currency, statements, ours, theirs, differences } = compared;
  const byCause: Record<string, number> = {};
  for (const { cause } of differences) byCause[cause] = (byCause[cause] ?? 0) + 1;
  return {
    outcome: 'compared',
    period: of,
    currency,
    statements: statements.map(presentStatement),
    ours,
    theirs,
    differenceMinor: netDifference({ ours, theirs }),
    differences: differences.length,
    byCause,
    newlyCleared: compared.newlyCleared,
    openLines: compared.openLines,
    lateEntries: compared.lateEntries.length,
  };
}

const CAUSES = [
  'open_case',
  'test',
  'other_period',
  'before_opening',
  'late_entry',
  'missing_here',
  'missing_there',
  'amount',
  'commission',
] as const;
const WAYS = [
  'settle_cases',
  'read_again',
  'ask_reseller',
  'adjust',
  'other_month',
  'nothing',
] as const;

export const differenceSchema = z
  .object({
    by: z.enum(['ticket', 'performance', 'total']),
    ticket: z.string().nullable(),
    performance: z.object({ id: idSchema('performance').nullable(), name: z.string() }).nullable(),
    ours: money.nullable().describe('Null: not here.'),
    theirs: money.nullable().describe('Null: not there.'),
    netMinor: z.int().describe('Theirs less ours: what an adjustment would move.'),
    cause: z.enum(CAUSES),
    count: z.int().describe('Differences that are added up here.'),
    openCases: z.int(),
    bookedIn: period.nullable().describe('The month a late entry was booked in.'),
    ways: z.array(z.enum(WAYS)).readonly().describe('What can be done, the likeliest first.'),
  })
  .meta({ id: 'StatementDifference' });

type Line = ComparedStatement['differences'][number] & { count?: number };

export function presentDifference(line: Line): z.output<typeof differenceSchema> {
  const { by, ticket, performanceId, performance, ours, theirs, cause, openCases } = line;
  return {
    by,
    ticket,
    performance:
      performance === null
        ? null
        : { id: printIdOrNull('performance', performanceId), name: performance },
    ours,
    theirs,
    netMinor: netDifference({ ours, theirs }),
    cause,
    count: line.count ?? 1,
    openCases,
    bookedIn: line.bookedIn,
    ways: waysOutOf(line),
  };
}

/** By performance, then ticket: a difference that is gone moves no other. */
export function keyOfDifference({ performance, ticket, by, cause }: Line): string[] {
  return [performance ?? '', ticket ?? '', `${by} ${cause}`];
}

/** Differences of a performance and one cause as one line. */
export function groupByPerformance(differences: readonly Line[]): Line[] {
  const groups = Map.groupBy(differences, (one) => `${one.performanceId}|${one.cause}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return {
      ...first,
      by: first.by === 'total' ? first.by : 'performance',
      ticket: null,
      ours: sum(group.flatMap(({ ours }) => ours ?? [])),
      theirs: sum(group.flatMap(({ theirs }) => theirs ?? [])),
      bookedIn: null,
      openCases: Math.max(...group.map(({ openCases }) => openCases)),
      count: group.length,
    };
  });
}

function sum(sides: readonly { grossMinor: number; commissionMinor: number }[]): Line['ours'] {
  if (sides.length === 0) return null;
  const all = { grossMinor: 0, commissionMinor: 0 };
  for (const { grossMinor, commissionMinor } of sides) {
    all.grossMinor += grossMinor;
    all.commissionMinor += commissionMinor;
  }
  return all;
}
