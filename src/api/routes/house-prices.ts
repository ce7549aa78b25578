/** A product’s prices and on-sale windows, as tables that a person edits. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { PriceTable } from '../../exchange/house-edit/prices.ts';
import { readPrices, savePrices } from '../../exchange/house-edit/prices.ts';
import type { WindowTable } from '../../exchange/house-edit/windows.ts';
import { readWindows, saveWindows } from '../../exchange/house-edit/windows.ts';
import { callerOf } from '../access.ts';
import { etagOf } from '../etag.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, minor } from '../route.ts';
import { editedSchema, editFields, editOf, instantText, presentEdit } from './house-edit.ts';

const TAG = { tags: ['house'] };
const READ = { action: 'read' } as const;
const params = z.object({ product: idSchema('product') });
const LINES_MAX = 1_000;

export function housePriceRoutes(app: Api, services: RouteServices): void {
  priceRoutes(app, services);
  windowRoutes(app, services);
}

const named = { code: z.string(), name: z.string() };

const priceTable = z
  .object({
    product: idSchema('product'),
    currency: z.string(),
    items: z
      .array(
        z.object({
          id: idSchema('price'),
          performance: idSchema('performance').nullable().describe('Null: of all of them.'),
          category: idSchema('category').nullable(),
          tariff: idSchema('tariff'),
          amountMinor: z.int(),
          currency: z.string(),
          validFrom: instant.nullable().describe('Null: since ever.'),
        }),
      )
      .readonly(),
    tariffs: z
      .array(
        z.object({
          id: idSchema('tariff'),
          audience: z.string(),
          audienceKind: z.string(),
          ...named,
        }),
      )
      .readonly(),
    categories: z
      .array(
        z.object({
          id: idSchema('category'),
          configuration: z.string(),
          kind: z.enum(['seats', 'zone']),
          rank: z.int(),
          ...named,
        }),
      )
      .readonly(),
    performances: z
      .array(z.object({ id: idSchema('performance'), code: z.string(), localStart: z.string() }))
      .readonly(),
  })
  .meta({ id: 'PriceTable' });

function presentPrices(table: PriceTable): z.output<typeof priceTable> {
  return {
    product: printId('product', table.productId),
    currency: table.currency,
    items: table.prices.map((row) => ({
      id: printId('price', row.id),
      performance: printIdOrNull('performance', row.performance_id),
      category: printIdOrNull('category', row.seat_category_id),
      tariff: printId('tariff', row.tariff_id),
      amountMinor: row.amount_minor,
      currency: row.currency,
      validFrom: row.validFrom,
    })),
    tariffs: table.tariffs.map(({ id, audience, audience_kind, code, name }) => ({
      id: printId('tariff', id),
      audience,
      audienceKind: audience_kind,
      code,
      name,
    })),
    categories: table.categories.map(({ id, configuration, kind, rank, code, name }) => ({
      id: printId('category', id),
      configuration,
      kind,
      rank,
      code,
      name,
    })),
    performances: table.performances.map(({ id, code, local_start }) => ({
      id: printId('performance', id),
      code,
      localStart: local_start,
    })),
  };
}

function tagged<Table>(reply: FastifyReply, table: Table | null): Table {
  if (table === null) throw notFound('product');
  reply.header('etag', etagOf(table));
  return table;
}

const idOrNull = (kind: 'performance' | 'category', id: string | null) =>
  id === null ? null : readId(kind, id);

function priceRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/products/:product/prices',
    {
      config: READ,
      schema: {
        ...TAG,
        summary: 'All prices of a product, those of the past too; what a price may be of',
        params,
        response: answers(priceTable),
      },
    },
    async (request, reply) => {
      const productId = readId('product', request.params.product);
      const { organisationId } = callerOf(request);
      return presentPrices(
        tagged(reply, await readPrices(exchange, { organisationId, productId })),
      );
    },
  );
  const line = z.strictObject({
    performance: idSchema('performance').nullable().default(null),
    category: idSchema('category').nullable().default(null),
    tariff: idSchema('tariff'),
    amountMinor: minor.min(0).max(99_999_999_999),
    validFrom: instantText
      .nullable()
      .optional()
      .describe('Absent: the first one, or from now on; null: the first one.'),
    remove: z.boolean().optional(),
  });
  app.post(
    '/products/:product/prices',
    {
      config: { action: 'prices.write' },
      schema: {
        ...TAG,
        summary: 'Changes prices: what was valid stays, a new amount counts from now or later',
        params,
        body: z.strictObject({ lines: z.array(line).min(1).max(LINES_MAX), ...editFields }),
        response: answers(editedSchema(priceTable).meta({ id: 'PricesSaved' })),
      },
    },
    async (request) => {
      const result = await savePrices(exchange, editOf(request, request.body), {
        productId: readId('product', request.params.product),
        lines: request.body.lines.map((one) => ({
          performanceId: idOrNull('performance', one.performance),
          categoryId: idOrNull('category', one.category),
          tariffId: readId('tariff', one.tariff),
          amountMinor: one.amountMinor,
          validFrom: one.validFrom,
          remove: one.remove,
        })),
      });
      return presentEdit(result, presentPrices, {
        list: 'lines',
        fields: { amount: 'amountMinor' },
      });
    },
  );
}

const windowTable = z
  .object({
    product: idSchema('product'),
    items: z
      .array(
        z.object({
          id: idSchema('window'),
          salesChannel: idSchema('salesChannel'),
          performance: idSchema('performance').nullable().describe('Null: all of them.'),
          opensAt: instant,
          closesAt: instant.nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'WindowTable' });

function presentWindows({ productId, windows }: WindowTable): z.output<typeof windowTable> {
  return {
    product: printId('product', productId),
    items: windows.map((row) => ({
      id: printId('window', row.id),
      salesChannel: printId('salesChannel', row.sales_channel_id),
      performance: printIdOrNull('performance', row.performance_id),
      opensAt: row.opens_at,
      closesAt: row.closes_at,
    })),
  };
}

function windowRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/products/:product/windows',
    {
      config: READ,
      schema: {
        ...TAG,
        summary: 'When a product is on sale on which channel',
        params,
        response: answers(windowTable),
      },
    },
    async (request, reply) => {
      const productId = readId('product', request.params.product);
      const { organisationId } = callerOf(request);
      const table = await readWindows(exchange, { organisationId, productId });
      return presentWindows(tagged(reply, table));
    },
  );
  const line = z.strictObject({
    salesChannel: idSchema('salesChannel'),
    performance: idSchema('performance').nullable().default(null),
    opensAt: instantText.describe('A window is known by it: another opening is another window.'),
    closesAt: instantText.nullable().optional().describe('Null: open for ever.'),
    remove: z.boolean().optional(),
  });
  app.post(
    '/products/:product/windows',
    {
      config: { action: 'house.write' },
      schema: {
        ...TAG,
        summary: 'Opens, changes and removes on-sale windows',
        params,
        body: z.strictObject({ lines: z.array(line).min(1).max(LINES_MAX), ...editFields }),
        response: answers(editedSchema(windowTable).meta({ id: 'WindowsSaved' })),
      },
    },
    async (request) => {
      const result = await saveWindows(exchange, editOf(request, request.body), {
        productId: readId('product', request.params.product),
        lines: request.body.lines.map((one) => ({
          salesChannelId: readId('salesChannel', one.salesChannel),
          performanceId: idOrNull('performance', one.performance),
          opensAt: one.opensAt,
          closesAt: one.closesAt,
          remove: one.remove,
        })),
      });
      return presentEdit(result, presentWindows, {
        list: 'lines',
        fields: { opens: 'opensAt', closes: 'closesAt' },
      });
    },
  );
}
