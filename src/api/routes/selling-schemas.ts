/** What is to be put on sale, as the API says it. */
import { z } from 'zod';
import { PROBLEM_CLASSES } from '../../domain/order/problem.ts';
import { SALE_STEPS } from '../../domain/selling/steps.ts';
import type { ReadyAnswer, ReadyLine } from '../../exchange/selling/check-ready.ts';
import type { SellingProgress } from '../../exchange/selling/sale-steps.ts';
import type { BoardRow } from '../../exchange/selling/selling-board.ts';
import { classOfFinding, tellFinding } from '../../exchange/selling/tell-finding.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import { idSchema, printId } from '../ids.ts';
import { instant, params } from '../route.ts';
import { linkOf } from './selling-links.ts';

const interfaceOf = z.object({
  id: idSchema('interface'),
  code: z.string(),
  reseller: z.string(),
});

export const boardRowSchema = z
  .object({
    interface: interfaceOf,
    product: z.object({ id: idSchema('product'), code: z.string(), name: z.string() }),
    performance: z
      .object({
        id: idSchema('performance'),
        code: z.string(),
        localStart: z.string(),
        startsAt: instant,
        timeZone: z.string(),
        state: z.string(),
      })
      .nullable()
      .describe('Null: a pass as a whole.'),
    contingented: z.int(),
    exported: z.int().describe('What the reseller holds unsold.'),
    toExport: z.int(),
    toTakeBack: z.int(),
    sold: z.int(),
    refused: z.int(),
    lastRun: z
      .object({
        id: idSchema('run'),
        number: z.int(),
        function: z.string(),
        state: z.string(),
        startedAt: instant,
        endedAt: instant.nullable(),
      })
      .nullable(),
    nextDue: z.object({ schedule: z.string(), function: z.string(), at: instant }).nullable(),
    missing: z.int().describe('Findings that make an export or a sale fail.'),
    notices: z.int().describe('Findings that only want to be known.'),
  })
  .meta({ id: 'SellingRow' });

export function presentRow(row: BoardRow): z.output<typeof boardRowSchema> {
  const { performance, product, lastRun, nextDue, missing, notices } = row;
  return {
    interface: { ...row.interface, id: printId('interface', row.interface.id) },
    product: { ...product, id: printId('product', product.id) },
    performance:
      performance === null ? null : { ...performance, id: printId('performance', performance.id) },
    ...row.counts,
    lastRun: lastRun === null ? null : { ...lastRun, id: printId('run', lastRun.id) },
    nextDue,
    missing,
    notices,
  };
}

/** Performances that a finding names; the rest is counted. */
const NAMED_MAX = 50;

export const findingSchema = z
  .object({
    interface: interfaceOf,
    code: z.string(),
    level: z.enum(['missing', 'notice']).describe('missing: an export or a sale fails.'),
    class: z.enum(PROBLEM_CLASSES),
    product: z.object({ id: idSchema('product'), code: z.string() }).nullable(),
    performances: z
      .array(z.object({ id: idSchema('performance'), name: z.string() }))
      .readonly()
      .describe(`The first ${NAMED_MAX}; none: the product, or the interface, as a whole.`),
    performanceCount: z.int(),
    params,
    text: z.string().describe('What is wrong, and what to do.'),
    remedy: z.object({
      screen: z.enum([
        'interface',
        'mappings',
        'mapping_queue',
        'product',
        'performance',
        'plan',
        'prices',
        'cases',
        'tests',
        'account',
      ]),
      path: z.string().describe('In the web, below its address.'),
      command: z.string().nullable().describe('The same on the command line.'),
    }),
  })
  .meta({ id: 'ReadyFinding' });

export interface OfInterface {
  answer: ReadyAnswer;
  timeZone: string;
  accountId: number | null;
}

export function presentFinding(
  line: ReadyLine,
  { answer, timeZone, accountId }: OfInterface,
  language: TextLanguage,
): z.output<typeof findingSchema> {
  const { code, level, params: given, productId, performanceIds, command } = line;
  const place = { interfaceId: answer.interfaceId, accountId };
  return {
    interface: {
      id: printId('interface', answer.interfaceId),
      code: answer.interface,
      reseller: answer.reseller,
    },
    code,
    level,
    class: classOfFinding(code),
    product:
      productId === null ? null : { id: printId('product', productId), code: line.product ?? '' },
    performances: performanceIds.slice(0, NAMED_MAX).map((id, index) => ({
      id: printId('performance', id),
      name: line.performances[index] ?? '',
    })),
    performanceCount: performanceIds.length,
    params: given,
    text: tellFinding(line, { language, timeZone, currency: answer.currency }),
    remedy: { ...linkOf(line, place), command },
  };
}

export const readySummarySchema = z
  .object({
    interface: interfaceOf,
    places: z.int().describe('Performances, and passes, that were looked at.'),
    ready: z.int(),
    missing: z.int(),
    notices: z.int(),
  })
  .meta({ id: 'ReadySummary' });

export function presentSummary(answer: ReadyAnswer): z.output<typeof readySummarySchema> {
  const missing = answer.lines.filter(({ level }) => level === 'missing').length;
  return {
    interface: {
      id: printId('interface', answer.interfaceId),
      code: answer.interface,
      reseller: answer.reseller,
    },
    places: answer.places.length,
    ready: answer.places.filter(({ ready }) => ready).length,
    missing,
    notices: answer.lines.length - missing,
  };
}

export const progressSchema = z
  .object({
    interface: z.object({ id: idSchema('interface'), code: z.string() }),
    product: z.object({ id: idSchema('product'), code: z.string() }),
    season: z.object({ id: idSchema('season'), code: z.string() }),
    steps: z
      .array(
        z.object({
          step: z.enum(SALE_STEPS),
          doneAt: instant.nullable().describe('Null: not done.'),
          doneBy: z.string().nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'SellingProgress' });

export function presentProgress(progress: SellingProgress): z.output<typeof progressSchema> {
  return {
    interface: { id: printId('interface', progress.interfaceId), code: progress.interface },
    product: { id: printId('product', progress.productId), code: progress.product },
    season: { id: printId('season', progress.seasonId), code: progress.season },
    steps: SALE_STEPS.map((step) => {
      const done = progress.steps.find((one) => one.step === step);
      return { step, doneAt: done?.doneAt ?? null, doneBy: done?.doneBy ?? null };
    }),
  };
}
