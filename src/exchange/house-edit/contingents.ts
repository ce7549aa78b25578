/** Contingents of the house, and their shares of what a performance or a pass counts. */
import { excess } from '../../domain/contingent/quota.ts';
import type { HouseTables } from '../../domain/house/rows.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { selectHouseRows } from '../../store/house-store.ts';
import type { SeatsOfContingent } from '../../store/quota-table.ts';
import { seatsByContingent } from '../../store/quota-table.ts';
import type { EditRequest, EditResult, EditServices } from './edit-house.ts';
import { AlreadyInHouse, editHouse, NotInHouse } from './edit-house.ts';
import { codeOf, defined } from './partners.ts';
import { productKey } from './prices.ts';

export type Contingent = HouseTables['contingent'] & { salesChannelIds: number[] };

export function listContingents(
  { database }: Pick<EditServices, 'database'>,
  organisationId: number,
): Promise<Contingent[]> {
  return database.transaction(organisationId, (tx) => contingentsWhere(tx, {}), {
    readOnly: true,
  });
}

async function contingentsWhere(
  tx: Tx,
  where: Partial<HouseTables['contingent']>,
): Promise<Contingent[]> {
  const rows = await selectHouseRows(tx, 'contingent', where);
  const served = Map.groupBy(
    await selectHouseRows(tx, 'contingent_channel'),
    ({ contingent_id }) => contingent_id,
  );
  const channelsOf = (id: number) => (served.get(id) ?? []).map((one) => one.sales_channel_id);
  return rows.map((row) => ({ ...row, salesChannelIds: channelsOf(row.id) }));
}

export type ContingentChange = {
  [K in Exclude<keyof Contingent, 'id' | 'code'>]?: Contingent[K] | undefined;
};

/** A contingent is found again by its code, which stays; its name is what people read. */
export function saveContingent(
  services: EditServices,
  request: EditRequest,
  of: { id: number | null; code?: string | undefined; change: ContingentChange },
): Promise<EditResult<Contingent>> {
  let code = of.code ?? '';
  const one = async (tx: Tx, where: Partial<HouseTables['contingent']>): Promise<Contingent> => {
    const [found] = await contingentsWhere(tx, where);
    if (found === undefined) throw new NotInHouse('contingent');
    return found;
  };
  return editHouse<Contingent>(services, request, {
    action: of.id === null ? 'contingent.created' : 'contingent.changed',
    subject: ({ id }) => `contingent ${id}`,
    before: async (tx) => {
      if (of.id === null) {
        const [taken] = await contingentsWhere(tx, { code });
        if (taken !== undefined) throw new AlreadyInHouse('contingents', code);
        return null;
      }
      const found = await one(tx, { id: of.id });
      code = found.code;
      return found;
    },
    document: async (tx, before) => {
      const { salesChannelIds, ...values } = { ...before, ...defined(of.change) };
      const channels = await Promise.all(
        (salesChannelIds ?? []).map((id) => codeOf(tx, 'sales_channel', id)),
      );
      const { id: _id, ...line } = { id: 0, ...values, code };
      return { contingents: [{ ...line, sales_channels: channels }] as never };
    },
    after: (tx) => one(tx, { code }),
  });
}

/** What is counted in a performance or of a pass, and who has which part of it. */
export interface QuotaTable {
  productId: number;
  performanceId: number | null;
  counters: (HouseTables['counter'] & { area: string | null })[];
  quotas: (HouseTables['contingent_quota'] & {
    /** What the quota itself asks back from whoever holds more. */
    askedBack: number;
  })[];
  /** Numbered places of the performance by contingent; null: in none. */
  seats: SeatsOfContingent[];
}

export type QuotaScope =
  | { performanceId: number; productId?: undefined }
  | { productId: number; performanceId?: undefined };

