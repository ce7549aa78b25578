/** Suspending a performance and resuming it; what its resellers still sell can be asked back. */
import { bumpOffers } from '../../store/offer-store.ts';
import type { OnSale } from '../../store/performance-store.ts';
import { readOnSale, wishAllBack, writeLife } from '../../store/performance-store.ts';
import type {
  Life,
  LifeOutcome,
  LifeRefused,
  LifeRequest,
  LifeServices,
} from './life-transaction.ts';
import { decide, noteChange, withPerformance } from './life-transaction.ts';

export interface Suspended {
  outcome: LifeOutcome;
  /** What each reseller still sells: a suspension does not reach it before it gives places back. */
  onSale: OnSale[];
  /** Places that are newly asked back, by interface. */
  asked: { interfaceId: number; places: number }[];
}

/**
 * Suspends. `takeBack` puts the wish for everything unsold: the next run asks the resellers; it
 * may come later too, for a performance that is suspended already.
 */
export function suspendPerformance(
  services: LifeServices,
  request: LifeRequest & { takeBack?: boolean },
): Promise<Suspended | LifeRefused> {
  return withPerformance(services, request, async (life) => {
    const { tx, performance, at } = life;
    const found = decide(life, 'suspend');
    if (found.outcome === 'refused') return found;
    const asked = request.takeBack === true ? await askAllBack(life, false) : [];
    if (found.outcome === 'to') {
      await writeLife(tx, performance.id, found.life);
      const before = { state: performance.state };
      await noteChange(life, 'performance.suspend', before, { ...found.life, asked });
    } else if (asked.length > 0) {
      const before = { state: performance.state };
      await noteChange(life, 'performance.take_back', before, { at: at.toISOString(), asked });
    }
    const isChanged = found.outcome === 'to' || asked.length > 0;
    const outcome = isChanged ? 'done' : 'unchanged';
    return { outcome, onSale: await readOnSale(tx, performance.id), asked };
  });
}

/** Puts the wishes and raises the offers of who holds the places. */
export async function askAllBack(
  { tx, performance, request, at }: Life,
  alsoSold: boolean,
): Promise<Suspended['asked']> {
  const performanceId = performance.id;
  const wish = { performanceId, interfaceId: null, by: request.by, at, alsoSold };
  const counts = await wishAllBack(tx, wish);
  const interfaceIds = [...counts.keys()];
  await bumpOffers(tx, [{ performanceId, contingentIds: [], interfaceIds }]);
  return [...counts].map(([interfaceId, places]) => ({ interfaceId, places }));
}

export interface Resumed {
  outcome: LifeOutcome;
  onSale: OnSale[];
}

/** On sale again: the next export hands over what waits. Wishes that stand are not dropped. */
export function resumePerformance(
  services: LifeServices,
  request: LifeRequest,
): Promise<Resumed | LifeRefused> {
  return withPerformance(services, request, async (life) => {
    const { tx, performance } = life;
    const found = decide(life, 'resume');
    if (found.outcome === 'refused') return found;
    if (found.outcome === 'to') {
      await writeLife(tx, performance.id, found.life);
      await noteChange(life, 'performance.resume', { state: performance.state }, found.life);
    }
    const outcome = found.outcome === 'to' ? 'done' : 'unchanged';
    return { outcome, onSale: await readOnSale(tx, performance.id) };
  });
}
