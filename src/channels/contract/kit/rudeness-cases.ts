import { expect } from 'vitest';
import type { Capabilities } from '../capabilities.ts';
import { ChannelError } from '../errors.ts';
import type { Failure } from '../switchboard.ts';
import { answersOf } from './export-cases.ts';
import type { ContractCase, ContractHouse } from './house.ts';
import { command, seatItem, WORDS } from './house.ts';

const pulls = ({ sales }: Capabilities): boolean => sales.mode === 'pull';
const pushes = ({ contingents }: Capabilities): boolean => contingents.seats === 'push';

/** What each rudeness is called. A document type is refused before its entities are looked at. */
const RUDENESS = {
  html: 'external.html',
  empty: 'external.empty',
  truncate: 'external.truncated',
  reset: 'external.reset',
  hang: 'external.timeout',
  slow: 'external.timeout',
  huge: 'external.too_large',
  charset: 'external.charset',
  dtd: 'external.dtd',
  entities: 'external.dtd',
  unauthorized: 'external.fault_authentication',
} as const satisfies Partial<Record<Failure, string>>;
type Rudeness = keyof typeof RUDENESS;

/** Reads until it breaks; what arrived before, and the code of the break. */
async function pullUntilBroken(house: ContractHouse): Promise<{ tickets: string[]; code: string }> {
  const tickets: string[] = [];
  try {
    const request = { cursor: null, only: null, batchSize: 2 };
    for await (const batch of house.open.sales?.pull(request) ?? []) {
      for (const record of batch.records) {
        if (record.readable) tickets.push(record.message.ticket);
      }
    }
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { tickets, code: error.code };
  }
  return { tickets, code: 'none' };
}

function onSales(failure: Failure, code: string): ContractCase {
  return {
    name: `rudeness.sales-${failure}: is told as ${code}, and the next run reads everything`,
    needs: pulls,
    async run(house) {
      const { switchboard } = house.simulator;
      const { tickets } = switchboard.sell({ product: WORDS.pass, count: 20 });
      switchboard.failNext({ service: house.settings.services.sales, failure });
      const broken = await pullUntilBroken(house);
      expect(broken.code).toBe(code);
      expect(tickets.slice(0, broken.tickets.length)).toEqual(broken.tickets);
      // Half a page had come: what is whole of it is not thrown away.
      if (failure === 'truncate') expect(broken.tickets.length).toBeGreaterThan(5);
      expect(await pullUntilBroken(house)).toEqual({ tickets, code: 'none' });
    },
  };
}

/** A command that met this: nobody knows, and only the look-up by reference tells. */
function onCommand(failure: Rudeness, arrived: boolean): ContractCase {
  return {
    name: `rudeness.command-${failure}: the outcome is unknown until the reference is looked up`,
    needs: pushes,
    async run(house) {
      const service = house.settings.services.contingents;
      house.simulator.switchboard.failNext({ service, failure });
      const told = command('REF-1', 'add', [seatItem(1, '1')]);
      const outcome = await house.open.contingents?.send(told);
      expect(outcome).toMatchObject({ outcome: 'unknown', code: RUDENESS[failure] });
      const found = await house.open.contingents?.lookUp('REF-1');
      expect(found?.outcome).toBe(arrived ? 'done' : 'never-arrived');
    },
  };
}

export const RUDENESS_CASES: readonly ContractCase[] = [
  ...Object.entries(RUDENESS).map(([failure, code]) => onSales(failure as Failure, code)),
  onCommand('html', false),
  onCommand('reset', false),
  onCommand('hang', false),
  onCommand('truncate', true),
  onCommand('charset', true),
  {
    name: 'rudeness.cut-after-work: the work was done, and the look-up says so item by item',
    needs: pushes,
    async run(house) {
      const service = house.settings.services.contingents;
      house.simulator.switchboard.dropNextAnswer({ service });
      const told = command('REF-1', 'add', [seatItem(1, '1'), seatItem(2, '2', 'NO')]);
      const outcome = await house.open.contingents?.send(told);
      expect(outcome).toMatchObject({ outcome: 'unknown', code: 'external.reset' });
      const found = answersOf(await house.open.contingents?.lookUp('REF-1'));
      expect(found.map(({ key, result }) => [key, result])).toEqual([
        [1, 'accepted'],
        [2, 'refused'],
      ]);
    },
  },
  {
    name: 'rudeness.look-up-cut: a look-up that fails leaves the outcome unknown',
    needs: pushes,
    async run(house) {
      const service = house.settings.services.contingents;
      house.simulator.switchboard.failNext({ service, failure: 'reset' });
      const found = await house.open.contingents?.lookUp('REF-1');
      expect(found?.outcome).toBe('unknown');
    },
  },
  {
    name: 'rudeness.command-never-left: nobody heard it, and the error says so',
    needs: pushes,
    async run(house) {
      const { contingents } = house.open;
      await house.simulator.stop();
      const sent = contingents?.send(command('REF-1', 'add', [seatItem(1, '1')]));
      await expect(sent).rejects.toMatchObject({ code: 'external.unreachable', sent: false });
    },
  },
  {
    name: 'rudeness.faults: every fault of the reseller has its code, for sales and for commands',
    needs: (all) => pulls(all) && pushes(all),
    async run(house) {
      const { services, faults } = house.settings;
      expect(Object.keys(faults).length).toBeGreaterThan(0);
      for (const [fault, code] of Object.entries(faults)) {
        const failure: Failure = `fault:${fault}`;
        house.simulator.switchboard.failNext({ service: services.sales, failure });
        house.simulator.switchboard.failNext({ service: services.contingents, failure });
        expect((await pullUntilBroken(house)).code).toBe(code);
        const told = command(`REF-${fault}`, 'add', [seatItem(1, '1')]);
        const outcome = await house.open.contingents?.send(told);
        expect(outcome).toMatchObject({ code, reason: expect.stringMatching(/./) });
      }
    },
  },
];
