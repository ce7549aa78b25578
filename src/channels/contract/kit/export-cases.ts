import { expect } from 'vitest';
import type { Capabilities } from '../capabilities.ts';
import type { ItemAnswer, ListedItem, StockItem, StockOutcome } from '../stock.ts';
import type { ContractCase, ContractHouse } from './house.ts';
import { command, PERFORMANCE, placeOf, seatItem, WORDS } from './house.ts';

const pushesSeats = ({ contingents }: Capabilities): boolean => contingents.seats === 'push';
const pushesZones = ({ contingents }: Capabilities): boolean => contingents.zones === 'push';
const withdraws = (all: Capabilities): boolean => pushesSeats(all) && all.contingents.withdraw;
const lists = (all: Capabilities): boolean => pushesSeats(all) && all.contingents.list;

/** Sends and expects it done; the answers by key. */
export async function send(
  house: ContractHouse,
  reference: string,
  action: 'add' | 'withdraw',
  items: readonly StockItem[],
): Promise<ItemAnswer[]> {
  const outcome = await house.open.contingents?.send(command(reference, action, items));
  return answersOf(outcome);
}

export function answersOf(outcome: StockOutcome | undefined): ItemAnswer[] {
  if (outcome?.outcome !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return [...outcome.items].sort((a, b) => a.key - b.key);
}

function results(answers: readonly ItemAnswer[]): string[] {
  return answers.map(({ result }) => result);
}

function stockAtReseller(house: ContractHouse): { free: number; sold: number } {
  const stock = house.simulator.switchboard.state({ tickets: false }).stock;
  const found = stock.find(({ product, start }) => {
    return product === WORDS.product && start === WORDS.start;
  });
  return { free: found?.free ?? 0, sold: found?.sold ?? 0 };
}

async function listed(house: ContractHouse): Promise<ListedItem[]> {
  const items: ListedItem[] = [];
  for await (const some of house.open.contingentList?.list(PERFORMANCE) ?? []) items.push(...some);
  return items;
}

export const EXPORT_CASES: readonly ContractCase[] = [
  {
    name: 'export.twice: the same command twice is done once, and so is the same place',
    needs: pushesSeats,
    async run(house) {
      const items = [seatItem(1, '1'), seatItem(2, '2')];
      const first = await send(house, 'REF-1', 'add', items);
      expect(results(first)).toEqual(['accepted', 'accepted']);
      if (house.channel.capabilities.repeat === 'by-reference') {
        expect(await send(house, 'REF-1', 'add', items)).toEqual(first);
      }
      const again = await send(house, 'REF-2', 'add', items);
      expect(results(again)).toEqual(['already-there', 'already-there']);
      expect(stockAtReseller(house)).toEqual({ free: 2, sold: 0 });
    },
  },
  {
    name: 'export.half-bad: each item gets its own answer, the refused one with its reason',
    needs: pushesSeats,
    async run(house) {
      const items = [seatItem(1, '1'), seatItem(2, '2', 'NO'), seatItem(3, '3')];
      const answers = await send(house, 'REF-1', 'add', items);
      expect(results(answers)).toEqual(['accepted', 'refused', 'accepted']);
      expect(answers[1]?.reason).toBeTruthy();
      expect(answers[1]?.quantity).toBe(0);
      expect(stockAtReseller(house)).toEqual({ free: 2, sold: 0 });
    },
  },
  {
    name: 'export.over-limit: a command over the limit is refused whole, and one at it is done',
    needs: pushesSeats,
    async run(house) {
      const { itemsPerCommand } = house.channel.capabilities.limits;
      const items = Array.from({ length: itemsPerCommand + 1 }, (_, index) =>
        seatItem(index + 1, String(index + 1)),
      );
      const over = await house.open.contingents?.send(command('REF-1', 'add', items));
      expect(over?.outcome).toBe('refused');
      expect(stockAtReseller(house)).toEqual({ free: 0, sold: 0 });
      expect(await send(house, 'REF-2', 'add', items.slice(1))).toHaveLength(itemsPerCommand);
      expect(stockAtReseller(house)).toEqual({ free: itemsPerCommand, sold: 0 });
    },
  },
  {
    name: 'export.unknown-product: is refused whole, with a reason',
    needs: pushesSeats,
    async run(house) {
      const performance = { ...PERFORMANCE, product: 'NOSUCH' };
      const told = { ...command('REF-1', 'add', [seatItem(1, '1')]), performance };
      const outcome = await house.open.contingents?.send(told);
      expect(outcome).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(/./) });
    },
  },
  {
    name: 'withdraw.sold: a sold place is not withdrawn, a free one is, another was never there',
    needs: withdraws,
    async run(house) {
      const items = [seatItem(1, '1'), seatItem(2, '2')];
      await send(house, 'REF-1', 'add', items);
      house.simulator.switchboard.sell({
        product: WORDS.product,
        start: WORDS.start,
        places: [placeOf('1')],
      });
      const back = await send(house, 'REF-2', 'withdraw', [...items, seatItem(3, '9')]);
      expect(results(back)).toEqual(['sold', 'withdrawn', 'not-there']);
      expect(back.map(({ quantity }) => quantity)).toEqual([0, 1, 0]);
      expect(stockAtReseller(house)).toEqual({ free: 0, sold: 1 });
    },
  },
  {
    name: 'withdraw.count: the reseller says how many of a zone it gives back',
    needs: (all) => pushesZones(all) && all.contingents.withdraw,
    async run(house) {
      const zone = { key: 1, type: 'count', block: WORDS.zone, category: WORDS.category } as const;
      const added = await send(house, 'REF-1', 'add', [{ ...zone, quantity: 10 }]);
      expect(added).toMatchObject([{ key: 1, result: 'accepted', quantity: 10 }]);
      const sale = { product: WORDS.product, start: WORDS.start, count: 4 };
      house.simulator.switchboard.sell(sale);
      const back = await send(house, 'REF-2', 'withdraw', [{ ...zone, quantity: 8 }]);
      expect(back).toMatchObject([{ key: 1, result: 'withdrawn', quantity: 6 }]);
      expect(stockAtReseller(house)).toEqual({ free: 0, sold: 4 });
    },
  },
  {
    name: 'list.states: tells each place with its state, also where it lies',
    needs: lists,
    async run(house) {
      const { switchboard } = house.simulator;
      await send(house, 'REF-1', 'add', [seatItem(1, '1'), seatItem(2, '2'), seatItem(3, '3')]);
      const where = { product: WORDS.product, start: WORDS.start };
      const { tickets } = switchboard.sell({ ...where, places: [placeOf('2')] });
      switchboard.lieAboutSeat({ ...where, place: placeOf('3'), says: 'absent' });
      const shown = (await listed(house)).map((item) =>
        item.type === 'seat' ? [item.seat, item.state, item.ticket] : [],
      );
      expect(shown).toEqual([
        ['1', 'free', null],
        ['2', 'sold', tickets[0]],
      ]);
    },
  },
];
