/** The queue of values seen without a mapping, each with what it may mean. */
import type { Suggestion } from '../domain/mapping/unseen.ts';
import { createUnseenReader } from '../domain/mapping/unseen.ts';
import type { UnseenValue, Usage } from '../store/mapping-store.ts';
import { loadUnseen, loadUsage } from '../store/mapping-store.ts';
import type { MappingTable } from './mapping-table.ts';
import { loadMappingTable } from './mapping-table.ts';
import type { MappingServices } from './save-mappings.ts';

export interface QueueEntry extends UnseenValue {
  suggestions: readonly Suggestion[];
}

/**
 * The most seen first; nothing is written. Values that something covers by now, be it a house file
 * or a new performance, are left out.
 */
export function readMappingQueue(
  services: Pick<MappingServices, 'database'>,
  request: { organisationId: number; interfaceId: number },
): Promise<QueueEntry[]> {
  return services.database.transaction(
    request.organisationId,
    async (tx) => {
      const queue = await loadUnseen(tx, request.interfaceId);
      if (queue.length === 0) return [];
      const table = await loadMappingTable(tx, request.interfaceId);
      const usage = usageByKey(await loadUsage(tx, request.interfaceId), table);
      const reader = createUnseenReader({ ...table, usage });
      return queue
        .filter((unseen) => !reader.covered(unseen))
        .map((unseen) => ({ ...unseen, suggestions: reader.suggest(unseen) }));
    },
    { readOnly: true },
  );
}

function usageByKey(usage: readonly Usage[], table: MappingTable): Map<string, number> {
  const keys = new Map(table.objects.map((one) => [`${one.word} ${one.id}`, one.key]));
  return new Map(
    usage.map(({ word, id, count }) => [`${word} ${keys.get(`${word} ${id}`) ?? ''}`, count]),
  );
}
