/** Cases as the API says them. */
import { z } from 'zod';
import type { Way } from '../../domain/cases/ways-out.ts';
import { WAYS } from '../../domain/cases/ways-out.ts';
import { MAPPING_WORDS } from '../../domain/mapping/mapping-row.ts';
import { PROBLEM_CLASSES } from '../../domain/order/problem.ts';
import type { SettledCases } from '../../exchange/cases/answers.ts';
import type { WaySaid } from '../../exchange/cases/case-request.ts';
import type { listCases } from '../../exchange/cases/list-cases.ts';
import type { ShownCase } from '../../exchange/cases/show-case.ts';
import type { RunResult } from '../../exchange/context.ts';
import { idSchema, printId, printIdOrNull } from '../ids.ts';
import { instant, minor, params, reason, text } from '../route.ts';
import type { DescribeCase } from './case-texts.ts';

type CaseRecord = Awaited<ReturnType<typeof listCases>>['cases'][number];

const problem = z.object({ code: z.string(), params });
const toldProblem = problem.extend({
  title: z.string(),
  explanation: z.string().nullable(),
  remedy: z.string().nullable(),
});

export const caseSchema = z
  .object({
    id: idSchema('case'),
    interface: z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }),
    ticket: z.string(),
    kind: z.string().describe('What the reseller told: sale, cancellation, …'),
    order: z.string().nullable(),
    operationAt: instant,
    class: z.enum(PROBLEM_CLASSES),
    problems: z.array(toldProblem).readonly(),
    root: z
      .object({ id: idSchema('case'), ticket: z.string() })
      .nullable()
      .describe('What it waits for; null: it is a root.'),
    followers: z.int().describe('Open cases that wait for it.'),
    product: z.object({ id: idSchema('product'), code: z.string() }).nullable(),
    performance: z
      .object({
        id: idSchema('performance'),
        code: z.string().nullable(),
        start: z.string().nullable(),
      })
      .nullable(),
    seat: z.string().nullable().describe('Layout/Area/Block/Row/Number.'),
    dueAt: instant.nullable(),
    openedAt: instant,
    takenBy: z.string().nullable(),
    note: z.string().nullable(),
    reportedAt: instant.nullable(),
    report: idSchema('report').nullable(),
    decidedWay: z.string().nullable(),
    decidedBy: z.string().nullable(),
    settledAt: instant.nullable(),
    settledBy: z.string().nullable(),
    wayOut: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Case' });

export function presentCase(row: CaseRecord, describe: DescribeCase): z.output<typeof caseSchema> {
  const { productId, product, performanceId, performance, start, root, reportId } = row;
  return {
    ...row,
    problems: describe(row),
    id: printId('case', row.id),
    interface: {
      id: printId('interface', row.interfaceId),
      code: row.interfaceCode,
      reseller: row.reseller,
    },
    root: root === null ? null : { id: printId('case', root.id), ticket: root.ticket },
    product: productId === null ? null : { id: printId('product', productId), code: product ?? '' },
    performance:
      performanceId === null
        ? null
        : { id: printId('performance', performanceId), code: performance, start },
    report: printIdOrNull('report', reportId),
  };
}

const ways = Object.keys(WAYS) as [Way, ...Way[]];
const counts = z.record(z.string(), z.number());

const effectSchema = z
  .object({
    settled: z.int().describe('Messages that leave quarantine.'),
    freed: z.int().describe('Of them, those that nobody chose: they waited behind a chosen one.'),
    operations: counts,
    tickets: z.object({ made: z.int(), overbooked: z.int() }),
    money: z.array(z.looseObject({})).readonly(),
    places: z
      .array(
        z.object({
          kind: z.string(),
          seat: z.string().nullable(),
          counter: idSchema('counter').nullable(),
          quantity: z.int(),
        }),
      )
      .readonly(),
    codes: counts,
    house: z.array(z.looseObject({ kind: z.string() })).readonly(),
  })
  .meta({ id: 'CaseEffect' });

const refusalSchema = z.object({ code: z.string(), params });

function presentEffect(effect: SettledCases['effect']): z.output<typeof effectSchema> {
  return {
    ...effect,
    settled: effect.settled.length,
    money: effect.money.map((one) => ({ ...one })),
    house: effect.house.map((one) => ({ ...one })),
    places: effect.places.map(({ counterId, ...place }) => ({
      ...place,
      counter: printIdOrNull('counter', counterId),
    })),
  };
}

