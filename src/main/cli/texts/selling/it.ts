/** Pronto alla vendita, le tappe, le schede di vendita, l'esportazione contabile, in italiano. */
import { ready } from '../../../../exchange/selling/texts/it.ts';

export const selling = {
  ...ready,
  'ready.nothing': '{interface}: nulla da vendere è in arrivo.',
  'ready.count': '{interface} ({reseller}): pronti {ready} su {count}.',
  'selling.none': 'Nulla è da mettere in vendita.',
  'selling.form_sent': 'scheda di vendita inviata',
  'selling.mappings_received': 'codici ricevuti',
  'selling.seats_sent': 'posti inviati',
  'selling.test_tickets': 'biglietti di prova integrati e annullati',
  'selling.open': 'aperto',
  'selling.marked': '{product} ({interface}): {step}.',
  'selling.cleared': '{product} ({interface}): non più «{step}».',
  'selling.unchanged': 'Era già così.',
  'selling.tests_living': `Biglietti di prova non ancora annullati: {count}. Fateli annullare dal
    rivenditore, o dite --anyway.`,
  'selling.mode_ended': 'La modalità di prova di {product} è finita.',
  'form.written': 'Scritti: {files}',
  'form.marked': 'Segnata come inviata; prezzi annunciati: {count}.',
  'form.missing': 'Senza prezzo nella scheda: {what}.',
  'form.answer_none': 'Il file non porta nessun codice nuovo.',
  'form.answer_would': 'Sarebbero: {created} nuovi, {updated} modificati. Nulla è stato scritto.',
  'form.answer_saved': 'Salvati: {created} nuovi, {updated} modificati.',
  'form.answer_left': 'Codici ancora mancanti: {count}.',
  'form.fault': 'Riga {row}: {fault}',
  'form.not_a_form': '{file} non è una nostra scheda di vendita: {reason}.',
  'form.other_interface': 'Questa scheda è per {interface}.',
  'form.not_sellable': '{product} non può essere venduto da rivenditori.',
  'account.exported': '{file}: {lines} righe. Il saldo è variato di {amount}.',
} as const;
