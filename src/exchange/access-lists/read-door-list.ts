/**
 * The door's white and black lists, as lines in the files' format, page by page: a list of any
 * length takes the memory of a page. What changes meanwhile is as it is when its page is read.
 */
import { dayAfter } from '../../domain/access/business-day.ts';
import type { ListedCode, ListTerms } from '../../domain/access/door-list.ts';
import { createDoorLines, listOf, mayStandInList } from '../../domain/access/door-list.ts';
import type { Catalogue, Performance, Price, Product } from '../../domain/catalogue/catalogue.ts';
import { isCancelled, isPass, tariffMayGoToResellers } from '../../domain/catalogue/catalogue.ts';
import { readBusinessDayEnd } from '../../store/access-store.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { ListScope } from '../../store/door-list-store.ts';
import { readListPage } from '../../store/door-list-store.ts';

export interface DoorListRequest {
  organisationId: number;
  list: 'white' | 'black';
  /** A performance, or a pass on a day (null: on any). */
  of: { performanceId: number } | { productId: number; day: string | null };
}

export type DoorList =
  | {
      outcome: 'list';
      lines: AsyncGenerator<readonly string[]>;
      /** Codes that the format cannot hold, as they are met: their bearers need the box office. */
      unwritable: string[];
    }
  /** A code of ours that the format cannot hold. */
  | { outcome: 'unwritable'; value: string }
  | { outcome: 'unknown' }
  /** Its codes are listed by performance. */
  | { outcome: 'not_a_pass'; product: string };

interface Services {
  database: Database;
  clock: () => Date;
}

export async function readDoorList(
  services: Services,
  request: DoorListRequest,
): Promise<DoorList> {
  const { catalogue, businessDayEndsAt } = await services.database.transaction(
    request.organisationId,
    async (tx) => ({
      catalogue: await loadCatalogue(tx),
      businessDayEndsAt: await readBusinessDayEnd(tx),
    }),
    { readOnly: true },
  );
  const { of } = request;
  const performance =
    'performanceId' in of ? (catalogue.performanceById.get(of.performanceId) ?? null) : null;
  const productId = 'productId' in of ? of.productId : performance?.productId;
  const product = catalogue.productById.get(productId ?? 0);
  if (product === undefined) return { outcome: 'unknown' };
  if (performance === null && !isPass(product.kind)) {
    return { outcome: 'not_a_pass', product: product.code };
  }
  const now = services.clock().toISOString();
  const terms = termsOf(catalogue, product, performance, { businessDayEndsAt, now });
  const ours = [terms.seasonCode, terms.productCode, terms.performance?.code];
  const odd = ours.find((value) => value !== undefined && !mayStandInList(value));
  if (odd !== undefined) return { outcome: 'unwritable', value: odd };
  const unwritable: string[] = [];
  const lines = readLines(services.database, request, terms, scopeOf(of, product), unwritable);
  return { outcome: 'list', lines, unwritable };
}

function scopeOf(of: DoorListRequest['of'], product: Product): ListScope {
  if ('performanceId' in of) return of;
  const { productId, day } = of;
  if (day === null) return { productId, days: null };
  return { productId, days: { from: dayAfter(day, 1 - product.daysPerTicket), to: day } };
}

async function* readLines(
  database: Database,
  { organisationId, list }: DoorListRequest,
  terms: ListTerms,
  scope: ListScope,
  unwritable: string[],
): AsyncGenerator<readonly string[]> {
  const writer = createDoorLines(terms);
  const limit = database.batchSize;
  for (let after = ''; ; ) {
    const page = await database.transaction(
      organisationId,
      (tx) => readListPage(tx, scope, { after, limit }),
      { readOnly: true },
    );
    after = page.at(-1)?.code ?? after;
    const lines = page.flatMap((code: ListedCode) => {
      const on = listOf(code, terms);
      if (on === null || (on === 'white') !== (list === 'white')) return [];
      if (!mayStandInList(code.code)) {
        unwritable.push(code.code);
        return [];
      }
      return on === 'white' ? writer.white(code) : writer.black(code, on);
    });
    if (lines.length > 0) yield lines;
    if (page.length < limit) return;
  }
}

function termsOf(
  catalogue: Catalogue,
  product: Product,
  performance: Performance | null,
  { businessDayEndsAt, now }: { businessDayEndsAt: string; now: string },
): ListTerms {
  const { namesRequired, namelessOpensDoor, validUntil, validDays, daysPerTicket } = product;
  return {
    seasonCode: catalogue.seasonById.get(product.seasonId)?.code ?? '',
    productCode: product.code,
    timeZone: performance?.timeZone ?? product.timeZone,
    businessDayEndsAt,
    namesDecide: namesRequired && !namelessOpensDoor,
    validUntil,
    validDays,
    daysPerTicket,
    performance:
      performance === null
        ? null
        : {
            code: performance.code,
            startsAt: performance.startsAt,
            cancelled: isCancelled(performance),
          },
    dearest: dearestPrices(catalogue, product, performance, now),
  };
}

/** The dearest price of each category that resellers may sell now. */
function dearestPrices(
  catalogue: Catalogue,
  product: Product,
  performance: Performance | null,
  now: string,
): Map<number, number> {
  // A performance's own price beats the product's, a later one an earlier one.
  const ranked = (catalogue.pricesByProduct.get(product.id) ?? [])
    .filter((price) => price.validFrom <= now && mayCount(catalogue, price, performance))
    .sort((a, b) => rank(a).localeCompare(rank(b)));
  const current = new Map(
    ranked.map((price) => [`${price.seatCategoryId ?? 0} ${price.tariffId}`, price]),
  );
  const dearest = new Map<number, number>();
  for (const { seatCategoryId, amountMinor } of current.values()) {
    const category = seatCategoryId ?? 0;
    dearest.set(category, Math.max(dearest.get(category) ?? 0, amountMinor));
  }
  return dearest;
}

const rank = ({ performanceId, validFrom }: Price): string =>
  `${performanceId === null ? 0 : 1} ${validFrom}`;

function mayCount(catalogue: Catalogue, price: Price, performance: Performance | null): boolean {
  const tariff = catalogue.tariffById.get(price.tariffId);
  const isHere = price.performanceId === null || price.performanceId === performance?.id;
  return isHere && tariff !== undefined && tariffMayGoToResellers(tariff);
}
