/** What a person corrects, and what the reseller does. */
import { operationNumber } from '../../channels/fnac/simulator/numbers.ts';
import { setValues } from '../../domain/mapping/edit-table.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { replay } from '../../exchange/replay.ts';
import { saveMappings } from '../../exchange/save-mappings.ts';
import { AUTHOR } from './begin-demo.ts';
import { countQuarantine } from './books.ts';
import { atSecond, CODES, place, startOf, ticketsOf } from './first-day.ts';
import { SEED } from './reseller.ts';
import type { Story } from './story.ts';
import { interfaceId, loadPart, run } from './story.ts';

/** Saving the mapping takes up by itself what it frees. */
export async function correctCategory(story: Story): Promise<string[]> {
  const result = await saveMappings(
    story.services,
    {
      organisationId: story.beginning.organisationId,
      interfaceId: await interfaceId(story),
      author: AUTHOR,
      reason: 'La FNAC a créé une catégorie pour ses adhérents',
      changes: ({ rows, seasons }) => {
        const seasonId = seasons.find((season) => season.code === 'S2')?.id ?? null;
        const ours = 'OccCont/FNAC_A';
        const draft = { id: null, word: 'tariff', seasonId, ours, notOurs: false } as const;
        return setValues(rows, { ...draft, external: ['22'] }, true);
      },
    },
    (_, messageIds) => run(story, 'replay', (context) => replay(context, { messageIds })),
  );
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result.faults));
  return [story.texts.mapped];
}

export async function correctPrice(story: Story): Promise<string[]> {
  await loadPart(story, {
    prices: [
      {
        season: 'S2',
        product: 'CHALK',
        performance: 'CHALK4',
        configuration: 'GARD100',
        category: 'UNIQUE',
        tariff: 'OccCont/FNAC_P',
        amount: '13.00',
        valid_from: story.clock.local(1, '00:00'),
      },
    ],
  });
  return [story.texts.repriced];
}

/** The list is put right; the cancellation comes once more, with an operation of its own. */
export async function correctReseller(story: Story): Promise<string[]> {
  story.switchboard.lieAboutSeat({
    product: CODES.theatre,
    start: startOf(story, 'EXT2'),
    place: place('H', 8),
    says: null,
    idempotencyKey: 'list.corrected',
  });
  const { operations } = story.switchboard.state({ tickets: false });
  story.switchboard.appendRaw({
    fields: {
      type: 'ANNULATION',
      numeroOperation: operationNumber(SEED, operations),
      dateOperation: atSecond(story, 1, '17:50:00', 0),
      numeroBillet: ticketsOf(story, 'EXT1.B.0')[0] ?? '',
      manifestation: CODES.theatre,
      dateSeance: `${startOf(story, 'EXT1')}:00`,
      montantRembourse: '35.00',
      devise: 'EUR',
    },
    idempotencyKey: 'cancellation.corrected',
  });
  await run(story, 'integrate', (context) => integrateSales(context));
  return [story.texts.resellerCorrected];
}

export async function replayAll(story: Story): Promise<string[]> {
  await run(story, 'replay', (context) => replay(context));
  return [story.texts.replayed(await countQuarantine(story))];
}
