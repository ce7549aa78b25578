import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../../src/channels/fnac/channel.ts';
import { closePeriod } from '../../../src/exchange/account/close-period.ts';
import { compareStatement } from '../../../src/exchange/account/compare-statement.ts';
import { importStatement } from '../../../src/exchange/account/import-statement.ts';
import { readAccounts } from '../../../src/exchange/account/read-account.ts';
import { BooksWorld, placeOf } from '../../support/books-world.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { dice } from '../../support/dice.ts';
import { fnacBooks } from '../../support/fnac-books.ts';

const MONTHS = ['2026-09', '2026-10', '2026-11', '2026-12'];
const SEED = Number(process.env.PARTERRE_SEED ?? 20_261_124);

/** A ticket of the reseller, as its own bookkeeping knows it: minor units. */
interface Sold {
  number: string;
  seat: string;
  left: number;
  commissionLeft: number;
}

/**
 * Four months at random: sales, cancellations, refunds in part, exchanges and duplicates with new
 * numbers. The reseller keeps its own list of what it sold; some of it is taken in only after its
 * month was closed.
 */
class Reseller {
  readonly world: BooksWorld;
  readonly stated = new Map<string, { ticket: string; gross: number; commission: number }[]>();
  readonly living: Sold[] = [];
  readonly #roll: (sides: number) => number;
  readonly #free: string[];

  constructor(world: BooksWorld, seed: number) {
    this.world = world;
    this.#roll = dice(seed);
    this.#free = ['B', 'C', 'D', 'E', 'F', 'G', 'H'].flatMap((row) =>
      Array.from({ length: 10 }, (_, index) => `${row}/${index + 1}`),
    );
  }

  /** Something happens at this local instant of a month. */
  step(month: string, at: string): void {
    const event = this.#roll(10);
    const one = this.living[this.#roll(Math.max(this.living.length, 1)) - 1];
    if (event <= 5 || one === undefined) this.#sell(month, at);
    else if (event === 6) this.#cancel(month, at, one);
    else if (event <= 8) this.#refund(month, at, one);
    else if (event === 9) this.#exchange(month, at, one);
    else {
      const { ticket } = this.world.switchboard.duplicate({
        ticket: one.number,
        newNumber: true,
        at,
      });
      one.number = ticket;
    }
  }

  #state(month: string, ticket: string, gross: number, commission: number): void {
    const lines = this.stated.get(month) ?? [];
    lines.push({ ticket, gross, commission });
    this.stated.set(month, lines);
  }

  #placed(seat: string) {
    const [row = '', number = ''] = seat.split('/');
    return placeOf(row, number);
  }

  #sell(month: string, at: string): void {
    const seat = this.#free.splice(this.#roll(this.#free.length) - 1, 1)[0];
    if (seat === undefined) return;
    const [number = ''] = this.world.sell({ places: [this.#placed(seat)], at });
    this.living.push({ number, seat, left: 4000, commissionLeft: 180 });
    this.#state(month, number, 4000, 180);
  }

  #end(one: Sold): void {
    this.living.splice(this.living.indexOf(one), 1);
    this.#free.push(one.seat);
  }

  #cancel(month: string, at: string, one: Sold): void {
    const givenBack = (one.left / 100).toFixed(2);
    this.world.switchboard.cancel({ ticket: one.number, givenBack, at });
    this.#state(month, one.number, -one.left, -one.commissionLeft);
    this.#end(one);
  }

  #refund(month: string, at: string, one: Sold): void {
    const cents = 100 * this.#roll(9);
    if (cents >= one.left) return;
    const amount = (cents / 100).toFixed(2);
    this.world.switchboard.refund({ ticket: one.number, amount, at });
    one.left -= cents;
    this.#state(month, one.number, -cents, 0);
  }

  #exchange(month: string, at: string, one: Sold): void {
    const seat = this.#free.shift();
    if (seat === undefined) return;
    const place = this.#placed(seat);
    const { ticket } = this.world.switchboard.exchange({ ticket: one.number, place, at });
    this.#state(month, one.number, -one.left, -one.commissionLeft);
    this.#end(one);
    this.living.push({ number: ticket, seat, left: 4000, commissionLeft: 180 });
    this.#state(month, ticket, 4000, 180);
  }

  /** Its statement of a month, as a file. */
  statement(month: string): Buffer {
    const euros = (minor: number) => (minor / 100).toFixed(2).replace('.', ',');
    const lines = (this.stated.get(month) ?? []).map(
      ({ ticket, gross, commission }) => `${ticket};${euros(gross)};${euros(commission)}`,
    );
    return Buffer.from(['Billet;Brut;Commission', ...lines].join('\n'));
  }
}

describeEachDatabase('a statement of the simulator', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {
      house: { rows: 8, seatsPerRow: 10 },
    });
  });
  afterAll(() => world.close());

  it(`equals our ledger to the cent, month by month (PARTERRE_SEED=${SEED})`, async () => {
    const { organisationId, interfaceId, services } = world;
    const reseller = new Reseller(world, SEED);
    const where = { organisationId, interfaceId };
    const [account] = await world.query<{ id: number }>(
      `select id from pending_account where code = 'FNAC'`,
    );
    for (const month of MONTHS) {
      for (let day = 1; day <= 28; day += 1) {
        const at = `${month}-${String(day).padStart(2, '0')}T12:00:00`;
        reseller.step(month, at);
        reseller.step(month, at.replace('12:', '13:'));
        if (day % 10 === 0) await world.integrate();
      }
      // The last days of the month come in only after it was closed.
      await closePeriod(services, {
        organisationId,
        accountId: account?.id ?? 0,
        period: month,
        author: 'Anne',
        reason: null,
        despiteWarnings: true,
      });
    }
    await world.integrate();
    let owed = 0;
    for (const month of MONTHS) {
      const file = reseller.statement(month);
      const statement = { ...where, period: month, document: month, author: 'Anne', totals: null };
      await importStatement(services, { ...statement, file });
      const compared = await compareStatement(services, { ...where, period: month, clear: true });
      if (compared.outcome !== 'compared') throw new Error(`${month}: ${compared.outcome}`);
      expect(compared.differences, month).toEqual([]);
      const lines = reseller.stated.get(month) ?? [];
      const gross = lines.reduce((sum, one) => sum + one.gross, 0);
      const commission = lines.reduce((sum, one) => sum + one.commission, 0);
      expect(compared.ours).toMatchObject({ grossMinor: gross, commissionMinor: commission });
      expect([compared.newlyCleared, compared.openLines]).toEqual([lines.length, 0]);
      owed += gross - commission;
    }
    const request = { organisationId, check: true };
    const view = (await readAccounts(services, request)).find(({ code }) => code === 'FNAC');
    expect([view?.balanceMinor, view?.ledgerMinor]).toEqual([owed, owed]);
    expect(view?.waiting).toEqual([]);
    const late = await world.query<{ n: number }>(
      'select count(*) as n from ledger_entry where late',
    );
    expect(late[0]?.n).toBeGreaterThan(0);
  });
});
