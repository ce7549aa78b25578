/** What the demo says around the story. */
import type { Counts } from '../../store/run-store.ts';
import type { Figures } from './figures.ts';
import { en } from './texts/en.ts';
import type { StoryTexts } from './texts/fr.ts';
import { fr } from './texts/fr.ts';

export const STORY_TEXTS: Readonly<Record<string, StoryTexts>> = { fr, en };

/** What an integration did, in a sentence. */
export function toldIntegration(texts: StoryTexts, counts: Counts): string {
  const told = texts.integratedCounts.flatMap(([key, one, many]) => {
    const count = counts[key] ?? 0;
    return count === 0 ? [] : [`${count} ${count > 1 ? many : one}`];
  });
  return told.length === 0 ? texts.nothingNew : `${told.join(', ')}.`;
}

/** The object as a table. */
export function printFigures(figures: Figures, texts: StoryTexts): string[] {
  const rows = rowsOf(figures, texts);
  const named = rows.map(([key, value]) => [texts.figures[key], value] as const);
  const width = Math.max(...named.map(([name]) => name.length));
  const lines = named.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return ['', texts.figuresTitle, ...lines, ''];
}

type Row = readonly [keyof StoryTexts['figures'], string | number];

function rowsOf(figures: Figures, texts: StoryTexts): Row[] {
  const { before, after, replaced, exchanged, renamed } = figures;
  const rows = (...keys: (keyof Figures & Row[0])[]): Row[] =>
    keys.map((key) => [key, figures[key] as number]);
  return [
    ...rows('contingented', 'exported', 'takenBack', 'messages', 'integrated', 'cancelled'),
    ...rows('refunded'),
    ['others', replaced + exchanged + renamed],
    ...rows('alreadyKnown', 'orders', 'tickets', 'codes'),
    ['before', texts.waiting(before.quarantine)],
    ['after', texts.waiting(after.quarantine)],
    ...laterRows(figures, texts),
    ['missingHere', figures.reconciliation.missingHere],
    ['missingThere', figures.reconciliation.missingThere],
    ['different', figures.reconciliation.different],
    ...rows('doubleSold', 'lost', 'seconds'),
  ];
}

function laterRows(figures: Figures, texts: StoryTexts): Row[] {
  const { waysOut, adopted, account, formerPrice, counter, cancelledShow, imported } = figures;
  const settled = Object.values(waysOut).reduce((total, count) => total + count, 0);
  const sums = (key: 'balance' | 'refundedMinor', amounts: Record<string, number>): Row[] =>
    Object.entries(amounts).map(([currency, minor]) => [key, money(texts, minor, currency)]);
  return [
    ['settled', settled],
    ['corrected', waysOut.replayed ?? 0],
    ['setAside', figures.setAside],
    ...sums('balance', figures.pendingAccountMinor),
    ['received', money(texts, account.receivedMinor, 'EUR')],
    ['closedPeriods', account.closedPeriods],
    ['lateOperations', account.lateOperations],
    ...sums('refundedMinor', figures.refundedMinor),
    ['withinGrace', formerPrice.withinGrace],
    ['accepted', formerPrice.accepted],
    ['replacedCodes', figures.replacedCodes],
    ['overbooked', figures.overbooked],
    ['reseated', figures.reseated],
    ['counterSold', counter.sold],
    ['counterRefused', counter.refused],
    ['showRefunded', cancelledShow.refunded],
    ['showToBeRefunded', cancelledShow.toBeRefunded],
    ['adoptedSeats', adopted.seats],
    ['adoptedTickets', adopted.tickets],
    ['beforeOpening', adopted.beforeOpening],
    ['adoptedDifference', money(texts, adopted.differenceMinor, 'EUR')],
    ['importedLines', imported.lines],
    ['importedMessages', imported.messages],
  ];
}

/** An amount of minor units, as the reader writes it. */
export function money({ locale }: StoryTexts, minor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(minor / 10 ** digits);
}
