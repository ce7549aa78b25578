/** The letter that tells a reseller which prices change: in its words, with ours beside them. */
import { formatInstant, formatMoney, formatStart } from '../../runs/format-params.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import { withFrenchSpaces } from '../../runs/remedies.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import type { PriceToAnnounce } from './prices-to-announce.ts';

interface PriceLetterTexts {
  subject: string;
  greeting: string;
  changes: string;
  line: string;
  /** A price that there was not before. */
  first: string;
  everyPerformance: string;
  everyCategory: string;
  grace: string;
  please: string;
}

export const PRICE_LETTER_TEXTS: Readonly<Record<TextLanguage, PriceLetterTexts>> = {
  fr: {
    subject: 'Changement de tarifs : {products}',
    greeting: 'Bonjour,',
    changes: 'Les tarifs suivants changent :',
    line: '{category}, {tariff} : {before} → {amount}, dès le {from}',
    first: '(nouveau)',
    everyPerformance: 'toutes les séances',
    everyCategory: 'toutes catégories',
    grace: `Autour de chaque changement, nous acceptons l'ancien prix et le nouveau pendant {hours}
      heures.`,
    please: 'Merci de mettre à jour votre système et de nous le confirmer.',
  },
  en: {
    subject: 'Change of prices: {products}',
    greeting: 'Good morning,',
    changes: 'The following prices change:',
    line: '{category}, {tariff}: {before} → {amount}, from {from}',
    first: '(new)',
    everyPerformance: 'every performance',
    everyCategory: 'every category',
    grace: 'Around each change we accept the former price and the new one for {hours} hours.',
    please: 'Please update your system and confirm it to us.',
  },
  de: {
    subject: 'Preisänderung: {products}',
    greeting: 'Guten Tag,',
    changes: 'Die folgenden Preise ändern sich:',
    line: '{category}, {tariff}: {before} → {amount}, ab {from}',
    first: '(neu)',
    everyPerformance: 'jede Vorstellung',
    everyCategory: 'jede Kategorie',
    grace: `Rund um jede Änderung nehmen wir während {hours} Stunden den alten und den neuen Preis
      an.`,
    please: 'Bitte passen Sie Ihr System an und bestätigen Sie es uns.',
  },
  it: {
    subject: 'Cambiamento di prezzi: {products}',
    greeting: 'Buongiorno,',
    changes: 'I prezzi seguenti cambiano:',
    line: '{category}, {tariff}: {before} → {amount}, dal {from}',
    first: '(nuovo)',
    everyPerformance: 'ogni rappresentazione',
    everyCategory: 'ogni categoria',
    grace: `Intorno a ogni cambiamento accettiamo il prezzo vecchio e quello nuovo per {hours}
      ore.`,
    please: 'Vi preghiamo di aggiornare il vostro sistema e di confermarcelo.',
  },
  es: {
    subject: 'Cambio de precios: {products}',
    greeting: 'Buenos días:',
    changes: 'Los precios siguientes cambian:',
    line: '{category}, {tariff}: {before} → {amount}, desde {from}',
    first: '(nuevo)',
    everyPerformance: 'toda función',
    everyCategory: 'toda categoría',
    grace: `En torno a cada cambio aceptamos el precio anterior y el nuevo durante {hours} horas.`,
    please: 'Les rogamos actualizar su sistema y confirmárnoslo.',
  },
};

export interface PriceLetter {
  /** Mail addresses of the people at the reseller. */
  to: readonly string[];
  subject: string;
  text: string;
}

/** A letter about these prices, as they came from `readPricesToAnnounce`: not empty. */
export function writePriceLetter(
  prices: readonly PriceToAnnounce[],
  record: Pick<InterfaceRecord, 'people' | 'priceGraceHours'>,
  place: { language: TextLanguage; timeZone: string },
): PriceLetter {
  const texts = PRICE_LETTER_TEXTS[place.language];
  const names = [...new Set(prices.map(({ productName }) => productName))];
  const lines: string[] = [texts.greeting, '', texts.changes];
  let heading = '';
  for (const price of prices) {
    const named = headingOf(price, texts, place);
    if (named !== heading) lines.push('', named);
    heading = named;
    lines.push(`- ${lineOf(price, texts, place)}`);
  }
  const hours = record.priceGraceHours;
  if (hours > 0) lines.push('', fill(texts.grace, { hours: String(hours) }));
  lines.push('', texts.please);
  const spaced = place.language === 'fr' ? withFrenchSpaces : (text: string) => text;
  return {
    to: record.people.flatMap(({ mail }) => mail ?? []),
    subject: spaced(fill(texts.subject, { products: names.join(', ') })),
    text: lines.map(spaced).join('\n'),
  };
}

function headingOf(
  { productName, theirs, localStart }: PriceToAnnounce,
  texts: PriceLetterTexts,
  place: { language: TextLanguage },
): string {
  const when = localStart === null ? texts.everyPerformance : formatStart(localStart, place);
  return `${productName} (${theirs.product}), ${when}`;
}

function lineOf(
  price: PriceToAnnounce,
  texts: PriceLetterTexts,
  place: { language: TextLanguage; timeZone: string },
): string {
  const { currency, beforeMinor, toldMinor, amountMinor, theirs } = price;
  const shown = (minor: number) => formatMoney(minor, { ...place, currency });
  const before = toldMinor ?? beforeMinor;
  const withWord = (name: string, word: string | null) => (word ? `${name} (${word})` : name);
  return fill(texts.line, {
    category:
      price.categoryName === null
        ? texts.everyCategory
        : withWord(price.categoryName, theirs.category),
    tariff: withWord(price.tariffName, theirs.tariff),
    before: before === null ? texts.first : shown(before),
    amount: shown(amountMinor),
    from: formatInstant(price.validFrom, place),
  });
}

function fill(text: string, params: Readonly<Record<string, string>>): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return line.replaceAll(/\{(\w+)\}/g, (_all, name: string) => params[name] ?? '?');
}
