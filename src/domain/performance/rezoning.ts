/** Counted places in another configuration: each zone stays the zone of the same area. */

export interface OldZone {
  counterId: number;
  /** Code of its area. */
  area: string;
  /** Tickets and the venue's own. */
  sold: number;
  held: number;
  blocked: number;
  quotas: readonly {
    contingentId: number;
    quota: number;
    sold: number;
    held: number;
    allotted: number;
  }[];
}

export interface NewZone {
  zoneId: number;
  area: string;
  categoryId: number;
  capacity: number;
}

export type ZoneFault =
  | { code: 'zone_missing'; params: { zone: string; taken: number } }
  | { code: 'zone_too_small'; params: { zone: string; capacity: number; taken: number } }
  | { code: 'zone_in_use'; params: { zone: string; taken: number } };

export interface ZonePlan {
  faults: ZoneFault[];
  /** Counters that become the zone of the same area; shares that had to shrink with it. */
  kept: {
    counterId: number;
    zone: NewZone;
    shares: { contingentId: number; quota: number }[];
  }[];
  added: NewZone[];
  /** Counters whose zone is gone; nothing of them is taken. */
  removed: number[];
}

/** @param keep whether places that someone has stay in the zone of the same area. */
export function planZones(
  old: readonly OldZone[],
  zones: readonly NewZone[],
  keep: boolean,
): ZonePlan {
  const plan: ZonePlan = { faults: [], kept: [], added: [], removed: [] };
  const byArea = new Map(zones.map((zone) => [zone.area, zone]));
  const met = new Set<number>();
  for (const counter of old) {
    const zone = byArea.get(counter.area);
    const taken = takenOf(counter);
    if (taken > 0 && !keep) {
      plan.faults.push({ code: 'zone_in_use', params: { zone: counter.area, taken } });
    } else if (zone !== undefined && taken > zone.capacity) {
      const params = { zone: counter.area, capacity: zone.capacity, taken };
      plan.faults.push({ code: 'zone_too_small', params });
    } else if (zone !== undefined) {
      met.add(zone.zoneId);
      plan.kept.push({ counterId: counter.counterId, zone, shares: sharesWithin(counter, zone) });
    } else if (taken > 0) {
      plan.faults.push({ code: 'zone_missing', params: { zone: counter.area, taken } });
    } else {
      plan.removed.push(counter.counterId);
    }
  }
  plan.added = zones.filter((zone) => !met.has(zone.zoneId));
  return plan;
}

/** The venue's own places, and what of each share is sold, held or at its reseller. */
function takenOf(counter: OldZone): number {
  const shared = counter.quotas.reduce((sum, one) => sum + one.sold + one.held + one.allotted, 0);
  return ownOf(counter) + shared;
}

function ownOf({ sold, held, blocked, quotas }: OldZone): number {
  return sold + held + blocked - quotas.reduce((sum, one) => sum + one.sold, 0);
}

/** Shares give up what nobody has, the last contingent first, until they fit the capacity. */
function sharesWithin(counter: OldZone, zone: NewZone): { contingentId: number; quota: number }[] {
  const shares = counter.quotas.reduce((sum, one) => sum + one.quota, 0);
  let over = ownOf(counter) + shares - zone.capacity;
  const changed: { contingentId: number; quota: number }[] = [];
  for (const { contingentId, quota, sold, held, allotted } of counter.quotas.toReversed()) {
    if (over <= 0) break;
    const cut = Math.min(over, Math.max(0, quota - sold - held - allotted));
    if (cut === 0) continue;
    over -= cut;
    changed.push({ contingentId, quota: quota - cut });
  }
  return changed;
}
