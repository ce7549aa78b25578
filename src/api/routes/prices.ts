/** Prices that changed and a reseller must be told: the list, the letter, the mark. */
import { z } from 'zod';
import { writePriceLetter } from '../../exchange/prices/price-letter.ts';
import type { PriceToAnnounce } from '../../exchange/prices/prices-to-announce.ts';
import { announcePrices, readPricesToAnnounce } from '../../exchange/prices/prices-to-announce.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idListSchema, idSchema, printId, readId, readIds } from '../ids.ts';
import { pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, languageQuery } from '../route.ts';
import { letterSchema, recordOf } from './sales-form.ts';

const TAG = { tags: ['selling'] };
const interfaceParams = z.object({ interface: idSchema('interface') });

const toldPriceSchema = z
  .object({
    id: idSchema('price'),
    product: z.object({ id: idSchema('product'), code: z.string(), name: z.string() }),
    performance: z.string().nullable().describe('Null: every performance.'),
    localStart: z.string().nullable(),
    category: z.string().nullable(),
    tariff: z.string(),
    theirs: z.object({
      product: z.string(),
      category: z.string().nullable(),
      tariff: z.string(),
    }),
    toldMinor: z.int().nullable().describe('What the reseller was told last.'),
    beforeMinor: z.int().nullable(),
    amountMinor: z.int(),
    currency: z.string(),
    validFrom: instant,
  })
  .meta({ id: 'PriceToAnnounce' });

function presentPrice(price: PriceToAnnounce): z.output<typeof toldPriceSchema> {
  const { productId, product, productName, categoryName, tariffName } = price;
  return {
    id: printId('price', price.id),
    product: { id: printId('product', productId), code: product, name: productName },
    performance: price.performance,
    localStart: price.localStart,
    category: categoryName,
    tariff: tariffName,
    theirs: price.theirs,
    toldMinor: price.toldMinor,
    beforeMinor: price.beforeMinor,
    amountMinor: price.amountMinor,
    currency: price.currency,
    validFrom: price.validFrom,
  };
}

const priceQuery = { product: idListSchema('product', 100).optional() };
const priceCursor = z.strictObject({ at: z.int().min(0), id: z.int().min(0) });

export function priceRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  const pricesOf = async (caller: Caller, id: string, product: string | undefined) => {
    const { where, record } = await recordOf(services, caller, id);
    const productIds = product === undefined ? undefined : readIds('product', product);
    const prices = await readPricesToAnnounce(exchange, {
      ...where,
      ...(productIds === undefined ? {} : { productIds }),
    });
    return { where, record, prices };
  };
  app.get(
    '/interfaces/:interface/prices-to-announce',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Prices that changed and the reseller was not told',
        params: interfaceParams,
        querystring: z.strictObject({ ...priceQuery, ...pageQuery }),
        response: answers(z.object(pageOf(toldPriceSchema))),
      },
    },
    async (request) => {
      const { limit, after, product } = request.query;
      const from = readCursor(after, priceCursor);
      const { prices } = await pricesOf(callerOf(request), request.params.interface, product);
      const rest = [...prices]
        .sort((a, b) => a.productId - b.productId || a.id - b.id)
        .filter(
          (one) =>
            from === null ||
            one.productId > from.at ||
            (one.productId === from.at && one.id > from.id),
        );
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      const more = rest.length > limit && last !== undefined;
      const next = more ? printCursor({ at: last.productId, id: last.id }) : null;
      return { items: page.map(presentPrice), next };
    },
  );
  app.get(
    '/interfaces/:interface/prices-to-announce/letter',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The letter that tells them, with the prices that it names',
        params: interfaceParams,
        querystring: z.strictObject({ ...priceQuery, ...languageQuery }),
        response: answers(
          z.object({
            letter: letterSchema.nullable().describe('Null: there is nothing to tell.'),
            prices: z.array(idSchema('price')).readonly(),
          }),
        ),
      },
    },
    async (request) => {
      const { product, language } = request.query;
      const of = await pricesOf(callerOf(request), request.params.interface, product);
      const { prices, record } = of;
      const place = { language, timeZone: record.timeZone };
      return {
        letter: prices.length === 0 ? null : writePriceLetter(prices, record, place),
        prices: prices.map(({ id }) => printId('price', id)),
      };
    },
  );
  announceRoute(app, services);
}

function announceRoute(app: Api, services: RouteServices): void {
  app.post(
    '/interfaces/:interface/prices-to-announce/announced',
    {
      config: { action: 'prices.write' },
      schema: {
        ...TAG,
        summary: 'The reseller was told: these prices, or all that are to be announced',
        description: 'A price that changed since the letter is named by another amount: read anew.',
        params: interfaceParams,
        body: z.strictObject({ prices: z.array(idSchema('price')).min(1).max(5_000).optional() }),
        response: answers(z.object({ announced: z.array(idSchema('price')).readonly() })),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { where } = await recordOf(services, caller, request.params.interface);
      const named = request.body.prices?.map((id) => readId('price', id));
      const told = await announcePrices(services.exchange, {
        ...where,
        author: caller.author,
        form: false,
        ...(named === undefined ? {} : { priceIds: named }),
      });
      return { announced: told.map(({ id }) => printId('price', id)) };
    },
  );
}
