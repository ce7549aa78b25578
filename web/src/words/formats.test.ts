import { describe, expect, it } from 'vitest';
import { createFormats } from './formats.ts';

/** Spaces that do not break, as plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formats', () => {
  const french = createFormats('fr-FR');
  const german = createFormats('de-DE');

  it('write minor units in the form of the currency', () => {
    expect(plain(french.money(415_005, 'EUR'))).toBe('4 150,05 €');
    expect(plain(german.money(-180, 'EUR'))).toBe('-1,80 €');
    // The yen has no minor unit.
    expect(plain(french.money(1200, 'JPY'))).toContain('1 200');
  });

  it('show an instant in the zone of the venue, and a local start as it is', () => {
    expect(plain(french.instant('2027-02-01T19:00:00Z', 'Europe/Paris'))).toContain('20:00');
    expect(plain(french.localStart('2027-02-01T20:00'))).toContain('01/02/2027 20:00');
    expect(french.month('2027-02')).toBe('février 2027');
  });

  it('say how long ago in the largest whole step', () => {
    const now = new Date('2027-02-01T12:00:00Z');
    expect(french.since('2027-02-01T09:00:00Z', now)).toBe('il y a 3 heures');
    expect(german.since('2027-01-30T11:00:00Z', now)).toBe('vorgestern');
    expect(french.since('2027-02-01T11:59:30Z', now)).toBe('il y a 30 secondes');
  });
});
