import { readSheet } from 'read-excel-file/node';
import { beforeAll, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { fnac } from '../../../src/channels/fnac/channel.ts';
import { importAnswer } from '../../../src/exchange/selling/answer-sheet.ts';
import { checkReady } from '../../../src/exchange/selling/check-ready.ts';
import { writeFormPdf } from '../../../src/exchange/selling/form-pdf.ts';
import { readProgress } from '../../../src/exchange/selling/sale-steps.ts';
import { readSalesForm } from '../../../src/exchange/selling/sales-form.ts';
import { markFormSent, packForm } from '../../../src/exchange/selling/send-form.ts';
import { createIdSource } from '../../../src/store/database/id-source.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { seedHouse, smallHouse } from '../../support/houses.ts';

const NOW = new Date('2027-01-10T09:00:00.000Z');

/** The reseller's codes for what the form asks. */
const CODES: Readonly<Record<string, string>> = {
  SHOW: 'MSHOW',
  'OccCont/FULL': '0|44',
  'OccCont/REDUCED': '006',
  FULL: 'GRANDE',
  'FULL/CAT1': '10',
  'FULL/PIT': '30',
  'HALL/ORCH/A': 'ORCA',
  'HALL/PIT': 'LIBRE',
  FNAC: 'FNAC',
};

/** What the pages of an uncompressed PDF show, word after word. */
function textsOf(pdf: Buffer): string {
  const lines = [...pdf.toString('latin1').matchAll(/\[((?:<[0-9a-f]*>|[-\d. ])*)\] TJ/g)];
  return lines
    .map(([, inner = '']) =>
      [...inner.matchAll(/<([0-9a-f]*)>/g)]
        .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
        .join(''),
    )
    .join('');
}

describeEachDatabase('sales form', (open) => {
  let test: TestDatabase;
  let houses = 0;
  beforeAll(async () => {
    test = await open();
  });

  async function enter(mapped: boolean) {
    houses += 1;
    const { database } = test;
    const file = smallHouse({ code: `SF${houses}` });
    if (!mapped) file.mappings = [];
    const { organisationId, idOf } = await seedHouse(database, file, { now: NOW });
    const ids = createIdSource(database);
    const services = { database, ids, clock: () => NOW, findChannel: () => fnac };
    const interfaceId = await idOf('interface', 'FNAC');
    const show = await idOf('product', 'SHOW');
    const where = { organisationId, interfaceId };
    const read = async (productIds: readonly number[]) => {
      const answer = await readSalesForm(services, { ...where, productIds });
      if (answer.outcome !== 'form') throw new Error(answer.outcome);
      return answer.form;
    };
    const steps = async () =>
      (await readProgress(services, where)).flatMap(({ product, steps: done }) =>
        done.map(({ step, doneBy }) => `${product} ${step} ${doneBy}`),
      );
    const answer = (bytes: Buffer, apply: boolean) =>
      importAnswer(services, { ...where, file: bytes, apply, author: 'Anne' }, async () => {});
    return { services, where, show, idOf, read, steps, answer };
  }

  /** The answer sheet with the codes filled in, as a spreadsheet saves it. */
  async function fill(workbook: Buffer, codes: Readonly<Record<string, string>>) {
    const rows = await readSheet(workbook, 'Codes');
    const filled = rows.map((row, index) =>
      [0, 1, 2, 3, 4].map((column) => {
        const code = index < 2 || column !== 4 ? undefined : codes[String(row[3] ?? '')];
        const value = code ?? (row[column] === null ? '' : String(row[column] ?? ''));
        return value === '' ? null : { value, type: String };
      }),
    );
    const other = [[{ value: 'x', type: String }]];
    return writeExcelFile([
      { data: other, sheet: 'Sheet' },
      { data: filled, sheet: 'Codes' },
    ]).toBuffer();
  }

  it('tells prices with and without commission, dates, quotas, and asks for codes', async () => {
    const { read, show } = await enter(false);
    const form = await read([show]);
    const [product] = form.products;
    expect(product?.dates.map(({ code, hall, start }) => `${code} ${start} ${hall}`)).toEqual([
      'P1 2027-02-01T20:00 Salle entière',
      'P2 2027-02-02T20:00 Salle entière',
    ]);
    // 1.80 of each ticket is the reseller's; CAT2 is not handed over.
    expect(
      product?.prices.map((one) =>
        [one.category, one.tariff, one.withMinor, one.commissionMinor, one.withoutMinor].join(' '),
      ),
    ).toEqual([
      'Catégorie 1 Plein 4000 180 3820',
      'Debout Plein 2000 180 1820',
      'Catégorie 1 Réduit 3000 180 2820',
      'Debout Réduit 1000 180 820',
    ]);
    // Thirty seats less the four special ones; twenty of the pit.
    expect(product?.quotas.map((one) => `${one.performance} ${one.place} ${one.places}`)).toEqual([
      'P1 ORCH A 26',
      'P2 ORCH A 26',
      'P1 PIT 20',
      'P2 PIT 20',
    ]);
    expect(form.codes.map(({ ours }) => ours).sort()).toEqual(Object.keys(CODES).sort());
    expect(form.codes.every(({ external }) => external === '')).toBe(true);
  });

  it('a price of one date is told for each date', async () => {
    const { read, services, show, where } = await enter(true);
    await services.database.transaction(where.organisationId, (tx) =>
      tx.execute(
        `insert into price (organisation_id, id, product_id, performance_id, seat_category_id,
           tariff_id, amount_minor, currency, valid_from)
         select p.organisation_id, 999998, p.product_id, f.id, p.seat_category_id, p.tariff_id,
           4500, p.currency, p.valid_from
         from price p join performance f on f.product_id = p.product_id and f.code = 'P2'
         join seat_category c on c.id = p.seat_category_id and c.code = 'CAT1'
         join tariff t on t.id = p.tariff_id and t.code = 'FULL'
         join product d on d.id = p.product_id and d.code = 'SHOW'`,
      ),
    );
    const [product] = (await read([show])).products;
    const full = product?.prices.filter(
      ({ category, tariff }) => category === 'Catégorie 1' && tariff === 'Plein',
    );
    expect(full?.map((one) => `${one.performance} ${one.withMinor}`)).toEqual([
      'P1 4000',
      'P2 4500',
    ]);
  });

  it('a pass tells its limit; a season ticket has no form', async () => {
    const { idOf, read, services, where } = await enter(true);
    const [pass] = (await read([await idOf('product', 'OPEN')])).products;
    expect(pass?.quotas.map(({ places }) => places)).toEqual([30]);
    expect(pass?.prices.map((one) => one.withMinor)).toEqual([1200, 200]);
    const productIds = [await idOf('product', 'SUBSCR')];
    const refused = await readSalesForm(services, { ...where, productIds });
    expect(refused).toEqual({ outcome: 'not_sellable', product: 'SUBSCR' });
  });

  it('writes an Excel that reads back, and a letter in the language', async () => {
    const { read, show } = await enter(true);
    const { letter, workbook } = await packForm(await read([show]), 'de');
    const sheet = await readSheet(workbook, 'Verkaufsblatt');
    const cells = sheet.map((row) => row.filter((cell) => cell !== null).join('|'));
    expect(cells).toContain('Haus|Test house');
    expect(cells).toContain('MwSt.|5.5 %');
    expect(cells).toContain('alle|Catégorie 1|Plein|40|1.8|38.2');
    expect(cells).toContain('P1|01.02.27, 20:00|Salle entière');
    const codes = await readSheet(workbook, 'Codes');
    expect(codes[0]?.slice(0, 2)).toEqual(['parterre-sales-form/1', 'FNAC']);
    expect(codes.map((row) => `${row[3]} ${row[4]}`)).toContain('OccCont/FULL 0|44');
    expect(letter.to).toEqual(['camille@example.org']);
    expect(letter.subject).toBe('In den Verkauf: Spectacle');
    expect(letter.text).toContain('Verkaufsblatt von: Spectacle');
  });

  it('writes a PDF that says the same', async () => {
    const { read, show } = await enter(true);
    const form = await read([show]);
    const pdf = await writeFormPdf(form, 'fr', { plain: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const texts = textsOf(pdf);
    for (const text of ['Fiche de mise en vente', 'Spectacle', 'Salle entière', 'MSHOW', '38,20']) {
      expect(texts).toContain(text);
    }
    const small = await writeFormPdf(form, 'fr');
    expect(small.length).toBeLessThan(pdf.length);
    // A letter that the reader's own fonts lack.
    const czech = { ...form, venue: 'Divadlo Dvořák' };
    expect((await writeFormPdf(czech, 'en', { plain: true })).toString('latin1')).toContain(
      'Roboto',
    );
  });

  it('the answer fills the mappings, after a preview', async () => {
    const { answer, read, services, show, steps, where } = await enter(false);
    const form = await read([show]);
    const { workbook } = await packForm(form, 'fr');
    const ready = async () =>
      (await checkReady(services, { ...where, productIds: [show] }))[0]?.places.map(
        (one) => one.ready,
      );
    expect(await ready()).toEqual([false, false]);
    expect(await markFormSent(services, { ...where, productIds: [show], author: 'Anne' })).toEqual({
      prices: 0,
    });
    expect(await steps()).toEqual(['SHOW form_sent Anne']);
    const nothing = await answer(workbook, true);
    expect(nothing).toMatchObject({ outcome: 'nothing', created: 0, left: 9 });
    const filled = await fill(workbook, CODES);
    expect(await answer(filled, false)).toMatchObject({ outcome: 'foretold', created: 9, left: 0 });
    expect(await ready()).toEqual([false, false]);
    expect(await answer(filled, true)).toMatchObject({ outcome: 'saved', created: 9, updated: 0 });
    expect(await ready()).toEqual([true, true]);
    expect(await steps()).toEqual(['SHOW form_sent Anne', 'SHOW mappings_received Anne']);
    // The form of now carries what came, zeros and alternatives as they were typed.
    const codes = new Map((await read([show])).codes.map((one) => [one.ours, one.external]));
    expect(Object.fromEntries(codes)).toEqual(CODES);
    expect(await answer(filled, true)).toMatchObject({ outcome: 'nothing' });
    const changed = await fill(workbook, { ...CODES, 'HALL/PIT': 'FOSSE' });
    expect(await answer(changed, true)).toMatchObject({ outcome: 'saved', created: 0, updated: 1 });
  });

  it('an answer for somebody else, or of two that share a code, writes nothing', async () => {
    const { answer, read, services, show, where } = await enter(false);
    const { workbook } = await packForm(await read([show]), 'fr');
    const twice = await answer(await fill(workbook, { ...CODES, 'FULL/PIT': '10' }), true);
    expect(twice).toMatchObject({ outcome: 'refused' });
    expect(await answer(Buffer.from('x'), true)).toMatchObject({ outcome: 'not_a_form' });
    await services.database.transaction(where.organisationId, (tx) =>
      tx.execute(`update interface set code = 'OTHER'`),
    );
    const other = await answer(await fill(workbook, CODES), true);
    expect(other).toEqual({ outcome: 'other_interface', interface: 'FNAC' });
    const rows = await services.database.transaction(where.organisationId, (tx) =>
      tx.query('select 1 from mapping'),
    );
    expect(rows).toEqual([]);
  });
});
