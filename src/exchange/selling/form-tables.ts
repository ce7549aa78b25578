/** A sales form as tables of cells, which the Excel file and the PDF both lay out. */
import { fromMinor, minorDigits } from '../../domain/house/values.ts';
import { formatDay, formatInstant, formatMoney, formatStart } from '../../runs/format-params.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import { FORM_TEXTS } from './form-texts.ts';
import type { FormProduct, SalesForm } from './sales-form.ts';

export type FormCell = string | { minor: number };

export interface FormTable {
  title: string | null;
  heading: readonly string[];
  rows: readonly (readonly FormCell[])[];
}

/** The head of the form, then the tables of each product. */
export function formTables(form: SalesForm, language: TextLanguage): FormTable[] {
  const texts = FORM_TEXTS[language];
  const { interface: own, venue } = form;
  const head: FormTable = {
    title: texts.title,
    heading: [],
    rows: [
      [texts.venue, venue],
      [texts.reseller, own.reseller],
      [texts.account, own.account],
    ],
  };
  return [head, ...form.products.flatMap((product) => tablesOf(form, product, language))];
}

function tablesOf(form: SalesForm, product: FormProduct, language: TextLanguage): FormTable[] {
  const texts = FORM_TEXTS[language];
  const { code, dates, name, opensAt, prices, quotas, season, theirs, vat } = product;
  const place = { language, timeZone: form.timeZone };
  const rows: FormCell[][] = [
    [texts.ourCode, code],
    [texts.yourCode, theirs ?? ''],
    [texts.season, season],
    [texts.vat, `${vat} %`],
  ];
  const { validFrom, validUntil } = product;
  if (validFrom !== null || validUntil !== null) {
    const days = [validFrom, validUntil].map((day) => (day === null ? '' : formatDay(day, place)));
    rows.push([texts.validity, days.join(' – ')]);
  }
  if (opensAt !== null) rows.push([texts.opens, formatInstant(opensAt, place)]);
  const tables: FormTable[] = [{ title: name, heading: [], rows }];
  if (dates.length > 0) {
    tables.push({
      title: texts.dates,
      heading: [texts.performance, texts.start, texts.hall],
      rows: dates.map((date) => [date.code, formatStart(date.start, place), date.hall]),
    });
  }
  tables.push({
    title: texts.prices,
    heading: [
      ...[texts.performance, texts.category, texts.tariff],
      ...[texts.withCommission, texts.commission, texts.withoutCommission],
    ],
    rows: prices.map((price) => [
      price.performance ?? texts.everyDate,
      price.category ?? texts.everyCategory,
      price.tariff,
      { minor: price.withMinor },
      { minor: price.commissionMinor },
      { minor: price.withoutMinor },
    ]),
  });
  tables.push({
    title: texts.quotas,
    heading: [texts.performance, texts.contingent, texts.place, texts.category, texts.places],
    rows: quotas.map((quota) => [
      quota.performance ?? texts.everyDate,
      quota.contingent,
      quota.place,
      quota.category,
      String(quota.places),
    ]),
  });
  return tables;
}

export function shownCell(cell: FormCell, currency: string, language: TextLanguage): string {
  return typeof cell === 'string' ? cell : formatMoney(cell.minor, { language, currency });
}

/** Minor units as the number that a spreadsheet holds. */
export function numberOf(minor: number, currency: string): number {
  return Number(fromMinor(minor, minorDigits(currency)));
}
