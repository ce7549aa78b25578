/**
 * *Ready to sell?* of interfaces and what they sell: everything is read once, whatever the number
 * of performances, and nothing is written.
 */
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import type { Vocabulary } from '../../domain/mapping/vocabulary.ts';
import { createVocabulary } from '../../domain/mapping/vocabulary.ts';
import type { Finding } from '../../domain/selling/finding.ts';
import { findUnready } from '../../domain/selling/readiness.ts';
import type { ReadyFacts, ReadyPlace, SeatGroup } from '../../domain/selling/ready-facts.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import { loadMappings } from '../../store/mapping-store.ts';
import type { PayingParts } from '../../store/readiness-store.ts';
import {
  countCases,
  countTests,
  readNamedSeats,
  readPayingParts,
  readQuotaFacts,
  readSeatContingents,
  readSeatGroups,
} from '../../store/readiness-store.ts';
import type { ExchangeServices } from '../context.ts';
import { readMappingQueue } from '../mapping-queue.ts';
import type { PriceToAnnounce } from '../prices/prices-to-announce.ts';
import { readPricesToAnnounce } from '../prices/prices-to-announce.ts';
import { commandOf } from './remedy.ts';
import { placesOf } from './selling-places.ts';

export interface ReadyRequest {
  organisationId: number;
  /** None: every interface that is not archived. */
  interfaceIds?: readonly number[];
  /** None: every product that an interface sells. */
  productIds?: readonly number[];
  /** None: the performances still to come. */
  performanceIds?: readonly number[];
  /** By interface: exactly these, whatever else was asked for. */
  places?: ReadonlyMap<number, readonly ReadyPlace[]>;
}

/** A finding with where it is and what to type about it. */
export interface ReadyLine extends Finding {
  product: string | null;
  /** `PRODUCT/CODE` of each performance it concerns. */
  performances: readonly string[];
  command: string | null;
}

export interface ReadyAnswer {
  interfaceId: number;
  interface: string;
  reseller: string;
  currency: string;
  lines: readonly ReadyLine[];
  places: readonly (ReadyPlace & { place: string; startsAt: string | null; ready: boolean })[];
}

type Services = Pick<ExchangeServices, 'database' | 'clock' | 'findChannel'>;

