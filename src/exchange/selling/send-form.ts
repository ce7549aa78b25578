/** A sales form ready to be sent: two files, a letter, and the trace that it went out. */
import type { TextLanguage } from '../../runs/remedies.ts';
import { withFrenchSpaces } from '../../runs/remedies.ts';
import { writeFormSent } from '../../store/price-store.ts';
import type { ExchangeServices } from '../context.ts';
import { announcePrices } from '../prices/prices-to-announce.ts';
import { writeFormPdf } from './form-pdf.ts';
import { FORM_TEXTS } from './form-texts.ts';
import { writeFormWorkbook } from './form-workbook.ts';
import type { SalesForm } from './sales-form.ts';

export interface FormPackage {
  workbook: Buffer;
  pdf: Buffer;
  letter: { to: readonly string[]; subject: string; text: string };
}

export async function packForm(form: SalesForm, language: TextLanguage): Promise<FormPackage> {
  return {
    workbook: await writeFormWorkbook(form, language),
    pdf: await writeFormPdf(form, language),
    letter: letterOf(form, language),
  };
}

/** The letter that goes with the two files. */
export function letterOf(form: SalesForm, language: TextLanguage): FormPackage['letter'] {
  const texts = FORM_TEXTS[language];
  const products = form.products.map(({ name }) => name).join(', ');
  const spaced = language === 'fr' ? withFrenchSpaces : (text: string) => text;
  const fill = (text: string) => spaced(text.replaceAll('{products}', () => products));
  return {
    to: form.interface.people.flatMap(({ mail }) => mail ?? []),
    subject: fill(texts.subject),
    text: fill(texts.letter),
  };
}

/**
 * The form went out: its prices count as told, its products are a step further. A product that has
 * no code yet has no price that the reseller could be told, and is marked all the same.
 */
export async function markFormSent(
  services: Pick<ExchangeServices, 'database' | 'ids' | 'clock'>,
  request: {
    organisationId: number;
    interfaceId: number;
    productIds: readonly number[];
    author: string;
  },
): Promise<{ prices: number }> {
  const { author, interfaceId, organisationId, productIds } = request;
  const told = await announcePrices(services, { ...request, form: true });
  const known = new Set(told.map(({ productId }) => productId));
  const others = productIds.filter((id) => !known.has(id));
  if (others.length > 0) {
    const at = services.clock().toISOString();
    await services.database.transaction(organisationId, (tx) =>
      writeFormSent(tx, { interfaceId, at, author }, others),
    );
  }
  return { prices: told.length };
}
