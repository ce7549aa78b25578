import type { Vocabulary } from '../../domain/mapping/vocabulary.ts';
import { createVocabulary } from '../../domain/mapping/vocabulary.ts';
import { isToAnnounce } from '../../domain/money/to-announce.ts';
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { findInterface } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import { loadMappings } from '../../store/mapping-store.ts';
import type { PriceLineRow } from '../../store/price-store.ts';
import { readPriceLines, writeAnnouncements, writeFormSent } from '../../store/price-store.ts';
import type { Clock } from '../context.ts';

/** A price that the reseller must be told, in our words and in its own. */
export interface PriceToAnnounce extends PriceLineRow {
  theirs: { product: string; category: string | null; tariff: string };
}

export interface PriceServices {
  database: Database;
  ids: IdSource;
  clock: Clock;
}

export interface PricesRequest {
  organisationId: number;
  interfaceId: number;
  /** Only of these products; none: of all that the reseller sells. */
  productIds?: readonly number[];
}

/** What this reseller sells and must still be told, by product, performance, category, tariff. */
export function readPricesToAnnounce(
  { database, clock }: Pick<PriceServices, 'database' | 'clock'>,
  request: PricesRequest,
): Promise<PriceToAnnounce[]> {
  return database.transaction(
    request.organisationId,
    async (tx) => {
      const now = clock().toISOString();
      return (await readSold(tx, request)).filter((line) => isToAnnounce(line, now));
    },
    { readOnly: true },
  );
}

export interface AnnounceRequest extends PricesRequest {
  author: string;
  /** A whole sales form went out: every price of the products counts as told, changed or not. */
  form: boolean;
  /** Only these lines: those that the mail named. None: all that is to be announced. */
  priceIds?: readonly number[];
}

/** Marks prices as told, as they stand now; answers them. */
export function announcePrices(
  { database, ids, clock }: PriceServices,
  request: AnnounceRequest,
): Promise<PriceToAnnounce[]> {
  return database.transaction(request.organisationId, async (tx) => {
    const { author, form, interfaceId, priceIds } = request;
    const now = clock();
    const at = now.toISOString();
    const sold = await readSold(tx, request);
    const named = priceIds === undefined ? sold : sold.filter(({ id }) => priceIds.includes(id));
    const current = named.filter(({ until }) => until === null || until > at);
    const told = form ? current : named.filter((line) => isToAnnounce(line, at));
    if (told.length === 0) return [];
    await writeAnnouncements(tx, { interfaceId, at, author }, told);
    if (form) {
      const productIds = [...new Set(told.map(({ productId }) => productId))];
      await writeFormSent(tx, { interfaceId, at, author }, productIds);
    }
    const [id] = await ids.take(1, tx);
    await writeJournal(tx, [
      {
        id: id as number,
        at: now,
        author,
        action: form ? 'prices.form_sent' : 'prices.announced',
        subject: `interface ${interfaceId}`,
        after: told.map(({ id: price, amountMinor }) => ({ price, amountMinor })),
        reason: null,
      },
    ]);
    return told;
  });
}

/** Every price line that the reseller has words for: what it cannot name it does not sell. */
async function readSold(tx: Tx, request: PricesRequest): Promise<PriceToAnnounce[]> {
  const record = await findInterface(tx, request.interfaceId);
  if (record === null) throw new Error(`There is no interface ${request.interfaceId}.`);
  const vocabulary = createVocabulary(await loadMappings(tx, record.id));
  const lines = await readPriceLines(tx, record.id);
  return lines.flatMap((line) => {
    if (!isSold(record, request, line)) return [];
    const theirs = wordsOf(vocabulary, line);
    return theirs === null ? [] : [{ ...line, theirs }];
  });
}

function isSold(
  record: InterfaceRecord,
  { productIds }: PricesRequest,
  { productId, audienceKind }: PriceLineRow,
): boolean {
  if (productIds !== undefined && !productIds.includes(productId)) return false;
  if (record.productIds.length > 0 && !record.productIds.includes(productId)) return false;
  return audienceKind === 'occasional_contact' || audienceKind === 'occasional_community';
}

function wordsOf(vocabulary: Vocabulary, line: PriceLineRow): PriceToAnnounce['theirs'] | null {
  const { seasonId, configuration, category } = line;
  const product = vocabulary.theirs('product', [line.product], seasonId);
  const tariff = vocabulary.theirs('tariff', [line.audience, line.tariff], seasonId);
  if (product === null || tariff === null) return null;
  const named = configuration !== null && category !== null;
  const theirs = named
    ? vocabulary.theirs('seat_category', [configuration, category], seasonId)
    : null;
  return { product, tariff, category: theirs };
}
