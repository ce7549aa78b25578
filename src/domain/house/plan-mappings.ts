/** Mappings of interfaces; what may stand in them is the rule of src/domain/mapping. */
import type { MappingFault } from '../mapping/check-mappings.ts';
import { checkMappings } from '../mapping/check-mappings.ts';
import type { MappingRow as CheckedRow, MappingWord } from '../mapping/mapping-row.ts';
import { RULE_EXTERNAL } from '../mapping/mapping-row.ts';
import { parseAlternatives, printAlternatives } from '../mapping/mapping-text.ts';
import type { MappableObject } from '../mapping/objects.ts';
import { mappableObjects } from '../mapping/objects.ts';
import type { PlaceRule } from '../mapping/place-rule.ts';
import { NO_RULE } from '../mapping/place-rule.ts';
import type { PlanContext } from './context.ts';
import { need, removeRow, report } from './context.ts';
import type { Line, RuleLine } from './file.ts';
import { mappableCatalogue } from './mappable-catalogue.ts';
import { seasonOf } from './plan-products.ts';
import type { InterfaceRow, MappingRow } from './rows.ts';

export function interfaceOf(
  context: PlanContext,
  line: Line<'mappings' | 'schedules'>,
): InterfaceRow | null {
  const code = line.value.interface;
  const reference = { key: 'interface', sheet: 'interfaces', code } as const;
  return need(context, line, reference, context.draft.interface.find(code));
}

export function planMappings(context: PlanContext): void {
  const lineOf = new Map<MappingRow, Line<'mappings'>>();
  for (const line of context.house.lines.mappings) {
    const row = planMapping(context, line);
    if (row !== null) lineOf.set(row, line);
  }
  if (lineOf.size === 0) return;
  const objects = mappableObjects(mappableCatalogue(context.draft));
  const byInterface = Map.groupBy(context.draft.mapping.all(), (row) => row.interface_id);
  for (const rows of byInterface.values()) checkInterface(context, rows, lineOf, objects);
}

function planMapping(context: PlanContext, line: Line<'mappings'>): MappingRow | null {
  const { value } = line;
  const owner = interfaceOf(context, line);
  const season = value.season === undefined ? undefined : seasonOf(context, line, value.season);
  if (owner === null || season === null) return null;
  const rule = value.rule ? ruleOf(value.rule) : null;
  const values = {
    interface_id: owner.id,
    word: value.word,
    season_id: season?.id ?? null,
    ours: value.ours ?? null,
    not_ours: value.not_ours ?? false,
    external: rule === null ? parseAlternatives(value.external) : [...RULE_EXTERNAL],
    rule: rule as Record<string, unknown> | null,
  };
  const rivals = storedFor(context, values);
  if (!value.remove) return writeMapping(context, values, rivals);
  removeRow(context, line, 'mapping', rivals[0] ?? null);
  return null;
}

function ruleOf(line: RuleLine): PlaceRule {
  return {
    prefix: line.prefix ?? NO_RULE.prefix,
    digits: line.digits ?? null,
    ourDigits: line.our_digits ?? null,
    letterCase: line.letter_case ?? null,
    ourLetterCase: line.our_letter_case ?? null,
  };
}

type MappingValues = Omit<MappingRow, 'id' | 'changed_at' | 'changed_by'>;

/** The stored rows that a line is about: of one word of ours, or of the values not ours. */
function storedFor(context: PlanContext, values: MappingValues): MappingRow[] {
  const columns = ['interface_id', 'word', 'season_id', 'ours', 'not_ours'] as const;
  return context.draft.mapping
    .all()
    .filter(
      (row) =>
        context.draft.mapping.stored(row) !== null &&
        columns.every((column) => row[column] === values[column]) &&
        (row.rule === null) === (values.rule === null) &&
        (!values.not_ours || printed(row) === printed(values)),
    );
}

function printed(row: Pick<MappingRow, 'external'>): string {
  return printAlternatives(row.external);
}

/** Ours has one row: other values replace the former ones, with the trace of who and when. */
function writeMapping(
  context: PlanContext,
  values: MappingValues,
  rivals: readonly MappingRow[],
): MappingRow {
  const { mapping: table } = context.draft;
  const found = rivals.find((row) => printed(row) === printed(values));
  for (const rival of rivals) if (rival !== found) table.remove(rival);
  if (found !== undefined && sameRule(found.rule, values.rule)) return found;
  const stamp = { changed_at: context.now, changed_by: context.author };
  return table.put({ ...values, ...stamp }, () => {
    return { id: context.draft.newId(), ...values, ...stamp };
  });
}

