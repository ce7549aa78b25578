/** Verkaufsbereit, die Schritte dahin, Verkaufsblätter, Export für die Buchhaltung, auf Deutsch. */
import { ready } from '../../../../exchange/selling/texts/de.ts';

export const selling = {
  ...ready,
  'ready.nothing': '{interface}: nichts zu verkaufen steht noch bevor.',
  'ready.count': '{interface} ({reseller}): bereit {ready} von {count}.',
  'selling.none': 'Nichts ist in den Verkauf zu geben.',
  'selling.form_sent': 'Verkaufsblatt gesandt',
  'selling.mappings_received': 'Codes erhalten',
  'selling.seats_sent': 'Plätze gesandt',
  'selling.test_tickets': 'Testkarten integriert und storniert',
  'selling.open': 'offen',
  'selling.marked': '{product} ({interface}): {step}.',
  'selling.cleared': '{product} ({interface}): nicht mehr „{step}“.',
  'selling.unchanged': 'Es war schon so.',
  'selling.tests_living': `Testkarten, die noch nicht storniert sind: {count}. Lassen Sie sie vom
    Wiederverkäufer stornieren, oder sagen Sie --anyway.`,
  'selling.mode_ended': 'Der Testbetrieb von {product} ist beendet.',
  'form.written': 'Geschrieben: {files}',
  'form.marked': 'Als gesandt vermerkt; mitgeteilte Preise: {count}.',
  'form.missing': 'Ohne Preis im Blatt: {what}.',
  'form.answer_none': 'Die Datei bringt keinen neuen Code.',
  'form.answer_would': 'Es wären: {created} neue, {updated} geänderte. Nichts wurde geschrieben.',
  'form.answer_saved': 'Gespeichert: {created} neue, {updated} geänderte.',
  'form.answer_left': 'Noch fehlende Codes: {count}.',
  'form.fault': 'Zeile {row}: {fault}',
  'form.not_a_form': '{file} ist kein Verkaufsblatt von uns: {reason}.',
  'form.other_interface': 'Dieses Blatt ist für {interface}.',
  'form.not_sellable': '{product} kann nicht von Wiederverkäufern verkauft werden.',
  'account.exported': '{file}: {lines} Zeilen. Der Saldo bewegte sich um {amount}.',
} as const;
