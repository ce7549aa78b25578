import type { BatchState, Candidate } from '../domain/order/state.ts';
import type { BooksReader } from '../store/books-reader.ts';
import type { LoadRequest } from './load-books.ts';

/** What limits house stock, read only where a person or the interface's rule may draw from it. */
export async function loadHouseStock(
  books: BooksReader,
  request: LoadRequest,
  state: BatchState,
  candidates: Iterable<Candidate>,
): Promise<void> {
  const { terms } = request;
  if (terms.houseStockMaximum > 0 && state.counters.size > 0) {
    for (const row of await books.houseStock(terms.id, [...state.counters.keys()])) {
      state.houseStock.set(row.counterId, row.tickets);
    }
  }
  const gauged = performancesWithGauge(request, candidates);
  if (gauged.length === 0) return;
  for (const { performanceId, places } of await books.placesKept(gauged)) {
    state.placesKept.set(performanceId, places);
  }
}

function performancesWithGauge(
  { resolver, terms }: LoadRequest,
  candidates: Iterable<Candidate>,
): number[] {
  const ids = new Set<number>();
  for (const { message, decision } of candidates) {
    if (decision?.place?.kind !== 'house_stock' && terms.houseStockMaximum === 0) continue;
    const { performance } = resolver.resolve(message);
    if (performance !== null && performance.gauge !== null) ids.add(performance.id);
  }
  return [...ids];
}
