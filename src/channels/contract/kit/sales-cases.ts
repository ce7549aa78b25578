import { expect } from 'vitest';
import type { Capabilities } from '../capabilities.ts';
import type { Received } from '../channel.ts';
import type { ContractCase, ContractHouse } from './house.ts';
import { messagesOf, WORDS } from './house.ts';

const pulls = ({ sales }: Capabilities): boolean => sales.mode === 'pull';
const PASS = { product: WORDS.pass, category: WORDS.category, tariff: WORDS.tariff };

/** A little of everything the reseller declares; answers the kinds in the journal's order. */
function everyKind(house: ContractHouse): string[] {
  const { switchboard } = house.simulator;
  const { sales } = house.channel.capabilities;
  const { tickets } = switchboard.sell({ ...PASS, count: 6, order: 'C-1' });
  const [a = '', b = '', c = '', d = '', e = ''] = tickets;
  const kinds = tickets.map(() => 'sale');
  const step = (declared: boolean, kind: string, act: () => void): void => {
    if (!declared) return;
    act();
    kinds.push(kind);
  };
  step(sales.cancellations, 'cancellation', () => switchboard.cancel({ ticket: a }));
  step(sales.refunds, 'refund', () => switchboard.refund({ ticket: b, amount: '10.00' }));
  step(sales.replacements, 'replacement', () => switchboard.duplicate({ ticket: c }));
  step(sales.exchanges, 'exchange', () =>
    switchboard.exchange({ ticket: d, tariff: WORDS.reducedTariff }),
  );
  step(sales.holders, 'holder', () =>
    switchboard.changeName({ ticket: e, lastName: 'Šťastná', firstName: '李' }),
  );
  return kinds;
}

function identities(records: readonly Received[]): string[] {
  return messagesOf(records).map(({ kind, ticket, operationNumber }) => {
    return `${kind} ${ticket} ${operationNumber}`;
  });
}

