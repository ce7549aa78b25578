/** The stored house as a house file: loading it again changes nothing. Secrets never leave. */
import type { OrganisationRow, StoredStock } from './context.ts';
import type { Draft, DraftTable, StoredRows } from './draft.ts';
import { createDraft } from './draft.ts';
import type { HouseFile } from './file.ts';
import { HOUSE_FORMAT } from './file.ts';
import type { SeatTree } from './write-runs.ts';
import { compareNames } from './write-runs.ts';
import { writeSeats } from './write-seats.ts';
import { writeSellingLists } from './write-selling.ts';
import { writeStockLists } from './write-stock.ts';
import type { CodedTable, OwnStock, Writer } from './writer.ts';
import { compact, unless } from './writer.ts';

export function writeHouse(
  organisation: OrganisationRow,
  rows: StoredRows,
  stock: StoredStock,
  own: OwnStock,
): HouseFile {
  const draft = createDraft(rows);
  const code = (table: CodedTable, id: number | null) =>
    (draft[table] as unknown as DraftTable<{ id: number; code: string }>).byId(id)?.code ?? '';
  const product = (id: number) => {
    const row = draft.product.byId(id);
    return { season: code('season', row?.season_id ?? null), product: row?.code ?? '' };
  };
  const writer: Writer = { draft, organisation, stock, own, product, code };
  const { id: _id, business_day_ends_at, ...line } = organisation;
  const file: HouseFile = {
    format: HOUSE_FORMAT,
    organisation: {
      ...line,
      language: organisation.language as 'fr',
      business_day_ends_at: business_day_ends_at.slice(0, 5),
    },
    ...writePlaces(writer),
    ...writeProducts(writer),
    ...writeSellingLists(writer),
    ...writeStockLists(writer, seatTree),
  };
  const lists = Object.entries(file).filter(([, list]) => !Array.isArray(list) || list.length > 0);
  return Object.fromEntries(lists) as HouseFile;
}

function writePlaces(writer: Writer): Partial<HouseFile> {
  const { draft, code } = writer;
  const areaOf = (id: number) => {
    const area = draft.area.byId(id);
    return { layout: code('layout', area?.layout_id ?? null), area: area?.code ?? '' };
  };
  const seats = Map.groupBy(draft.seat.all(), (seat) => seat.block_id);
  const companion = (seat: { companion_of: number | null }) => {
    const place = draft.seat.byId(seat.companion_of);
    return place === null ? null : `${place.row}/${place.number}`;
  };
  const configuration = (id: number) => ({ configuration: code('logical_configuration', id) });
  return {
    seasons: draft.season.all().map(({ id: _id, ...row }) => compact(row)),
    layouts: draft.layout.all().map((row) => ({ code: row.code, name: row.name })),
    areas: draft.area.all().map((row) => ({
      layout: code('layout', row.layout_id),
      code: row.code,
      name: row.name,
      numbered: row.numbered,
    })),
    blocks: draft.block
      .all()
      .filter((row) => row.code !== '' || row.name !== draft.area.byId(row.area_id)?.name)
      .map((row) => ({ ...areaOf(row.area_id), code: row.code, name: row.name })),
    seats: draft.block.all().flatMap((block) => {
      const where = { ...areaOf(block.area_id), ...unless('block', block.code, '') };
      return writeSeats(where, seats.get(block.id) ?? [], companion);
    }),
    configurations: draft.logical_configuration.all().map((row) => ({
      layout: code('layout', row.layout_id),
      code: row.code,
      name: row.name,
    })),
    categories: draft.seat_category.all().map((row) => ({
      ...configuration(row.logical_configuration_id),
      code: row.code,
      name: row.name,
      kind: row.kind,
      rank: row.rank,
    })),
    zones: draft.zone.all().map((row) => ({
      ...configuration(row.logical_configuration_id),
      area: code('area', row.area_id),
      category: code('seat_category', row.seat_category_id),
      capacity: row.capacity,
    })),
  };
}

function writeProducts(writer: Writer): Partial<HouseFile> {
  const { draft, code, product, organisation } = writer;
  return {
    products: draft.product.all().map((row) => {
      const { id: _id, season_id, time_zone, ...rest } = row;
      return compact({
        season: code('season', season_id),
        ...rest,
        ...unless('time_zone', time_zone, organisation.time_zone),
      });
    }),
    performances: draft.performance.all().map((row) =>
      compact({
        ...product(row.product_id),
        code: row.code,
        start: row.local_start,
        ...unless('time_zone', row.time_zone, draft.product.byId(row.product_id)?.time_zone ?? ''),
        configuration: code('logical_configuration', row.logical_configuration_id),
        state: row.state,
        gauge: row.gauge,
      }),
    ),
    tariffs: draft.tariff.all().map(({ id: _id, season_id, ...row }) => {
      return { season: code('season', season_id), ...row };
    }),
  };
}

/** The seats of a layout as a tree of codes. */
function seatTree(draft: Draft, layoutId: number): SeatTree {
  const tree: SeatTree = new Map();
  const seats = Map.groupBy(draft.seat.all(), (seat) => seat.block_id);
  for (const block of draft.block.all()) {
    const area = draft.area.byId(block.area_id);
    const ofBlock = seats.get(block.id) ?? [];
    if (area?.layout_id !== layoutId || ofBlock.length === 0) continue;
    const blocks = tree.get(area.code) ?? new Map();
    tree.set(area.code, blocks);
    const byRow = Map.groupBy(ofBlock, (seat) => seat.row);
    const rows = [...byRow]
      .sort(([a], [b]) => compareNames(a, b))
      .map(([row, list]) => [row, new Map(list.map((seat) => [seat.number, seat.id]))] as const);
    blocks.set(block.code, new Map(rows));
  }
  return tree;
}
