import { expect } from 'vitest';
import type { Capabilities } from '../capabilities.ts';
import type { AccessEntry } from '../channel.ts';
import type { ExternalPerformance } from '../stock.ts';
import type { ContractCase } from './house.ts';
import { WORDS } from './house.ts';

const lists = ({ access }: Capabilities): boolean => access.lists === 'prepare-fetch';

const PASS_LIST: ExternalPerformance = {
  product: WORDS.pass,
  performance: null,
  start: null,
  hall: null,
};

export const ACCESS_CASES: readonly ContractCase[] = [
  {
    name: 'access.prepare-fetch: the codes of the list, and those that no longer open',
    needs: lists,
    async run({ open, simulator: { switchboard } }) {
      const { tickets } = switchboard.sell({ product: WORDS.pass, count: 3 });
      switchboard.cancel({ ticket: tickets[1] ?? '' });
      const { barcode } = switchboard.duplicate({ ticket: tickets[2] ?? '' });
      switchboard.setAccess({ pollsBeforeReady: 1 });
      const prepared = await open.accessLists?.prepare(PASS_LIST);
      const request = prepared?.request ?? '';
      expect(await open.accessLists?.fetch(request)).toEqual({ state: 'in-progress' });
      const answer = await open.accessLists?.fetch(request);
      if (answer?.state !== 'ready') throw new Error(`not ready: ${JSON.stringify(answer)}`);
      const entries: AccessEntry[] = [];
      for await (const some of answer.entries) entries.push(...some);
      const valid = entries.filter(({ state }) => state === 'valid');
      expect(valid.map(({ ticket }) => ticket)).toEqual([tickets[0], tickets[2]]);
      expect(valid[1]?.code).toBe(barcode);
      // The cancelled one, and the code that the duplicate replaced.
      expect(entries).toHaveLength(4);
    },
  },
  {
    name: 'access.failed: a list that cannot be made is told as that, with the reason',
    needs: lists,
    async run({ open, simulator: { switchboard } }) {
      const prepared = await open.accessLists?.prepare(PASS_LIST);
      switchboard.setAccess({ fails: true });
      const answer = await open.accessLists?.fetch(prepared?.request ?? '');
      expect(answer).toMatchObject({ state: 'failed', reason: expect.stringMatching(/./) });
    },
  },
];
