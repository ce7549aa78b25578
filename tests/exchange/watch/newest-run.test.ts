/** Each process takes ids in blocks of its own, so of two runs the later may have the lower id. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import type { Mailbox } from '../../support/mailbox.ts';
import { startMailbox } from '../../support/mailbox.ts';
import { WatchBench } from '../../support/watch-bench.ts';

const UNREACHABLE = { code: 'external.unreachable', class: 'external' } as const;

describeEachDatabase('the newest run, of several workers', (open) => {
  let test: TestDatabase;
  let mailbox: Mailbox;
  beforeAll(async () => {
    test = await open();
    mailbox = await startMailbox();
  });
  afterAll(() => mailbox.stop());

  /** What happens in `within` happens in another process, whose block of ids lies before ours. */
  async function elsewhere(house: WatchBench, low: number[], within: () => Promise<unknown>) {
    const services = house.services as { ids: typeof house.services.ids };
    const own = services.ids;
    services.ids = { take: async (count: number) => low.splice(0, count) } as typeof own;
    try {
      await within();
    } finally {
      services.ids = own;
    }
  }

  it('a failure is told, and closed, whatever the order of the ids', async () => {
    const house = await WatchBench.open(test, 'BLOCKS', 'en');
    house.connect(mailbox.url);
    const low = [...(await house.services.ids.take(4))];
    await house.ran('ok');
    await elsewhere(house, low, () => house.ran('error', UNREACHABLE));
    await house.look();
    expect(mailbox.mails).toHaveLength(1);
    expect(mailbox.mails[0]?.subject).toContain('Run in error');
    // The next one ends well: were the ids asked, the failure would be the older of the two still.
    await elsewhere(house, low, () => house.ran('ok'));
    house.pass(25);
    await house.look();
    expect(mailbox.mails).toHaveLength(1);
  });
});
