/** The end of the season: the truth again, the words learned, and everything that waits told. */
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { openCases, settleOne } from './season-office.ts';
import { teachWords } from './season-venue.ts';
import type { Season, SeasonReseller } from './season-world.ts';

/** Faults may still be in store, and an answer asks for another run: so many times at most. */
const ROUNDS = 12;

export async function bringToRest(season: Season): Promise<void> {
  season.begin(season.day + 1);
  for (const reseller of season.resellers) {
    for (const lie of reseller.lies) {
      reseller.simulator.switchboard.lieAboutSeat({ ...lie, says: null });
    }
    await teachWords(season, reseller);
    await sendRefusedAgain(season, reseller);
    await quieten(season, reseller);
    await season.trio.replay(reseller);
    const { length } = await openCases(season, reseller);
    // Most of what is open is decided; what is not is named by its case.
    for (let count = 0; count < length; count += 1) {
      season.note(`settle case ${await settleOne(season, reseller)}`);
    }
  }
  // What was decided at one may have moved what another holds.
  for (const reseller of season.resellers) await quieten(season, reseller);
}

/** Someone sends again by hand what a reseller refused, performance by performance. */
export async function sendRefusedAgain(season: Season, reseller: SeasonReseller): Promise<void> {
  const refused = await season.trio.query<{ id: number }>(
    `select distinct ps.performance_id as id from performance_seat ps
     join contingent g on g.id = ps.contingent_id
     where ps.refused_at is not null and g.code = $1 order by 1`,
    [reseller.code],
  );
  if (refused.length === 0) return;
  const performanceIds = refused.map(({ id }) => id);
  const ran = await season.trio.run(reseller, 'export', (context) =>
    exportContingent(context, { performanceIds, againRefused: true }),
  );
  season.note(`${reseller.code} refused again ${ran.state} ${JSON.stringify(ran.counts)}`);
}

async function quieten(season: Season, reseller: SeasonReseller): Promise<void> {
  let quiet = 0;
  for (let round = 0; quiet < 2; round += 1) {
    if (round === ROUNDS) throw new Error(`${reseller.code} does not come to rest.`);
    const ran = await season.trio.export(reseller);
    const moved = (ran.counts.exported ?? 0) + (ran.counts.taken_back ?? 0);
    quiet = ran.failure === null && moved === 0 ? quiet + 1 : 0;
    season.note(`${reseller.code} rest ${ran.state} ${JSON.stringify(ran.counts)}`);
  }
}
