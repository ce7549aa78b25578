/** Who reads what a command says: in which language, in which time zone. */
import { formatDay } from '../../runs/format-params.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import { TEXTS, withFrenchSpaces } from '../../runs/remedies.ts';
import type { OrganisationRecord } from '../../store/interface-store.ts';
import { UsageError } from './refusal.ts';
import type { CliTextKey, CliTextParams } from './texts/cli-texts.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { it } from './texts/it.ts';

const CLI_TEXTS: Record<TextLanguage, Readonly<Record<CliTextKey, string>>> = {
  fr,
  en,
  de,
  it,
  es,
};

export interface Reader {
  language: TextLanguage;
  timeZone: string;
}

/** The language of the texts: as asked, else the organisation's. */
export function readerOf(organisation: OrganisationRecord, asked: string | undefined): Reader {
  const { timeZone } = organisation;
  if (asked === undefined) return { language: organisation.language, timeZone };
  if (Object.hasOwn(TEXTS, asked)) return { language: asked as TextLanguage, timeZone };
  throw new UsageError(`There are texts in ${Object.keys(TEXTS).join(', ')}, not in "${asked}".`);
}

/** A sentence of the command line in the reader's language, with its parameters. */
export function say<Key extends CliTextKey>(
  reader: Pick<Reader, 'language'>,
  key: Key,
  ...[params]: [keyof CliTextParams<Key>] extends [never] ? [] : [CliTextParams<Key>]
): string {
  return sayLoosely(reader, key, params ?? {});
}

/** The same where only the code decides which sentence it is; a missing value shows as `?`. */
export function sayLoosely(
  { language }: Pick<Reader, 'language'>,
  key: CliTextKey,
  params: Readonly<Record<string, string | number | null>>,
): string {
  const text = CLI_TEXTS[language][key].replaceAll(/\s*\n\s*/g, ' ');
  const filled = text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(params[name] ?? '?'));
  return language === 'fr' ? withFrenchSpaces(filled) : filled;
}

/** The local day of an instant, as the reader writes it. */
export function dayOf(instant: string, { language, timeZone }: Reader): string {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(instant));
  return formatDay(local, { language });
}
