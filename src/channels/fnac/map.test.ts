import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { XmlRecord } from '../../transport/xml.ts';
import { readRecords } from '../../transport/xml.ts';
import type { StockCommand } from '../contract/stock.ts';
import {
  OperationMap,
  toAccessEntry,
  toItemAnswer,
  toListedCount,
  toListedSeat,
  toWireCommand,
} from './map.ts';
import { OPERATION_FIELDS } from './wire/names.ts';

const map = new OperationMap({ timeZone: 'Europe/Paris', currency: 'EUR' });

const sale: XmlRecord = {
  sequence: '7',
  type: 'VENTE',
  numeroOperation: '120',
  dateOperation: '2026-12-24T18:30:05',
  pointDeVente: 'FNAC-LYON',
  numeroBillet: '004400000007',
  numeroCommande: 'C9',
  manifestation: 'MOSA02',
  seance: '',
  dateSeance: '2027-03-05T20:00:00',
  salle: 'GAR',
  bloc: '',
  allotement: 'ALL',
  typeTarif: '30',
  categorieClient: '44',
  rang: 'B',
  place: '64',
  prix: '44.00',
  commission: '1.8',
  devise: 'EUR',
  codeBarres: '4401234567890',
  nom: "N'Diaye",
  prenom: 'Zoë',
  test: 'false',
};

function messageOf(line: XmlRecord) {
  const received = map.received(line);
  if (!received.readable) throw new Error(JSON.stringify(received.problems));
  return received.message;
}

function problemsOf(line: XmlRecord) {
  const received = map.received(line);
  return received.readable
    ? []
    : received.problems.map(({ params }) => [params.field, params.value]);
}

describe('operation → message', () => {
  test('a sale, field by field', () => {
    expect(messageOf(sale)).toEqual({
      kind: 'sale',
      operationNumber: 120,
      operationAt: '2026-12-24T17:30:05.000Z',
      operationPrecision: 'second',
      operationAmbiguous: false,
      ticket: '004400000007',
      order: 'C9',
      replaces: null,
      product: 'MOSA02',
      performance: null,
      start: '2027-03-05T20:00',
      hall: 'GAR',
      block: null,
      row: 'B',
      seat: '64',
      allotment: 'ALL',
      category: '30',
      tariff: '44',
      priceMinor: 4400,
      givenBackMinor: null,
      commissionMinor: 180,
      currency: 'EUR',
      barcode: '4401234567890',
      lastName: "N'Diaye",
      firstName: 'Zoë',
      outlet: 'FNAC-LYON',
      releasesPlace: false,
      test: false,
    });
  });

  test('price 0 is a price, and a negative one is readable: somebody must decide', () => {
    expect(messageOf({ ...sale, prix: '0' }).priceMinor).toBe(0);
    expect(messageOf({ ...sale, prix: '-44.00' }).priceMinor).toBe(-4400);
  });

  test('a line without a currency is in the interface’s', () => {
    const { devise: _, ...line } = sale;
    expect(messageOf(line).currency).toBe('EUR');
  });

  test('a dated pass: a day stays a day', () => {
    expect(messageOf({ ...sale, dateSeance: '2027-07-14' }).start).toBe('2027-07-14');
  });

  test('a duplicate under its own number replaces no other ticket', () => {
    const duplicate = { ...sale, type: 'DUPLICATA', billetRemplace: '004400000007' };
    expect(messageOf(duplicate)).toMatchObject({ kind: 'replacement', replaces: null });
    const renumbered = { ...duplicate, billetRemplace: '004400000001' };
    expect(messageOf(renumbered).replaces).toBe('004400000001');
  });

  test('a refund says whether the place comes back', () => {
    const refund = { ...sale, type: 'REMBOURSEMENT', montantRembourse: '10', liberePlace: '1' };
    expect(messageOf(refund)).toMatchObject({ givenBackMinor: 1000, releasesPlace: true });
  });

  test('what cannot be read is told whole, with its place, and without names or codes', () => {
    const received = map.received({ ...sale, type: 'VOL', prix: '44,00', dateOperation: 'hier' });
    expect(received).toMatchObject({ readable: false, position: '7', ticket: '004400000007' });
    expect(problemsOf({ ...sale, type: 'VOL', prix: '44,00', dateOperation: 'hier' })).toEqual([
      ['type', 'VOL'],
      ['dateOperation', 'hier'],
      ['prix', '44,00'],
    ]);
    if (received.readable) throw new Error('readable');
    expect(received.fields.manifestation).toBe('MOSA02');
    expect(Object.keys(received.fields)).not.toContain('nom');
    expect(JSON.stringify(received)).not.toContain(sale.codeBarres);
  });

  test.each([
    ['prix', '4.4E1'],
    ['prix', ''],
    ['commission', 'x'],
    ['numeroOperation', '12a'],
    ['numeroOperation', '99999999999999999'],
    ['numeroBillet', ''],
    ['manifestation', ' '],
    ['dateOperation', '2026-02-30T10:00:00'],
    ['dateSeance', '05/03/2027'],
    ['test', 'oui'],
  ] as const)('%s %j is unreadable', (field, value) => {
    expect(problemsOf({ ...sale, [field]: value })).toEqual([[field, value]]);
  });

  test.each([
    ['REMBOURSEMENT', 'montantRembourse'],
    ['ECHANGE', 'billetRemplace'],
  ] as const)('%s without %s says nothing to book', (type, field) => {
    expect(problemsOf({ ...sale, type })).toEqual([[field, '']]);
  });

  test('the fixture: oddities of the wire, and no contact data', async () => {
    const bytes = readFileSync(new URL('./fixtures/etat-ventes.xml', import.meta.url));
    const lines: XmlRecord[] = [];
    const query = { record: 'operation', fields: new Set<string>(OPERATION_FIELDS) };
    for await (const some of readRecords({ ...query, chunks: [bytes] })) lines.push(...some);
    const received = lines.map((line) => map.received(line));
    expect(received.map(({ readable }) => readable)).toEqual([true, true, true, false]);
    expect(received[0]).toMatchObject({ message: { lastName: 'O’Brien & <Fils>', block: null } });
    expect(received[1]).toMatchObject({ message: { operationAmbiguous: true } });
    expect(received[2]).toMatchObject({ message: { priceMinor: 0, lastName: '李' } });
    expect(JSON.stringify(received)).not.toMatch(/courriel|@|rue Inv|FR76/);
  });
});

