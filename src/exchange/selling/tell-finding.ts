/** A finding of *ready to sell?* as a person reads it, and who has to act on it. */
import type { ProblemClass } from '../../domain/order/problem.ts';
import type { Finding, ReadyCode } from '../../domain/selling/finding.ts';
import { formatDay, formatInstant, formatMoney } from '../../runs/format-params.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import { withFrenchSpaces } from '../../runs/remedies.ts';
import { ready as de } from './texts/de.ts';
import { ready as en } from './texts/en.ts';
import { ready as es } from './texts/es.ts';
import { ready as fr } from './texts/fr.ts';
import { ready as it } from './texts/it.ts';

type ReadyTexts = Readonly<Record<`ready.${ReadyCode}`, string>>;

const READY_TEXTS: Readonly<Record<TextLanguage, ReadyTexts>> = { de, en, es, fr, it };

/** Money, instants and days in the reader's way; what is wrong, then what to do. */
export function tellFinding(
  { code, params }: Pick<Finding, 'code' | 'params'>,
  place: { language: TextLanguage; timeZone: string; currency: string },
): string {
  const text = READY_TEXTS[place.language][`ready.${code}`];
  const told = text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = params[name] ?? '-';
    if (name.endsWith('Minor')) return formatMoney(Number(value), place);
    if (name.endsWith('At')) return formatInstant(String(value), place);
    if (name === 'until') return formatDay(String(value), place);
    return String(value);
  });
  return place.language === 'fr' ? withFrenchSpaces(told) : told;
}

/** Who acts: whoever keeps the mappings, the reseller, or whoever decides about the sale. */
export function classOfFinding(code: ReadyCode): ProblemClass {
  if (code.startsWith('mapping.') || code === 'tariff.wrong_kind' || code === 'name.not_carried') {
    return 'mapping';
  }
  return code === 'seats.refused' ? 'external' : 'business';
}
