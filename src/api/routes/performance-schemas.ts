/** Seasons, products, performances and allotments as the API says them. */
import { z } from 'zod';
import type {
  readPerformancePage,
  ShownPerformance,
} from '../../exchange/performance/show-performance.ts';
import { idSchema, printId } from '../ids.ts';
import { instant, params } from '../route.ts';
import type { Changed } from './performances.ts';

export const stateSchema = z.enum(['preparing', 'running', 'suspended', 'cancelled', 'closed']);

export const seasonSchema = z
  .object({ id: idSchema('season'), code: z.string() })
  .meta({ id: 'Season' });

export const productSchema = z
  .object({
    id: idSchema('product'),
    season: idSchema('season'),
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    timeZone: z.string(),
    validFrom: z.string().nullable(),
    validUntil: z.string().nullable(),
  })
  .meta({ id: 'Product' });

export const performanceLineSchema = z
  .object({
    id: idSchema('performance'),
    season: idSchema('season'),
    product: idSchema('product'),
    productCode: z.string(),
    productName: z.string(),
    code: z.string(),
    localStart: z.string().describe('YYYY-MM-DDTHH:MM in its zone.'),
    startsAt: instant,
    timeZone: z.string(),
    state: stateSchema,
    allotted: z.int().describe('Unsold at resellers.'),
    sold: z.int().describe('Living tickets of resellers.'),
    toBeRefunded: z.int(),
    openCases: z.int(),
  })
  .meta({ id: 'PerformanceLine' });

type Line = Awaited<ReturnType<typeof readPerformancePage>>[number];

export function presentLine(line: Line): z.output<typeof performanceLineSchema> {
  return {
    ...line,
    id: printId('performance', line.id),
    season: printId('season', line.seasonId),
    product: printId('product', line.productId),
  };
}

export const letterSchema = z.object({
  interface: z.string(),
  reseller: z.string(),
  to: z.array(z.object({ name: z.string(), mail: z.string() })).readonly(),
  subject: z.string(),
  text: z.string(),
});

export const shownPerformanceSchema = z
  .object({
    id: idSchema('performance'),
    product: z.object({ id: idSchema('product'), code: z.string() }),
    code: z.string(),
    localStart: z.string(),
    startsAt: instant,
    timeZone: z.string(),
    aliases: z.array(z.string()).readonly().describe('Former local starts.'),
    configuration: z.object({ id: idSchema('configuration'), code: z.string() }),
    state: stateSchema,
    suspendedAt: instant.nullable(),
    cancelledAt: instant.nullable(),
    closedAt: instant.nullable(),
    interfaces: z
      .array(
        z.object({
          interface: idSchema('interface'),
          code: z.string(),
          reseller: z.string(),
          integratedAt: instant.nullable(),
          allotted: z.int(),
          travelling: z.int(),
          tickets: z.int(),
          toBeRefunded: z.int(),
          refundsDueAt: instant.nullable(),
          overdue: z.boolean(),
        }),
      )
      .readonly(),
    warnings: z.array(z.object({ code: z.string(), params })).readonly(),
    letters: z.array(letterSchema).readonly(),
  })
  .meta({ id: 'Performance' });

export function presentShown(shown: ShownPerformance): z.output<typeof shownPerformanceSchema> {
  const { performance } = shown;
  return {
    ...performance,
    id: printId('performance', performance.id),
    product: { id: printId('product', performance.productId), code: performance.productCode },
    configuration: {
      id: printId('configuration', performance.logicalConfigurationId),
      code: performance.configurationCode,
    },
    interfaces: shown.interfaces.map((one) => ({
      ...one,
      interface: printId('interface', one.interfaceId),
    })),
    warnings: shown.warnings,
    letters: shown.letters,
  };
}

export const allotmentSchema = z
  .object({
    interface: z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }),
    exportObstacle: z.string().nullable().describe('Why nothing is handed over; null: it may be.'),
    takeBackObstacle: z.string().nullable().describe('Why nothing is asked back.'),
    rows: z
      .array(
        z.object({
          contingent: z.object({ id: idSchema('contingent'), code: z.string() }),
          counter: idSchema('counter').nullable().describe('Null: numbered seats; else a zone.'),
          contingented: z.int(),
          exported: z.int().describe('The allotment: what the reseller holds unsold.'),
          toExport: z.int(),
          toTakeBack: z.int(),
          sold: z.int(),
          refused: z.int(),
          keptHome: z.int(),
          lastPass: instant.nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Allotments' });

/** One shape for all verbs: what a verb does not do is empty. */
export const changedSchema = z
  .object({
    outcome: z.enum(['done', 'foretold', 'unchanged']),
    state: stateSchema.nullable().describe('Of reopening: what it is again.'),
    onSale: z
      .array(
        z.object({
          interface: idSchema('interface'),
          seats: z.int(),
          places: z.int(),
          askedBack: z.int(),
        }),
      )
      .readonly()
      .describe('What each reseller still sells.'),
    asked: z.array(z.object({ interface: idSchema('interface'), places: z.int() })).readonly(),
    codes: z.int().describe('Codes that closed.'),
    tickets: z.int().describe('Tickets that are to be refunded now.'),
    letters: z.array(letterSchema).readonly(),
    warnings: z.array(z.object({ code: z.string(), params })).readonly(),
  })
  .meta({ id: 'PerformanceChange' });

export function presentChange(change: Changed): z.output<typeof changedSchema> {
  return {
    outcome: change.outcome,
    state: 'state' in change ? change.state : null,
    onSale: ('onSale' in change ? change.onSale : []).map(({ interfaceId, ...one }) => ({
      interface: printId('interface', interfaceId),
      ...one,
    })),
    asked: ('asked' in change ? change.asked : []).map(({ interfaceId, places }) => ({
      interface: printId('interface', interfaceId),
      places,
    })),
    codes: 'codes' in change ? change.codes : 0,
    tickets: 'tickets' in change ? change.tickets : 0,
    letters: 'letters' in change ? change.letters : [],
    warnings: 'warnings' in change ? change.warnings : [],
  };
}
