/** What the routes of schedules take and answer. */
import { z } from 'zod';
import { readTiming } from '../../domain/schedule/timing.ts';
import type { ScheduleChange } from '../../exchange/schedules/change-schedules.ts';
import { SCHEDULED_FUNCTIONS } from '../../exchange/schedules/change-schedules.ts';
import type { ScheduleProblem, ShownSchedule } from '../../exchange/schedules/read-schedules.ts';
import { describeLine } from '../../runs/remedies.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import type { LANGUAGES } from '../route.ts';
import { instant, params, reason, text } from '../route.ts';

type Language = (typeof LANGUAGES)[number];

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const every = z.int().min(1).max(1_000);

export const timingSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('hours'), every: every.describe('Hours of elapsed time.') }),
    z.strictObject({ kind: z.literal('days'), every, time: localTime.optional() }),
    z.strictObject({ kind: z.literal('at'), time: localTime.describe('Each day at this time.') }),
    z.strictObject({ kind: z.literal('cron'), expression: text(200).describe('Five fields.') }),
    z.strictObject({ kind: z.literal('manual') }),
  ])
  .describe('Local times are those of the organisation’s zone.');

const lastRun = z
  .object({
    id: idSchema('run'),
    number: z.int(),
    state: z.enum(['running', 'ok', 'warning', 'error', 'cancelled']),
    source: z.enum(['schedule', 'hand', 'replay', 'start_up']),
    startedAt: instant,
    endedAt: instant.nullable(),
  })
  .nullable();

const problem = z
  .object({
    code: z.string(),
    class: z.string().nullable(),
    params,
    at: instant,
    run: z.int().nullable().describe('Number of the run that shows it.'),
    title: z.string(),
    explanation: z.string().nullable(),
    remedy: z.string().nullable(),
  })
  .nullable();

export const scheduleSchema = z
  .object({
    id: idSchema('schedule'),
    interface: z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }),
    name: z.string(),
    function: z.string(),
    timing: timingSchema.nullable().describe('Null: what is written cannot be read.'),
    timeZone: z.string().describe('In which its local times are meant.'),
    state: z.enum(['active', 'inactive', 'paused']).describe('Paused: after failures in a row.'),
    firstAt: instant.nullable(),
    nextAt: instant.nullable().describe('Null: by hand, inactive, paused, or planned within 1 s.'),
    lastRun,
    request: z
      .object({
        id: idSchema('request'),
        startedBy: z.string(),
        askedAt: instant,
        run: idSchema('run').nullable().describe('Null: it waits.'),
      })
      .nullable()
      .describe('What is asked for and has not ended.'),
    performances: z.array(idSchema('performance')).readonly(),
    products: z.array(idSchema('product')).readonly(),
    fromDate: instant.nullable().describe('Its next run reads again from here, once.'),
    failures: z.int().describe('In a row.'),
    warnAfter: z.int(),
    pauseAfter: z.int(),
    pausedAt: instant.nullable(),
    lastProblem: problem,
    version: z.int(),
    changed: z
      .object({ at: instant, by: z.string() })
      .nullable()
      .describe('Null: it came with the house and nobody changed it.'),
  })
  .meta({ id: 'Schedule' });

export function presentSchedule(
  one: ShownSchedule,
  timeZone: string,
  language: Language,
): z.output<typeof scheduleSchema> {
  const { owner, lastRun: last, request, pausedAt, active, filters } = one;
  const read = readTiming(one.timing);
  return {
    ...one,
    id: printId('schedule', one.id),
    interface: {
      id: printId('interface', one.interfaceId),
      code: one.interfaceCode,
      reseller: owner.reseller,
    },
    timing: 'fault' in read ? null : read.timing,
    timeZone,
    state: pausedAt !== null ? 'paused' : active ? 'active' : 'inactive',
    lastRun: last === null ? null : { ...last, id: printId('run', last.id) },
    request:
      request === null
        ? null
        : {
            ...request,
            id: printId('request', request.id),
            run: printIdOrNull('run', request.runId),
          },
    performances: (filters.performanceIds ?? []).map((id) => printId('performance', id)),
    products: (filters.productIds ?? []).map((id) => printId('product', id)),
    lastProblem:
      one.lastProblem === null ? null : presentProblem(one.lastProblem, one, timeZone, language),
  };
}

function presentProblem(
  found: ScheduleProblem,
  { interfaceCode, owner }: ShownSchedule,
  timeZone: string,
  language: Language,
): z.output<typeof problem> {
  const { reseller, people } = owner;
  const context = { language, timeZone, interface: interfaceCode, reseller, people };
  const told = describeLine(found, { ...context, number: found.run });
  const { title, explanation, remedy } = told;
  return { ...found, params: { ...found.params }, class: told.class, title, explanation, remedy };
}

const at = z.iso.datetime();
const limit = z.int().min(1).max(1_000);
const functions = z.enum(SCHEDULED_FUNCTIONS);
const fields = {
  active: z.boolean(),
  firstAt: at.nullable().describe('Never before; “every N” counts from it.'),
  performances: z.array(idSchema('performance')).max(500),
  products: z.array(idSchema('product')).max(500),
  fromDate: at.nullable().describe('Its next run reads again from here; then it clears itself.'),
  warnAfter: limit.describe('Failures in a row.'),
  pauseAfter: limit.describe('Failures in a row.'),
};
const named = { name: text(200).min(1), function: functions, timing: timingSchema };

export const newScheduleBody = z
  .strictObject({ ...fields })
  .partial()
  .extend({ ...named, reason: reason.optional() });
export const changeBody = z
  .strictObject({ ...named, ...fields })
  .partial()
  .extend({ reason: reason.optional() });

export const foretellBody = z.strictObject({
  timing: timingSchema,
  firstAt: at.nullable().default(null),
  count: z.int().min(1).max(100).default(10),
  schedule: idSchema('schedule').optional().describe('The one that it replaces.'),
});

type Changed = Omit<z.output<typeof changeBody>, 'reason'>;

/** What is said, and nothing else; a filter that is said replaces only itself. */
export function changeOf(
  { performances, products, ...rest }: Changed,
  before: ShownSchedule['filters'],
): ScheduleChange {
  const said = Object.entries(rest).filter(([, value]) => value !== undefined);
  const filters = {
    performanceIds: performances?.map((id) => readId('performance', id)) ?? before.performanceIds,
    productIds: products?.map((id) => readId('product', id)) ?? before.productIds,
  };
  const kept = Object.entries(filters).filter(([, ids]) => ids !== undefined && ids.length > 0);
  const limited = performances !== undefined || products !== undefined;
  return { ...Object.fromEntries(said), ...(limited && { filters: Object.fromEntries(kept) }) };
}
