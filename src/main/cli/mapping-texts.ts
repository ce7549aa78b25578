/** What the command line says about mappings: one sentence for each fault, with its cure. */
import type { MappingFaultCode } from '../../domain/mapping/check-mappings.ts';
import type { Suggestion } from '../../domain/mapping/unseen.ts';
import type { SheetFaultCode } from '../../exchange/mapping-file/read-sheet.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { Reader } from './reader.ts';
import { say, sayLoosely } from './reader.ts';

type Params = Readonly<Record<string, string | number | null>>;

export interface ToldFault {
  code: MappingFaultCode | SheetFaultCode;
  params: Params;
  suggestions: readonly string[];
}

/** How a rule is written, shown to whoever wrote one that cannot be read. */
const RULE_EXAMPLE = '{"prefix":"R","digits":3}';

export function faultSentence(fault: ToldFault, reader: Reader): string {
  const kinds: Readonly<Record<string, string>> = TEXTS[reader.language].terms.product_kind;
  const kind = kinds[String(fault.params.kind)] ?? fault.params.kind ?? null;
  const params = { ...fault.params, kind, example: RULE_EXAMPLE };
  const sentence = sayLoosely(reader, fault.code, params);
  if (fault.suggestions.length === 0) return sentence;
  return `${sentence} ${say(reader, 'did_you_mean', { keys: fault.suggestions.join(', ') })}`;
}

export function suggestionSentence(suggestion: Suggestion, reader: Reader): string {
  const { key, name, reason, detail } = suggestion;
  return `${key} (${name}; ${sayLoosely(reader, `suggestion.${reason}`, { detail })})`;
}