export const SALES_CASES: readonly ContractCase[] = [
  {
    name: 'sales.kinds: every declared kind arrives as itself, with its amounts and names',
    needs: pulls,
    async run(house) {
      const kinds = everyKind(house);
      const messages = messagesOf((await house.pull(null, 100)).records);
      expect(messages.map(({ kind }) => kind)).toEqual(kinds);
      expect(messages[0]).toMatchObject({
        product: WORDS.pass,
        category: WORDS.category,
        tariff: WORDS.tariff,
        priceMinor: 4400,
        currency: 'EUR',
        order: 'C-1',
        test: false,
      });
      const refund = messages.find(({ kind }) => kind === 'refund');
      if (refund) expect(refund.givenBackMinor).toBe(1000);
      const exchange = messages.find(({ kind }) => kind === 'exchange');
      if (exchange) {
        expect(exchange).toMatchObject({ replaces: messages[3]?.ticket, priceMinor: 2250 });
        expect(exchange.ticket).not.toBe(exchange.replaces);
      }
      const replaced = messages.find(({ kind }) => kind === 'replacement');
      if (replaced) expect(replaced.barcode).not.toBe(messages[2]?.barcode);
      const holder = messages.find(({ kind }) => kind === 'holder');
      if (holder) expect(holder).toMatchObject({ lastName: 'Šťastná', firstName: '李' });
    },
  },
  {
    name: 'sales.resume: stopped after any message and resumed, nothing is lost or doubled',
    needs: pulls,
    async run(house) {
      everyKind(house);
      const all = identities((await house.pull(null, 100)).records);
      expect(new Set(all).size).toBe(all.length);
      for (const batchSize of [1, 3]) {
        const whole = await house.pull(null, batchSize);
        expect(identities(whole.records)).toEqual(all);
        for (const { cursor, after } of whole.cursors) {
          const rest = await house.pull(cursor, 2);
          expect(identities(rest.records)).toEqual(all.slice(after));
        }
      }
    },
  },
  {
    name: 'sales.idle: nothing new is no batch and no error',
    needs: pulls,
    async run(house) {
      expect((await house.pull(null, 10)).records).toEqual([]);
      everyKind(house);
      const { cursors } = await house.pull(null, 100);
      expect((await house.pull(cursors.at(-1)?.cursor ?? '', 10)).records).toEqual([]);
    },
  },
  {
    name: 'sales.repeats: a repeated line is the same message again',
    needs: pulls,
    async run(house) {
      everyKind(house);
      const once = messagesOf((await house.pull(null, 100)).records);
      house.simulator.switchboard.duplicateOperations({ count: once.length });
      const twice = messagesOf((await house.pull(null, 100)).records);
      expect(twice).toEqual([...once, ...once]);
    },
  },
  {
    name: 'sales.cancellation-first: a cancellation before its sale is read as it comes',
    needs: (all) => pulls(all) && all.sales.cancellations,
    async run(house) {
      const { switchboard } = house.simulator;
      const { tickets } = switchboard.sell({ ...PASS, count: 1 });
      switchboard.cancel({ ticket: tickets[0] ?? '' });
      expect(switchboard.reorder({ count: 2 })).toEqual({ reordered: 2 });
      const messages = messagesOf((await house.pull(null, 100)).records);
      expect(messages.map(({ kind }) => kind)).toEqual(['cancellation', 'sale']);
      expect(messages[0]?.ticket).toBe(messages[1]?.ticket);
    },
  },
  ...[-1, 0, 1].map(
    (offset): ContractCase => ({
      name: `sales.page-border: two pages ${offset < 0 ? '- 1' : `+ ${offset}`} arrive once each`,
      needs: pulls,
      async run(house) {
        const count = 2 * house.channel.capabilities.limits.messagesPerPage + offset;
        const { tickets } = house.simulator.switchboard.sell({ ...PASS, count });
        const messages = messagesOf((await house.pull(null, 700)).records);
        expect(messages.map(({ ticket }) => ticket)).toEqual(tickets);
      },
    }),
  ),
  {
    name: 'sales.clock-change: the hour that repeats is read with the earlier offset, and noted',
    needs: pulls,
    async run(house) {
      const { switchboard } = house.simulator;
      for (const at of ['2026-10-25T01:59:59', '2026-10-25T02:30:00', '2026-10-25T03:00:00']) {
        switchboard.sell({ ...PASS, count: 1, at });
      }
      switchboard.sell({ ...PASS, count: 1, at: '2027-03-28T02:30:00' });
      const messages = messagesOf((await house.pull(null, 100)).records);
      expect(messages.map((one) => [one.operationAt, one.operationAmbiguous])).toEqual([
        ['2026-10-24T23:59:59.000Z', false],
        ['2026-10-25T00:30:00.000Z', true],
        ['2026-10-25T02:00:00.000Z', false],
        // No clock showed it: the first instant after the gap.
        ['2027-03-28T01:00:00.000Z', true],
      ]);
    },
  },
  {
    name: 'sales.bad-message: one that cannot be read is told with its place and stops no other',
    needs: pulls,
    async run(house) {
      const { fields, field, value } = house.settings.badField;
      house.simulator.switchboard.sell({ ...PASS, count: 3 });
      house.simulator.switchboard.rewrite({ sequence: 2, fields });
      const { records } = await house.pull(null, 100);
      expect(records.map(({ readable }) => readable)).toEqual([true, false, true]);
      const bad = records[1];
      expect(bad).toMatchObject({
        position: '2',
        problems: [{ code: 'external.unreadable_message', params: { field, value } }],
      });
    },
  },
  {
    name: 'sales.only: a product can be asked for alone, and the cursor still reaches the end',
    needs: pulls,
    async run(house) {
      const { switchboard } = house.simulator;
      const event = { product: WORDS.product, start: WORDS.start, force: true };
      switchboard.sell({ ...PASS, count: 2 });
      const { tickets } = switchboard.sell({ ...event, count: 1 });
      switchboard.sell({ ...PASS, count: 2 });
      const only = { product: WORDS.product, performance: null, start: WORDS.start, hall: null };
      const { records, cursors } = await house.pull(null, 100, only);
      expect(messagesOf(records).map(({ ticket }) => ticket)).toEqual(tickets);
      expect((await house.pull(cursors.at(-1)?.cursor ?? '', 100)).records).toEqual([]);
    },
  },
  {
    name: 'sales.contact-data: is in no record and in no recording',
    needs: pulls,
    async run(house) {
      const { tickets } = house.simulator.switchboard.sell({ ...PASS, count: 3 });
      house.simulator.switchboard.rewrite({
        sequence: 2,
        fields: house.settings.badField.fields,
      });
      const { records } = await house.pull(null, 100);
      const kept = JSON.stringify([records, house.ports.recordings]);
      const values = tickets.flatMap((ticket) => house.settings.contactData(ticket));
      expect(values.length).toBeGreaterThan(0);
      expect(values.filter((value) => kept.includes(value))).toEqual([]);
    },
  },
];