/** Null where there is no such performance or product. */
export function readQuotas(
  { database }: Pick<EditServices, 'database'>,
  { organisationId, ...scope }: { organisationId: number } & QuotaScope,
): Promise<QuotaTable | null> {
  return database.transaction(organisationId, (tx) => quotaTable(tx, scope), { readOnly: true });
}

async function quotaTable(tx: Tx, scope: QuotaScope): Promise<QuotaTable | null> {
  const { performanceId } = scope;
  const [performance] =
    performanceId === undefined
      ? []
      : await selectHouseRows(tx, 'performance', { id: performanceId });
  const productId = scope.productId ?? performance?.product_id;
  if (productId === undefined) return null;
  const [product] = await selectHouseRows(tx, 'product', { id: productId });
  if (product === undefined) return null;
  const all = await selectHouseRows(
    tx,
    'counter',
    performanceId === undefined ? { product_id: productId } : { performance_id: performanceId },
  );
  const zones = new Map((await selectHouseRows(tx, 'zone')).map((one) => [one.id, one]));
  const areas = new Map((await selectHouseRows(tx, 'area')).map((one) => [one.id, one.code]));
  const areaOf = (zoneId: number | null) => areas.get(zones.get(zoneId ?? 0)?.area_id ?? 0) ?? null;
  // Of a product by itself: days and the pass; its performances have tables of their own.
  const counters = all
    .filter((one) => performanceId !== undefined || one.performance_id === null)
    .map((one) => ({ ...one, area: areaOf(one.zone_id) }));
  const ids = new Set(counters.map(({ id }) => id));
  const quotas = (await selectHouseRows(tx, 'contingent_quota'))
    .filter((one) => ids.has(one.counter_id))
    .map((one) => ({ ...one, askedBack: excess({ ...one, wishTakeBack: 0, refused: false }) }));
  const seats = performanceId === undefined ? [] : await seatsByContingent(tx, performanceId);
  return { productId, performanceId: performanceId ?? null, counters, quotas, seats };
}

export interface QuotaLine {
  counterId: number;
  contingentId: number;
  quota: number;
  remove?: boolean | undefined;
}

/** Lowering a share below what a reseller holds asks the rest back with the next export. */
export function saveQuotas(
  services: EditServices,
  request: EditRequest,
  { scope, lines }: { scope: QuotaScope; lines: readonly QuotaLine[] },
): Promise<EditResult<QuotaTable>> {
  const read = async (tx: Tx): Promise<QuotaTable> => {
    const table = await quotaTable(tx, scope);
    const what = scope.performanceId === undefined ? 'product' : 'performance';
    if (table === null) throw new NotInHouse(what);
    return table;
  };
  return editHouse(services, request, {
    action: 'quotas.changed',
    subject: ({ performanceId, productId }) =>
      performanceId === null ? `product ${productId}` : `performance ${performanceId}`,
    before: read,
    document: async (tx, before) => {
      const table = before ?? (await read(tx));
      const of = await productKey(tx, table.productId);
      const code = await performanceCode(tx, table.performanceId);
      const list: object[] = [];
      for (const { counterId, contingentId, quota, remove } of lines) {
        const counter = table.counters.find(({ id }) => id === counterId);
        if (counter === undefined) throw new NotInHouse('counter');
        list.push({
          ...of,
          ...(code === null ? {} : { performances: code, area: counter.area ?? '' }),
          ...(counter.day === null ? {} : { day: counter.day }),
          ...(counter.slot_starts === null ? {} : { slot_starts: counter.slot_starts }),
          contingent: await codeOf(tx, 'contingent', contingentId),
          quota,
          ...(remove ? { remove: true } : {}),
        });
      }
      return { contingent_quotas: list as never };
    },
    after: read,
  });
}

async function performanceCode(tx: Tx, id: number | null): Promise<string | null> {
  if (id === null) return null;
  const [row] = await selectHouseRows(tx, 'performance', { id });
  return row?.code ?? null;
}
