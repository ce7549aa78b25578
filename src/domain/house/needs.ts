/** What of the large tables a file makes the planner look at. */
import type { StoredRows } from './draft.ts';
import type { ParsedHouse } from './file.ts';

export interface HouseNeeds {
  /** Seats of the layouts and of the configurations. */
  seats: boolean;
  /** Stored performances whose seats' contingents the file names. */
  seatGroups: number[];
  /** Stored performances of which sold, held and allotted seats are counted. */
  totals: number[];
}

export function needsSeats(house: ParsedHouse): boolean {
  const { seats, category_seats, contingent_seats, own_places, blocks, areas, categories } =
    house.lines;
  if (seats.length + category_seats.length + contingent_seats.length > 0) return true;
  if (own_places.some(({ value }) => value.quantity === undefined)) return true;
  return [...blocks, ...areas, ...categories].some(({ value }) => value.remove === true);
}

/** Whether counted places may change: sales wait for such a load, and it for them. */
export function needsCounters(house: ParsedHouse): boolean {
  const { products, contingents, ...lines } = house.lines;
  const { zones, counters, contingent_quotas, performances, own_places } = lines;
  const lists = [zones, counters, contingent_quotas, performances, own_places];
  if (lists.some((list) => list.length > 0)) return true;
  return [...products, ...contingents].some(({ value }) => value.remove === true);
}

export function needsOf(house: ParsedHouse, rows: StoredRows): HouseNeeds {
  const seasons = new Map(rows.season?.map((row) => [row.code, row.id]));
  const products = new Map(rows.product?.map((row) => [`${row.season_id}/${row.code}`, row]));
  const performances = Map.groupBy(rows.performance ?? [], (row) => row.product_id);
  const ofProduct = (season: string, code: string) => {
    const product = products.get(`${seasons.get(season)}/${code}`);
    return product === undefined ? [] : (performances.get(product.id) ?? []);
  };
  const seatGroups = new Set<number>();
  for (const { value } of house.lines.contingent_seats) {
    const codes = value.performances.split(',').map((code) => code.trim());
    for (const row of ofProduct(value.season, value.product)) {
      if (codes.includes('*') || codes.includes(row.code)) seatGroups.add(row.id);
    }
  }
  const totals = new Set<number>();
  const configurations = new Map(rows.logical_configuration?.map((row) => [row.id, row.code]));
  for (const { value } of house.lines.performances) {
    const rowsOf = ofProduct(value.season, value.product);
    const row = rowsOf.find(({ code }) => code === value.code);
    if (row === undefined) continue;
    const moves = configurations.get(row.logical_configuration_id) !== value.configuration;
    if (moves || (value.gauge ?? row.gauge) !== null) totals.add(row.id);
  }
  for (const row of rows.performance ?? []) {
    if (row.gauge !== null && seatGroups.has(row.id)) totals.add(row.id);
  }
  const hasSeats = needsSeats(house) || house.lines.performances.length > 0;
  return { seats: hasSeats, seatGroups: [...seatGroups], totals: [...totals] };
}
