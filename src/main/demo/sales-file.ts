/** The reseller's second way in: the sales file that comes by mail, of sales that are known. */
import { importSales } from '../../exchange/import-sales.ts';
import { CODES, startOf } from './first-day.ts';
import type { Story } from './story.ts';
import { performanceIds, run } from './story.ts';
import { toldIntegration } from './tell.ts';

const SHOW = 'CHALK1';

/** An assistant imports the evening's file, which everyone else had forgotten. */
export async function importFile(story: Story): Promise<string[]> {
  const { simulator } = story.reseller;
  const written = simulator.salesFile?.({ product: CODES.chalk, start: startOf(story, SHOW) });
  if (written === undefined) throw new Error('The simulator writes sales files.');
  const bytes = Buffer.from(written.base64, 'base64');
  const file = {
    name: written.name,
    open: async function* () {
      yield bytes;
    },
  };
  const filters = { performanceIds: await performanceIds(story, [SHOW]) };
  const counts = await run(story, 'integrate', (context) => importSales(context, file), filters);
  return [story.texts.file(toldIntegration(story.texts, counts))];
}
