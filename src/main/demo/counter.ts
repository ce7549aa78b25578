/** The venue's own counter sells beside the reseller: what is at the reseller it cannot sell. */
import { changeOwnPlaces } from '../../exchange/house-seats/change-own-places.ts';
import { readOwnLines } from '../../exchange/house-seats/read-lines.ts';
import { AUTHOR } from './begin-demo.ts';
import type { Story } from './story.ts';
import { note } from './story.ts';

/** The day's list of the counter, as `parterre house seats` takes it. */
const LIST = [
  'performance;seat;zone;quantity;state;reference',
  'EXT1;THEATRE/1F/C/N/37-38;;;sold;GUICHET-0001',
  'CHALK1;;AUDI/AUDI;4;sold;GUICHET-0002',
  'EXT1;THEATRE/1F/A/L/5;;;sold;GUICHET-0003',
].join('\r\n');

export const REFUSED_NOTE = 'demo.counter-refused';

export async function sellAtCounter(story: Story): Promise<string[]> {
  const read = await readOwnLines(Buffer.from(LIST));
  if ('fault' in read) throw new Error(read.fault.message);
  const { faults } = await changeOwnPlaces(story.services, {
    organisationId: story.beginning.organisationId,
    lines: read.lines,
    author: AUTHOR,
    source: null,
  });
  await note(story, REFUSED_NOTE, 'counter', { codes: faults.map(({ code }) => code) });
  const isRefused = faults.some(({ code }) => code === 'seats.at_reseller');
  return [story.texts.counter(isRefused)];
}