function sameRule(a: Record<string, unknown> | null, b: Record<string, unknown> | null): boolean {
  const keys = Object.keys(NO_RULE);
  return a === b || (a !== null && b !== null && keys.every((key) => a[key] === b[key]));
}

function checkInterface(
  context: PlanContext,
  rows: readonly MappingRow[],
  lineOf: ReadonlyMap<MappingRow, Line<'mappings'>>,
  objects: readonly MappableObject[],
): void {
  const checked: CheckedRow[] = rows.map((row) => ({
    id: row.id,
    word: row.word as MappingWord,
    seasonId: row.season_id,
    ours: row.ours,
    external: row.external,
    notOurs: row.not_ours,
    rule: row.rule as PlaceRule | null,
  }));
  // What was wrong before and is as it was is not held against this file.
  const isChanged = (row: MappingRow) =>
    lineOf.has(row) && context.draft.mapping.stored(row) !== row;
  const changed = new Set(rows.flatMap((row, index) => (isChanged(row) ? [index] : [])));
  const seasons = context.draft.season.all();
  for (const fault of checkMappings(checked, { objects, seasons, changed })) {
    const row = rows[fault.row];
    const line = row && lineOf.get(row);
    if (line !== undefined) reportFault(context, line, fault, rows);
  }
}

/** The sentences of the faults that src/domain/mapping finds. */
function reportFault(
  context: PlanContext,
  line: Line<'mappings'>,
  fault: MappingFault,
  rows: readonly MappingRow[],
): void {
  // The line that should bring what is missing may be faulty itself: then that is the root.
  if (fault.code === 'mapping.ours_unknown' && isFaulty(context, line.value.ours ?? '')) return;
  const { params } = fault;
  const other = typeof params.other_row === 'number' ? rows[params.other_row] : undefined;
  const otherName = other?.ours ?? 'a value that is not ours';
  const ours = line.value.ours ?? '';
  const [message, cure] = wordsOf(fault, ours, otherName);
  report(context, line, fault.field, {
    code: fault.code === 'mapping.product_kind' ? 'product.not_sellable' : fault.code,
    message,
    cure,
  });
}

function wordsOf(fault: MappingFault, ours: string, other: string): [string, string] {
  const { params, suggestions } = fault;
  const meant = suggestions.length > 0 ? ` Meant perhaps: ${suggestions.join(', ')}.` : '';
  switch (fault.code) {
    case 'mapping.product_kind':
      return [
        `${ours} is a ${params.kind}: resellers cannot sell it.`,
        'Resellers sell events, competitions, individual visit passes and undated passes only.',
      ];
    case 'mapping.tariff_kind':
      return [
        `${ours} is for ${params.kind}: it may not go to resellers.`,
        'Only tariffs for occasional contacts or communities may go to resellers.',
      ];
    case 'mapping.ours_unknown':
      return [`There is no ${ours}.`, `Correct the key (Parent/Code or Code).${meant}`];
    case 'mapping.ours_other_season':
      return [`${ours} belongs to ${params.seasons}.`, 'Correct the season or the key.'];
    case 'mapping.value_claimed':
      return [
        `${params.value} is claimed by ${params.other} and by ${params.ours}.`,
        'Within a word, a parent and a season a value means one thing: correct one of the two.',
      ];
    case 'mapping.value_also_not_ours':
      return [`${params.value} is also marked as not ours.`, 'Correct one of the two lines.'];
    case 'mapping.ours_twice':
      return [`${ours} is mapped twice, beside ${other}.`, 'Join the values: 0|44.'];
    case 'mapping.ours_empty':
      return ['Ours is missing.', 'Fill in "ours", or set "not_ours": true.'];
    case 'mapping.not_ours_with_ours':
      return ['A value that is not ours has no code of ours.', 'Leave "ours" away.'];
    default:
      return formWordsOf(fault);
  }
}

/** What is wrong with how a line is written. */
function formWordsOf({ code, params }: MappingFault): [string, string] {
  switch (code) {
    case 'mapping.value_twice':
      return [`${params.value} is listed twice.`, 'Keep it once.'];
    case 'mapping.value_empty':
      return ['A value of the reseller is empty.', 'Fill it in, or take its bar away.'];
    case 'mapping.value_spaces':
      return [`"${params.value}" begins or ends with a space.`, 'Take the space away.'];
    case 'mapping.rule_invalid':
      return [`The rule is not valid (${params.what}).`, 'Correct it.'];
    default:
      return ['This mapping cannot be read.', 'Correct its word or its season.'];
  }
}

function isFaulty(context: PlanContext, ours: string): boolean {
  const last = ours.split('/').at(-1);
  return Object.values(context.house.unread).some((lines) =>
    lines.some((line) => (line as { code?: unknown } | null)?.code === last),
  );
}
