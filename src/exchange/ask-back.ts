/** Asking a reseller for what is wanted elsewhere: seats with a wish or a changed category. */
import { waitingContingents } from '../store/stock-store.ts';
import { countsToTell, seatsToWithdraw } from './prepare-commands.ts';
import type { Tally } from './stock-commands.ts';
import { tellAll } from './stock-commands.ts';
import type { PerformanceStock } from './stock-session.ts';

/**
 * Asks for every place of the performance that waits to come back. A seat may meanwhile stand in a
 * contingent of another channel, or in none, so all of them are looked through.
 */
export async function askBack(
  stock: PerformanceStock,
  contingentIds: readonly number[] | null,
): Promise<void> {
  const { context, catalogue, contingents } = stock.session;
  const all = contingentIds ?? catalogue.contingents.map((one) => one.id);
  const waiting = await context.database.transaction(context.organisation.id, (tx) =>
    waitingContingents(tx, stock.performance.id, all),
  );
  for (const contingentId of waiting) {
    if (stock.stopped) return;
    if (contingentId === null && contingentIds !== null) continue;
    tellBack(stock, await tellAll(stock, seatsToWithdraw(stock, contingentId)));
  }
  const hasZones = catalogue.zonesByConfiguration.has(stock.performance.logicalConfigurationId);
  if (stock.stopped || !hasZones) return;
  const own = contingents.map((one) => one.id).filter((id) => all.includes(id));
  tellBack(stock, await tellAll(stock, countsToTell(stock, 'withdraw', own)));
}

function tellBack(stock: PerformanceStock, tallies: ReadonlyMap<number, Tally>): void {
  const { context, catalogue } = stock.session;
  for (const [contingentId, { effective, sold }] of tallies) {
    const contingent = catalogue.contingentById.get(contingentId)?.code ?? '?';
    const params = { contingent, performance: stock.name, withdrawn: effective, sold };
    context.log.line('info', 'take_back.done', { params });
  }
}
