/** The sales form as a PDF, for people who read on paper. */
import { createRequire } from 'node:module';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { TextLanguage } from '../../runs/remedies.ts';
import { WORDS } from '../mapping-file/headings.ts';
import type { FormTable } from './form-tables.ts';
import { formTables, shownCell } from './form-tables.ts';
import { FORM_TEXTS } from './form-texts.ts';
import type { SalesForm } from './sales-form.ts';

const roboto = (style: string): string =>
  createRequire(import.meta.url).resolve(`pdfmake/fonts/Roboto/Roboto-${style}.ttf`);

const FONTS = {
  Helvetica: { normal: 'Helvetica', bold: 'Helvetica-Bold' },
  Roboto: { normal: roboto('Regular'), bold: roboto('Medium') },
};

let opened: Promise<typeof import('pdfmake')> | null = null;

/** The reader's own Helvetica weighs nothing; Roboto comes along for letters that it lacks. */
async function openPdfMake(): Promise<typeof import('pdfmake')> {
  const { default: pdfMake } = await import('pdfmake');
  pdfMake.addFonts(FONTS);
  const known = new Set(Object.values(FONTS).flatMap(({ bold, normal }) => [normal, bold]));
  // Nothing that a form says makes this process read a file or an address.
  pdfMake.setLocalAccessPolicy((path) => known.has(path));
  pdfMake.setUrlAccessPolicy(() => false);
  return pdfMake;
}

/** @param plain leaves the pages uncompressed, so that a text search finds what they say. */
export async function writeFormPdf(
  form: SalesForm,
  language: TextLanguage,
  { plain = false } = {},
): Promise<Buffer> {
  opened ??= openPdfMake();
  const pdfMake = await opened;
  const { currency } = form.interface;
  const shown = (table: FormTable): string[][] =>
    table.rows.map((row) => row.map((cell) => printable(shownCell(cell, currency, language))));
  const tables = formTables(form, language);
  const texts = FORM_TEXTS[language];
  const codes = form.codes.map(({ external, name, ours, word }) =>
    [WORDS[word][language], name, ours, external].map(printable),
  );
  const content: Content[] = tables.map((table, index) => ({
    stack: [
      { text: printable(table.title ?? ''), bold: true, fontSize: index === 0 ? 16 : 11 },
      tableOf(table.heading, shown(table)),
    ],
    margin: [0, 0, 0, 10],
  }));
  content.push({ text: texts.codes, bold: true, fontSize: 11 }, tableOf([], codes));
  const everything = JSON.stringify([tables, codes]);
  const definition: TDocumentDefinitions = {
    content,
    compress: !plain,
    pageSize: 'A4',
    defaultStyle: { font: IN_HELVETICA.test(everything) ? 'Helvetica' : 'Roboto', fontSize: 9 },
    info: { title: `${texts.title} – ${form.venue}`, creator: 'Parterre' },
    footer: (page, count) => ({ text: `${page} / ${count}`, alignment: 'center', fontSize: 8 }),
  };
  return Buffer.from(await pdfMake.createPdf(definition).getBuffer());
}

/** Letters of the PDF reader's own fonts. */
const IN_HELVETICA = /^[\u0000-\u00ff\u202f€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/;

/** The narrow space of French amounts is in no standard font. */
function printable(text: string): string {
  return text.replaceAll('\u202f', '\u00a0');
}

function tableOf(heading: readonly string[], rows: readonly (readonly string[])[]): Content {
  if (rows.length === 0) return { text: '–' };
  const head = heading.length === 0 ? [] : [heading.map((text) => ({ text, bold: true }))];
  const body = [...head, ...rows.map((row) => row.map((text) => ({ text })))];
  return { table: { headerRows: head.length, body }, layout: 'lightHorizontalLines' };
}
