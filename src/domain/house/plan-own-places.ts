/** Which seats and counters the venue's own lines mean; what becomes of them is decided locked. */
import type { OwnRequest, PlanContext } from './context.ts';
import { report } from './context.ts';
import type { Line } from './file.ts';
import type { ConfigurationSeats } from './plan-configurations.ts';
import { selectedSeats } from './plan-configurations.ts';
import { dayCounterOf, zoneCounterOf } from './plan-counters.ts';
import { performanceOf, productOf } from './plan-products.ts';
import type { ProductRow } from './rows.ts';
import type { SeatIndex } from './seat-index.ts';

export function planOwnPlaces(
  context: PlanContext,
  index: SeatIndex,
  configurationSeats: ConfigurationSeats,
): void {
  for (const line of context.house.lines.own_places) {
    const { value } = line;
    const product = productOf(context, line, value.season, value.product);
    if (product === null) continue;
    const request =
      value.quantity === undefined
        ? seatRequest(context, line, product, { index, configurationSeats })
        : countRequest(context, line, product, value.quantity);
    if (request !== null) context.stockChanges.own.push(request);
  }
}

function seatRequest(
  context: PlanContext,
  line: Line<'own_places'>,
  product: ProductRow,
  seats: { index: SeatIndex; configurationSeats: ConfigurationSeats },
): OwnRequest | null {
  const { performance: code, state, reference } = line.value;
  if (code === undefined) return missing(context, line, 'performance');
  const performance = performanceOf(context, line, product, code);
  if (performance === null) return null;
  const configurationId = performance.logical_configuration_id;
  const configuration = context.draft.logical_configuration.byId(configurationId);
  const selected =
    configuration && selectedSeats(context, line, seats.index, configuration.layout_id);
  if (selected === null) return null;
  const sellable = seats.configurationSeats.get(configurationId);
  const seatIds = selected.filter((seatId) => sellable?.has(seatId));
  return { line, type: 'seats', performanceId: performance.id, seatIds, state, reference };
}

function countRequest(
  context: PlanContext,
  line: Line<'own_places'>,
  product: ProductRow,
  quantity: number,
): OwnRequest | null {
  const { performance: code, area, day, slot_starts, state, reference } = line.value;
  const asked = { line, type: 'count' as const, quantity, state, reference };
  if (!['event', 'competition'].includes(product.kind)) {
    const counter = dayCounterOf(context, line, product, day, slot_starts);
    return counter && { ...asked, counterId: counter.id };
  }
  if (code === undefined) return missing(context, line, 'performance');
  if (area === undefined) return missing(context, line, 'area');
  const performance = performanceOf(context, line, product, code);
  const counter = performance && zoneCounterOf(context, line, performance, area);
  return counter && { ...asked, counterId: counter.id };
}

function missing(context: PlanContext, line: Line<'own_places'>, key: string): null {
  return report(context, line, key, {
    code: 'house.structure',
    message: `${key} is missing.`,
    cure: 'Seats name their performance, counted places of a zone also the area.',
  });
}
