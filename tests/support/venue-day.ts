/**
 * A venue with three interfaces of three accounts, each with a reseller that is asked and answers
 * nothing: for schedules, which are about when, not about what.
 */
import type { Channel } from '../../src/channels/contract/channel.ts';
import type { Timing } from '../../src/domain/schedule/timing.ts';
import { createSchedule } from '../../src/exchange/schedules/change-schedules.ts';
import type { Database } from '../../src/store/database/database.ts';
import { createTestServices } from './exchange-services.ts';
import { testChannel } from './test-channel.ts';

export const VENUE = 1;
export const VENUE_INTERFACES = [101, 102, 103] as const;
export const accountOf = (interfaceId: number): number => interfaceId + 100;

export async function insertVenue(database: Database, timeZone = 'Europe/Paris'): Promise<void> {
  await database.administration(async (tx) => {
    await tx.execute(
      `insert into organisation (id, code, name, currency, time_zone, created_at)
       values ($1, 'VENUE', 'Venue', 'EUR', $2, '2026-01-01T00:00:00Z')`,
      [VENUE, timeZone],
    );
    await tx.script(`
      insert into sales_channel (organisation_id, id, code, name, kind, accepts_third_party)
        values (1, 30, 'EXT', 'Externe', 'external', true);
      insert into contact (organisation_id, id, code, name, pending_account_authorised)
        values (1, 31, 'C', 'C', true);
      insert into pending_account (organisation_id, id, contact_id, code, currency)
        values (1, 32, 31, 'C', 'EUR');
    `);
    for (const id of VENUE_INTERFACES) {
      await tx.execute(
        `insert into reseller_account (organisation_id, id, channel, account)
         values (1, $1, 'test', $2)`,
        [accountOf(id), `A${id}`],
      );
      await tx.execute(
        `insert into interface (organisation_id, id, code, names, reseller, channel,
           reseller_account_id, sales_channel_id, contact_id, pending_account_id, currency,
           time_zone, status, people, config)
         values (1, $1, $2, '{"fr": "R"}', 'R', 'test', $3, 30, 31, 32, 'EUR', 'Europe/Paris',
           'visible', '[]', '{}')`,
        [id, `I${id}`, accountOf(id)],
      );
    }
  });
}

export interface VenueClock {
  now: Date;
}

export function venueServices(
  database: Database,
  clock: VenueClock,
  channel: Channel = testChannel(),
) {
  return createTestServices({ database, channels: [channel], now: () => clock.now });
}

/** Makes a schedule that is on; answers its id. */
export async function addSchedule(
  services: ReturnType<typeof venueServices>,
  one: {
    interfaceId: number;
    name: string;
    function: 'integrate' | 'export' | 'reconcile';
    timing: Timing;
    firstAt?: string;
    warnAfter?: number;
    pauseAfter?: number;
  },
): Promise<number> {
  const { interfaceId, ...change } = one;
  const result = await createSchedule(services, {
    organisationId: VENUE,
    author: 'anna',
    interfaceId,
    change: { active: true, ...change },
  });
  if (result.outcome !== 'saved') throw new Error(JSON.stringify(result));
  return result.schedule.id;
}

export interface RunRow {
  interfaceId: number;
  function: string;
  state: string;
  source: string;
  startedBy: string;
  startedAt: string;
  filters: Record<string, unknown>;
}

export function readRuns(database: Database): Promise<RunRow[]> {
  return database.transaction(VENUE, (tx) =>
    tx.query<RunRow>(
      `select interface_id as "interfaceId", function, state, source, started_by as "startedBy",
              started_at as "startedAt", filters
       from run where organisation_id = $1 order by number`,
      [VENUE],
    ),
  );
}
