/** A price that changes, and a reseller that learns it late. */
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { atSecond, CODES, startOf } from './first-day.ts';
import type { Story } from './story.ts';
import { loadPart, run } from './story.ts';
import { toldIntegration } from './tell.ts';

const EVENING = 'CHALK2';

/** From the third day on the second evening costs 14.00; three sales that day still cost 12.00. */
export async function changePrice(story: Story): Promise<string[]> {
  await loadPart(story, {
    prices: [
      {
        season: 'S2',
        product: 'CHALK',
        performance: EVENING,
        configuration: 'GARD100',
        category: 'UNIQUE',
        tariff: 'OccCont/FNAC_P',
        amount: '14.00',
        valid_from: story.clock.local(2, '00:00'),
      },
    ],
  });
  sellAt(story, { count: 3, price: '12.00', day: 2, time: '10:15:00', key: 'change.grace' });
  const counts = await run(story, 'integrate', (context) => integrateSales(context));
  return [story.texts.newPrice(toldIntegration(story.texts, counts))];
}

/** The day after, the former price is no longer let through. */
export async function sellAtFormerPrice(story: Story): Promise<string[]> {
  sellAt(story, { count: 2, price: '12.00', day: 3, time: '10:00:00', key: 'change.late' });
  sellAt(story, { count: 1, price: '14.00', day: 3, time: '10:40:00', key: 'change.new' });
  const counts = await run(story, 'integrate', (context) => integrateSales(context));
  return [story.texts.formerPrice(toldIntegration(story.texts, counts))];
}

interface Sale {
  count: number;
  price: string;
  day: number;
  time: string;
  key: string;
}

function sellAt(story: Story, { count, price, day, time, key }: Sale): void {
  story.switchboard.sell({
    product: CODES.chalk,
    start: startOf(story, EVENING),
    block: 'LIBRE',
    count,
    tariff: '0',
    price,
    at: atSecond(story, day, time, 0),
    idempotencyKey: key,
  });
}
