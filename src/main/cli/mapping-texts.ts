/** What the command line says about mappings: one sentence for each fault, with its cure. */
import type { MappingFaultCode } from '../../domain/mapping/check-mappings.ts';
import type { Suggestion } from '../../domain/mapping/unseen.ts';
import type { SheetFaultCode } from '../../exchange/mapping-file/read-sheet.ts';

type Params = Readonly<Record<string, string | number | null>>;
type Sentence = (params: Params) => string;

const MAPPING_SENTENCES: Readonly<Record<MappingFaultCode, Sentence>> = {
  'mapping.word_unknown': ({ word }) => `"${word}" is no kind of data.`,
  'mapping.season_unknown': ({ season }) => `There is no season ${season}.`,
  'mapping.ours_empty': () => 'Our code is missing. Give it, or mark the value as not ours.',
  'mapping.ours_unknown': ({ ours }) => `The house has no "${ours}".`,
  'mapping.ours_other_season': ({ ours, seasons }) =>
    `"${ours}" belongs to another season (${seasons}).`,
  'mapping.ours_twice': ({ ours }) =>
    `"${ours}" has a mapping of this season already. Change that one.`,
  'mapping.not_ours_with_ours': ({ ours }) =>
    `A value that is not ours has no code of ours. Leave "${ours}" away, or take the mark off.`,
  'mapping.value_empty': () => 'A value of the reseller is empty.',
  'mapping.value_spaces': ({ value }) => `"${value}" begins or ends with a space.`,
  'mapping.value_twice': ({ value }) => `"${value}" is listed twice.`,
  'mapping.value_claimed': ({ value, ours, other }) =>
    `"${value}" would mean both "${ours}" and "${other}". Give it to one of them.`,
  'mapping.value_also_not_ours': ({ value, other }) =>
    `"${value}" is mapped to "${other}" and marked as not ours. Keep one of the two.`,
  'mapping.product_kind': ({ ours, kind }) =>
    `Resellers may not sell "${ours}": it is a ${String(kind).replaceAll('_', ' ')}.`,
  'mapping.tariff_kind': ({ ours, kind }) =>
    `"${ours}" may not go to resellers: its audience is ${String(kind).replaceAll('_', ' ')}.`,
  'mapping.rule_invalid': ({ what }) => `The rule is not valid (${what}).`,
};

const SHEET_SENTENCES: Readonly<Record<SheetFaultCode, Sentence>> = {
  'sheet.unreadable': ({ reason }) => `The file is no readable Excel file (.xlsx): ${reason}`,
  'sheet.too_large': ({ bytes, most }) => `The file has ${bytes} bytes, at most ${most} are read.`,
  'sheet.no_heading': ({ rows }) =>
    `The headings (data, our code, external id) are not in the first ${rows} rows. ` +
    'Start from an exported file.',
  'sheet.heading_twice': ({ heading }) => `The heading "${heading}" stands twice.`,
  'sheet.not_text': ({ value }) =>
    `The cell holds ${value}, which is not what was typed any more. Format it as text and type ` +
    'it again.',
  'sheet.word_unknown': ({ value }) => `"${value}" is no kind of data.`,
  'sheet.season_unknown': ({ value }) =>
    `There is no season "${value}". Leave it empty for every season.`,
  'sheet.yes_or_no': ({ value }) => `"${value}" is neither yes nor no.`,
  'sheet.rule_unreadable': ({ value }) =>
    `"${value}" is no rule. Write it as in {"prefix":"R","digits":3}.`,
  'sheet.id_unreadable': ({ value }) => `"${value}" is no number of a mapping.`,
  'sheet.id_twice': ({ row }) =>
    `Row ${row} has the same number. Leave it empty for a new mapping.`,
};

const SENTENCES: Readonly<Record<string, Sentence>> = { ...MAPPING_SENTENCES, ...SHEET_SENTENCES };

export interface ToldFault {
  code: MappingFaultCode | SheetFaultCode;
  params: Params;
  suggestions: readonly string[];
}

export function faultSentence(fault: ToldFault): string {
  const sentence = SENTENCES[fault.code]?.(fault.params) ?? fault.code;
  if (fault.suggestions.length === 0) return sentence;
  return `${sentence} Did you mean ${fault.suggestions.join(', ')}?`;
}

export function suggestionSentence(suggestion: Suggestion): string {
  const why = {
    same_code: 'same code',
    numeric_neighbour: `next to ${suggestion.detail}`,
    similar_name: 'similar name',
    most_used: `sold ${suggestion.detail} times lately`,
  }[suggestion.reason];
  return `${suggestion.key} (${suggestion.name}; ${why})`;
}
