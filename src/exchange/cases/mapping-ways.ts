/** Ways out of a mapping: corrected, or the value is not ours. */
import { markNotOurs, setValues } from '../../domain/mapping/edit-table.ts';
import type { MappingWord } from '../../domain/mapping/mapping-row.ts';
import { isMappingWord } from '../../domain/mapping/mapping-row.ts';
import type { MappingChanges } from '../../domain/mapping/plan-changes.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import type { MappingTable } from '../mapping-table.ts';
import { changeMappings } from '../save-mappings.ts';
import { WayRefused } from './case-request.ts';
import type { FittingCase, WayWork } from './way-context.ts';

interface Value {
  word: MappingWord;
  value: string;
}

/** The word of the reseller's that the case waits for: the only one, or the one that is named. */
function missingValue(row: CaseDetail, named: MappingWord | undefined): Value {
  const values = row.problems.flatMap(({ code, params }): Value[] => {
    const word = String(params.word);
    if (!code.startsWith('mapping.') || !isMappingWord(word)) return [];
    return [{ word, value: String(params.value) }];
  });
  const found = named === undefined ? values : values.filter(({ word }) => word === named);
  const [value, ...others] = found;
  if (value === undefined || others.length > 0 || value.value === '') {
    const words = [...new Set(values.map(({ word }) => word))].join(', ');
    throw new WayRefused('cases.refused.mapping_word', { words });
  }
  return value;
}

export async function correctMapping(work: WayWork, { row }: FittingCase): Promise<void> {
  const { word, value } = missingValue(row, work.said.word);
  const ours = work.said.ours ?? '';
  await saveMapping(work, { word, value, ours }, (table) => {
    const seasonId = seasonFor(table, word, ours, row);
    const draft = { id: null, word, seasonId, ours, external: [value], notOurs: false };
    return setValues(table.rows, draft, true);
  });
}

export async function markAsNotOurs(work: WayWork, { row }: FittingCase): Promise<void> {
  const { word, value } = missingValue(row, work.said.word);
  await saveMapping(work, { word, value, ours: null }, ({ rows }) =>
    markNotOurs(rows, word, null, [value]),
  );
}

/** A line that ours has already takes the value; else it is of the season that ours belongs to. */
function seasonFor(
  table: MappingTable,
  word: MappingWord,
  ours: string,
  { productId }: CaseDetail,
): number | null {
  const product = table.catalogue.productById.get(productId ?? 0);
  const lines = table.rows.filter((row) => row.word === word && row.ours === ours);
  const own = lines.find((row) => row.seasonId === (product?.seasonId ?? null));
  const line = own ?? lines.find((row) => row.seasonId === null);
  if (line !== undefined) return line.seasonId;
  const objects = table.objects.filter(
    (one) => one.word === word && one.path.at(-1) === ours.split('/').at(-1),
  );
  const seasons = new Set(objects.map(({ seasonId }) => seasonId));
  if (product !== undefined && seasons.has(product.seasonId)) return product.seasonId;
  const [only, ...others] = seasons;
  return only !== undefined && others.length === 0 ? only : null;
}

/** Saves lines; what they free is read again, what is not ours is settled with them. */
export async function saveMapping(
  work: WayWork,
  what: { word: MappingWord; value: string; ours: string | null },
  changes: (table: MappingTable) => MappingChanges,
): Promise<void> {
  const { tx, services, request, record, applied } = work;
  const { organisationId, author, reason } = request;
  const asked = { organisationId, interfaceId: record.id, changes, author, reason };
  // Its journal, and the catalogue's version with it.
  const saved = await changeMappings(tx, services, asked);
  if (saved.outcome === 'refused') {
    const refused = new WayRefused('cases.refused.mapping', { ours: what.ours });
    refused.refusal.faults = saved.faults;
    throw refused;
  }
  applied.house.push({ kind: 'mapping', ...what });
  for (const id of saved.freed) applied.replay.push({ interfaceId: record.id, id });
}
