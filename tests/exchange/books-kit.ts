import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Channel } from '../../src/channels/contract/channel.ts';
import type { BooksSettings } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { ACCOUNT_CASES } from './books-kit/account-cases.ts';
import type { BooksCase } from './books-kit/case.ts';
import { BooksKit } from './books-kit/case.ts';
import { FILE_CASES } from './books-kit/file-cases.ts';
import { FLOW_CASES } from './books-kit/flow-cases.ts';
import { KIND_CASES } from './books-kit/kind-cases.ts';
import { PLACE_CASES } from './books-kit/place-cases.ts';
import { PRIVACY_CASES } from './books-kit/privacy-cases.ts';

const CASES: readonly BooksCase[] = [
  ...KIND_CASES,
  ...PLACE_CASES,
  ...FLOW_CASES,
  ...ACCOUNT_CASES,
  ...FILE_CASES,
  ...PRIVACY_CASES,
];

/** The name of a case is what stands before the colon. */
function shortName({ name }: BooksCase): string {
  return name.split(':', 1)[0] ?? name;
}

/**
 * The books half of the contract: what a channel's messages become in the books, over the real
 * wire of its simulator, on each database. The cases follow from the capabilities; one is skipped
 * only with a written reason (`skip`: short name → reason).
 */
export function describeBooks(channel: Channel, settings: BooksSettings): void {
  const applicable = CASES.filter((one) => one.needs(channel.capabilities));
  describeEachDatabase(`the channel contract, books half: ${channel.id}`, (open) => {
    let database: TestDatabase;
    let kit: BooksKit;
    beforeAll(async () => {
      database = await open();
      kit = new BooksKit(database, channel, settings);
    });
    afterEach(() => kit.close());
    for (const one of applicable) {
      const reason = settings.skip[shortName(one)];
      if (reason === undefined) test(one.name, () => one.run(kit));
      else test.skip(`${one.name} (skipped: ${reason})`, () => {});
    }
  });
  test(`${channel.id} skips only cases that apply, each with a reason`, () => {
    const names = applicable.map(shortName);
    expect(Object.keys(settings.skip).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.values(settings.skip).filter((reason) => reason.trim() === '')).toEqual([]);
  });
}