/** One answer for each interface, by code. */
export async function checkReady(
  services: Services,
  request: ReadyRequest,
): Promise<ReadyAnswer[]> {
  const { organisationId } = request;
  const { database } = services;
  const records = (
    await database.transaction(organisationId, listInterfaces, { readOnly: true })
  ).filter(({ id, status }) => request.interfaceIds?.includes(id) ?? status !== 'archived');
  const told = new Map<number, Told>();
  for (const { id } of records) {
    const of = { organisationId, interfaceId: id };
    const toAnnounce = await readPricesToAnnounce(services, of);
    told.set(id, { toAnnounce, unseen: await readMappingQueue(services, of) });
  }
  return database.transaction(
    organisationId,
    async (tx) => {
      const house = await readHouse(tx, services, request, records);
      const answers: ReadyAnswer[] = [];
      for (const record of records) {
        answers.push(await answerOf(tx, house, record, told.get(record.id) as Told));
      }
      return answers;
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

interface Told {
  toAnnounce: readonly PriceToAnnounce[];
  unseen: readonly { word: string; value: string; parent: string }[];
}

interface HouseFacts {
  catalogue: Catalogue;
  vocabularies: ReadonlyMap<number, Vocabulary>;
  places: ReadonlyMap<number, readonly ReadyPlace[]>;
  seatGroups: readonly SeatGroup[];
  quotas: ReadyFacts['quotas'];
  tests: Awaited<ReturnType<typeof countTests>>;
  cases: Awaited<ReturnType<typeof countCases>>;
  paying: readonly PayingParts[];
  now: string;
  findChannel: Services['findChannel'];
}

async function readHouse(
  tx: Tx,
  { clock, findChannel }: Services,
  request: ReadyRequest,
  records: readonly InterfaceRecord[],
): Promise<HouseFacts> {
  const now = clock().toISOString();
  const catalogue = await loadCatalogue(tx);
  const vocabularies = new Map<number, Vocabulary>();
  const places = new Map<number, readonly ReadyPlace[]>();
  for (const record of records) {
    const vocabulary = createVocabulary(await loadMappings(tx, record.id));
    vocabularies.set(record.id, vocabulary);
    const asked = request.places?.get(record.id);
    places.set(record.id, asked ?? placesOf(catalogue, vocabulary, record, { ...request, now }));
  }
  const all = [...places.values()].flat();
  const productIds = [...new Set(all.map(({ productId }) => productId))];
  const performanceIds = [...new Set(all.flatMap(({ performanceId }) => performanceId ?? []))];
  const interfaceIds = records.map(({ id }) => id);
  return {
    catalogue,
    vocabularies,
    places,
    now,
    findChannel,
    seatGroups: await readSeatGroups(tx, performanceIds),
    quotas: await readQuotaFacts(tx, productIds),
    tests: await countTests(tx, productIds),
    cases: await countCases(tx, interfaceIds, productIds),
    paying: await readPayingParts(tx),
  };
}

async function answerOf(
  tx: Tx,
  house: HouseFacts,
  record: InterfaceRecord,
  told: Told,
): Promise<ReadyAnswer> {
  const places = house.places.get(record.id) ?? [];
  const facts = await factsOf(tx, house, record, told);
  const findings = findUnready(facts, places);
  const { catalogue } = house;
  const nameOf = ({ productId, performanceId }: ReadyPlace) => {
    const product = catalogue.productById.get(productId)?.code ?? '';
    const performance = catalogue.performanceById.get(performanceId ?? 0);
    return performance === undefined ? product : `${product}/${performance.code}`;
  };
  const lines = findings.map((finding) => {
    const { performanceIds, productId } = finding;
    const product = catalogue.productById.get(productId ?? 0);
    const named = {
      ...finding,
      product: product?.code ?? null,
      performances: performanceIds.map((performanceId) =>
        nameOf({ productId: productId ?? 0, performanceId }),
      ),
    };
    const season = catalogue.seasonById.get(product?.seasonId ?? 0)?.code ?? null;
    return { ...named, command: commandOf(named, { interface: record.code, season }) };
  });
  return {
    interfaceId: record.id,
    interface: record.code,
    reseller: record.reseller,
    currency: record.currency,
    lines,
    places: places.map((place) => ({
      ...place,
      place: nameOf(place),
      startsAt: catalogue.performanceById.get(place.performanceId ?? 0)?.startsAt ?? null,
      ready: !findings.some((one) => one.level === 'missing' && concerns(one, place)),
    })),
  };
}

/** Whether a finding is about this place; one that is missing makes a sale or an export fail. */
export function concerns({ performanceIds, productId }: Finding, place: ReadyPlace): boolean {
  if (productId === null) return true;
  if (productId !== place.productId) return false;
  return performanceIds.length === 0 || performanceIds.includes(place.performanceId ?? 0);
}

async function factsOf(
  tx: Tx,
  house: HouseFacts,
  record: InterfaceRecord,
  told: Told,
): Promise<ReadyFacts> {
  const { catalogue, now, quotas, seatGroups } = house;
  const paying = house.paying.find(({ interfaceId }) => interfaceId === record.id);
  const capabilities = house.findChannel(record.channel)?.capabilities;
  const passes = capabilities?.products.passes ?? 'none';
  const vocabulary = house.vocabularies.get(record.id) ?? createVocabulary([]);
  const own = ({ interfaceId }: { interfaceId: number }) => interfaceId === record.id;
  const none = {
    seats: 'none',
    zones: 'none',
    datedPasses: 'none',
    undatedPasses: 'none',
  } as const;
  return {
    catalogue,
    vocabulary,
    now,
    seatGroups,
    quotas,
    interface: {
      ...record,
      contactMayPay: paying?.contactMayPay ?? false,
      pointOfSalePays: paying?.pointOfSalePays ?? false,
      account:
        paying === undefined || paying.state === null
          ? null
          : {
              state: paying.state,
              balanceMinor: paying.balanceMinor ?? 0,
              ceilingMinor: paying.ceilingMinor,
            },
    },
    capabilities: {
      ...(capabilities?.contingents ?? { ...none, withdraw: false }),
      events: (capabilities?.products.events ?? 'none') !== 'none',
      dated: passes === 'dated' || passes === 'both',
      undated: passes === 'undated' || passes === 'both',
    },
    tests: house.tests.filter(own),
    cases: house.cases.filter(own),
    toAnnounce: countPrices(told.toAnnounce, catalogue),
    unseen: told.unseen,
    notCarried: await findNotCarried(tx, house, record, vocabulary),
  };
}

function countPrices(
  prices: readonly PriceToAnnounce[],
  catalogue: Catalogue,
): ReadyFacts['toAnnounce'] {
  const groups = Map.groupBy(prices, ({ performance, productId }) => `${productId}|${performance}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { performance, productId } = first;
    const all = catalogue.performancesByProduct.get(productId) ?? [];
    const performanceId = all.find(({ code }) => code === performance)?.id ?? null;
    return [{ productId, performanceId, count: group.length }];
  });
}

/** Seats are only read where their names are changed on the way, or cannot be right. */
async function findNotCarried(
  tx: Tx,
  { catalogue, places, seatGroups }: HouseFacts,
  record: InterfaceRecord,
  vocabulary: Vocabulary,
): Promise<ReadyFacts['notCarried']> {
  const performanceIds = (places.get(record.id) ?? []).flatMap((one) => one.performanceId ?? []);
  const asked = new Set(performanceIds);
  const blockIds = [
    ...new Set(seatGroups.flatMap((one) => (asked.has(one.performanceId) ? [one.blockId] : []))),
  ];
  const renames = vocabulary.has('row') || vocabulary.has('seat');
  const seats = await readNamedSeats(tx, blockIds, renames ? 'all' : 'unprintable');
  const seasons = new Set(
    performanceIds.map((id) => {
      const performance = catalogue.performanceById.get(id);
      return catalogue.productById.get(performance?.productId ?? 0)?.seasonId ?? null;
    }),
  );
  const bad = new Map<number, string>();
  for (const { blockId, id, number, row } of seats) {
    const block = catalogue.blockById.get(blockId);
    if (block === undefined) continue;
    const path = [block.layoutCode, block.areaCode, block.code];
    for (const seasonId of seasons) {
      const theirs = [
        vocabulary.theirName('row', row, path, { seasonId }),
        vocabulary.theirName('seat', number, path, { row, seasonId }),
      ];
      const isCarried = theirs.every((name) => name !== null && !UNPRINTABLE.test(name));
      if (!isCarried) bad.set(id, [...path.filter((part) => part !== ''), row].join('/'));
    }
  }
  if (bad.size === 0) return [];
  const channel = catalogue.contingents.flatMap(({ id, salesChannelIds }) =>
    salesChannelIds.includes(record.salesChannelId) ? [id as number] : [],
  );
  const found = (await readSeatContingents(tx, performanceIds, [...bad.keys()])).filter(
    ({ contingentId }) => channel.includes(contingentId),
  );
  const groups = Map.groupBy(found, (one) => `${one.performanceId}|${bad.get(one.seatId)}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { performanceId, seatId } = first;
    return [{ performanceId, place: bad.get(seatId) ?? '', places: group.length }];
  });
}

/** No XML message can hold these. */
const UNPRINTABLE = /\p{Cc}|\p{Cs}/u;
