import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { findContradictions } from '../support/house-invariants.ts';
import type { Audit } from './season-audit.ts';
import { audit } from './season-audit.ts';
import { PERFORMANCES } from './season-house.ts';
import { decideAtDesk } from './season-office.ts';
import { bringToRest, sendRefusedAgain } from './season-rest.ts';
import { happen } from './season-sales.ts';
import { actAtVenue, runOf } from './season-venue.ts';
import { Season } from './season-world.ts';

/**
 * A season: sixty performances, dated and undated passes, three resellers over real loopback HTTP,
 * and everything that the domain knows of, at random. After each day the house does not contradict
 * itself; at the end each reseller's own statement is our ledger, ticket by ticket and cent by
 * cent, its list of places is our allotment, and every difference is named by an open case.
 *
 * PARTERRE_SEED=n repeats what happens, though not who of several is the first to have done it;
 * PARTERRE_SEASON=full plays every day of the season, with more on each.
 */
const SEED = Number(process.env.PARTERRE_SEED ?? Date.now() % 100_000);
const FULL = process.env.PARTERRE_SEASON === 'full';
const TIMEOUT = FULL ? 3_600_000 : 180_000;

/** The embedded database has one transaction at a time: there the season is the shorter one. */
const SIZES = {
  pglite: FULL ? { step: 1, events: 30 } : { step: 12, events: 24 },
  postgres: FULL ? { step: 1, events: 30 } : { step: 6, events: 27 },
};

describeEachDatabase(`a season (PARTERRE_SEED=${SEED})`, (open, kind) => {
  let test: TestDatabase;
  let season: Season;
  beforeAll(async () => {
    test = await open();
    season = await Season.open(test.database, SEED);
  });
  afterAll(() => season.trio.close());

  /** Fails with the day and what happened last. */
  function hold(found: object): void {
    if (Object.keys(found).length === 0) return;
    const told = JSON.stringify(found, null, 1);
    if (process.env.PARTERRE_TELL) console.log(season.diary.join('\n'));
    throw new Error(`Day ${season.day} of seed ${SEED}:\n${told}\nLast:\n${season.story()}`);
  }
  const check = async (atRest: boolean) =>
    hold(await findContradictions(test.database, season.trio.organisationId, { atRest }));

  /** The first export; one reseller's form has no seats at first, and it refuses every one. */
  async function handOver(): Promise<void> {
    const forgotten = season.pick(season.resellers);
    season.sendForm(forgotten, ['CAT1']);
    for (const reseller of season.resellers) await season.trio.export(reseller);
    season.sendForm(forgotten);
    await sendRefusedAgain(season, forgotten);
  }

  async function playDay(day: number, events: number): Promise<void> {
    season.begin(day);
    for (const reseller of season.resellers) {
      for (let count = 0; count < events / 3; count += 1) happen(season, reseller);
    }
    for (let count = 0; count < 3; count += 1) await actAtVenue(season);
    // The resellers' runs and the venue's work at the same time.
    await Promise.all([
      ...season.resellers.map((reseller) => runOf(season.aside(), reseller)),
      actAtVenue(season.aside()),
      decideAtDesk(season.aside()),
    ]);
    for (let count = 0; count < 2; count += 1) await decideAtDesk(season);
    for (const reseller of season.resellers) happen(season, reseller);
    await Promise.all(season.resellers.map((reseller) => runOf(season.aside(), reseller)));
  }

  it(
    'ends with books that each reseller’s own statement agrees with',
    async () => {
      const { step, events } = SIZES[kind];
      try {
        await handOver();
        for (let day = 0; day < PERFORMANCES; day += step) {
          await playDay(day, events);
          await check(false);
        }
        await bringToRest(season);
        await check(true);
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('Day ')) throw error;
        throw new Error(`Day ${season.day} of seed ${SEED}. Last:\n${season.story()}`, {
          cause: error,
        });
      }
      const audits: Audit[] = [];
      for (const reseller of season.resellers) audits.push(await audit(season, reseller));
      if (process.env.PARTERRE_TELL) {
        console.log(JSON.stringify({ tally: Object.fromEntries(season.tally), audits }, null, 1));
      }
      hold(audits.flatMap(({ faults }) => faults));
      const sum = (of: (one: Audit) => number) => audits.reduce((all, one) => all + of(one), 0);
      // What is compared is worth comparing, and most of it is the same in everything.
      expect(sum(({ tickets }) => tickets)).toBeGreaterThan(60);
      expect(sum(({ same }) => same) / sum(({ tickets }) => tickets)).toBeGreaterThan(0.75);
    },
    TIMEOUT,
  );
});