export const shownCaseSchema = z
  .object({
    case: caseSchema,
    message: z.looseObject({}).describe('The canonical message, as the reseller told it.'),
    ours: z.looseObject({}).describe('The same in our words, as far as they are known.'),
    ways: z
      .array(
        z.object({
          way: z.enum(ways),
          needs: z.array(z.string()).readonly(),
          may: z.array(z.string()).readonly(),
          on: z.enum(['selection', 'one']),
          ends: z.enum(['replayed', 'set_aside', 'open']),
          settles: z.array(z.string()).readonly(),
          leaves: z.array(z.string()).readonly(),
          manager: z.boolean(),
          settlesAll: z.boolean().nullable(),
          effect: effectSchema.nullable(),
          refusal: refusalSchema.nullable(),
        }),
      )
      .readonly(),
    followers: z.array(caseSchema).readonly(),
    trace: z
      .array(
        z.object({
          at: instant,
          author: z.string(),
          action: z.string(),
          after: z.unknown(),
          reason: z.string().nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'CaseInFull' });

export function presentShown(
  shown: ShownCase,
  describe: DescribeCase,
): z.output<typeof shownCaseSchema> {
  return {
    case: presentCase(shown.case, describe),
    message: { ...shown.case.message },
    ours: { ...shown.ours },
    ways: shown.ways.map((way) => ({
      ...way,
      effect: way.effect === null ? null : presentEffect(way.effect),
    })),
    followers: shown.followers.map((one) => presentCase(one, describe)),
    trace: shown.trace,
  };
}

const said = z.strictObject({
  ours: text(500).min(1).optional().describe('Our code, for correct_mapping.'),
  word: z.enum(MAPPING_WORDS).optional(),
  priceMinor: minor.min(0).optional(),
  amountMinor: minor.optional(),
  document: text(200).min(1).optional(),
  seat: text(500).min(1).optional().describe('Layout/Area/Block/Row/Number, as far as needed.'),
});

export function settleBody<Filter extends z.ZodType>(filter: Filter) {
  return z.strictObject({
    choice: z.union([
      z.strictObject({ ids: z.array(idSchema('case')).min(1).max(5_000) }),
      z.strictObject({ like: idSchema('case') }),
      z.strictObject({ filter }),
    ]),
    way: z.enum(ways),
    reason,
    said: said.optional(),
  });
}

export function saidOf(body: z.output<typeof said>): WaySaid {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as WaySaid;
}

const runOutcome = z.object({
  outcome: z.enum(['ran', 'refused', 'busy']),
  run: idSchema('run').nullable(),
  number: z.int().nullable(),
  problem: z.looseObject({ code: z.string() }).nullable(),
});

function presentRunResult(result: RunResult): z.output<typeof runOutcome> {
  const nothing = { run: null, number: null, problem: null };
  if (result.outcome === 'ran') {
    const { run, failure } = result;
    const failed = failure === null ? null : { ...failure };
    return { outcome: 'ran', run: printId('run', run.id), number: run.number, problem: failed };
  }
  if (result.outcome === 'refused') {
    return { ...nothing, outcome: 'refused', problem: { ...result.problem } };
  }
  const { id, number } = result.by;
  return { ...nothing, outcome: 'busy', run: printId('run', id), number };
}

export const settledSchema = z
  .object({
    outcome: z.enum(['done', 'foretold']),
    answers: z
      .array(
        z.object({
          case: idSchema('case'),
          ticket: z.string(),
          outcome: z.enum(['settled', 'waits', 'settled_before', 'refused']),
          wayOut: z.string().nullable(),
          settledBy: z.string().nullable(),
          problems: z.array(problem).readonly(),
          refusal: refusalSchema.nullable(),
        }),
      )
      .readonly(),
    effect: effectSchema,
    runs: z.array(runOutcome).readonly(),
  })
  .meta({ id: 'SettledCases' });

export function presentSettled(settled: SettledCases): z.output<typeof settledSchema> {
  return {
    outcome: settled.outcome,
    answers: settled.answers.map(({ id, ...answer }) => ({ ...answer, case: printId('case', id) })),
    effect: presentEffect(settled.effect),
    runs: settled.runs.map(presentRunResult),
  };
}

export const heldSchema = z.object({ changed: z.int().describe('How many were not so before.') });

export const reportSchema = z
  .object({
    outcome: z.enum(['made', 'empty']),
    report: z
      .object({
        id: idSchema('report'),
        to: z.array(z.object({ name: z.string(), mail: z.string() })).readonly(),
        subject: z.string(),
        text: z.string(),
        file: z.base64().describe('The same list as an Excel file.'),
        items: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'Report' });