describe('stock, both ways', () => {
  const command: StockCommand = {
    reference: 'R1',
    action: 'add',
    performance: { product: 'E', performance: null, start: '2027-03-05T20:00', hall: 'GAR' },
    allotment: 'ALL',
    items: [
      { key: 4, type: 'count', block: 'LIBRE', category: '30', quantity: 12 },
      { key: 5, type: 'seat', block: '', row: 'B', seat: '64', category: '31' },
    ],
  };

  test('a command keeps keys and empty blocks, in the schema’s order', () => {
    const wire = toWireCommand(command);
    expect(wire).toEqual({
      reference: 'R1',
      manifestation: 'E',
      dateSeance: '2027-03-05T20:00:00',
      salle: 'GAR',
      allotement: 'ALL',
      placeNumerotee: [{ cle: 5, bloc: '', rang: 'B', place: '64', typeTarif: '31' }],
      quota: [{ cle: 4, bloc: 'LIBRE', typeTarif: '30', quantite: 12 }],
    });
    expect(Object.keys(wire)).toEqual([
      'reference',
      'manifestation',
      'dateSeance',
      'salle',
      'allotement',
      'placeNumerotee',
      'quota',
    ]);
  });

  test.each([
    ['ACCEPTEE', 'accepted'],
    ['DEJA_PRESENTE', 'already-there'],
    ['RETIREE', 'withdrawn'],
    ['VENDUE', 'sold'],
    ['ABSENTE', 'not-there'],
  ])('%s is %s', (resultat, result) => {
    const answer = toItemAnswer({ cle: '5', resultat, quantite: '1' });
    expect(answer).toEqual({ key: 5, result, quantity: 1, reason: null });
  });

  test('a refusal keeps the reseller’s words; another answer is none', () => {
    const line = { cle: '5', resultat: 'REFUSEE', quantite: '0', motif: 'Place inconnue' };
    expect(toItemAnswer(line)).toMatchObject({ result: 'refused', reason: 'Place inconnue' });
    expect(toItemAnswer({ ...line, resultat: 'PEUT-ETRE' })).toBeNull();
    expect(toItemAnswer({ ...line, quantite: '-1' })).toBeNull();
    expect(toItemAnswer({ ...line, cle: '' })).toBeNull();
  });

  test('lists: places, quotas, codes; what cannot be read is null', () => {
    const place = { bloc: '', rang: 'B', place: '64', etat: 'VENDUE', numeroBillet: 'T' };
    expect(toListedSeat(place)).toMatchObject({ block: '', state: 'sold', ticket: 'T' });
    expect(toListedSeat({ ...place, etat: 'PERDUE' })).toBeNull();
    expect(toListedCount({ bloc: 'L', libres: '3', vendues: '0' })).toMatchObject({ free: 3 });
    expect(toListedCount({ bloc: 'L', libres: '3' })).toBeNull();
    expect(toAccessEntry({ codeBarres: '1', etat: 'ANNULE' })).toMatchObject({
      state: 'cancelled',
      ticket: null,
    });
    expect(toAccessEntry({ codeBarres: '', etat: 'VALIDE' })).toBeNull();
  });
});
