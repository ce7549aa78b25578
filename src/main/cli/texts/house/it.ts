/** Tests, door lists and refused places, in Italian. */
export const house = {
  'tests.none': 'Nessun test resta presso un rivenditore.',
  'tests.left': 'Test non ancora annullati; ognuno tiene il suo posto: {count}.',
  'tests.mode': 'Modo test ({interface}): {what}, dal {since}, {until}.',
  'tests.until_open': "fino all'apertura delle vendite",
  'tests.ended': 'finito il {at}',
  'tests.on': "Il modo test è attivo: {what}. Finisce all'apertura delle vendite.",
  'tests.off': 'Il modo test è spento: {what}.',
  'tests.unchanged': 'Era già così.',
  'tests.on_sale': `{what} è in vendita dal {opens}: ciò che arriva non è un test. Segnate i
    biglietti per numero: parterre tests mark.`,
  'tests.too_wide': '"{what}" coprirebbe tutta una esecuzione. Scrivete di più del numero.',
  'tests.marked': 'Segnati come test: {count}. Conto: {amount}.',
  'tests.lifted': 'Non più test: {count}. Conto: {amount}.',
  'tests.same': 'Era già così: {tickets}.',
  'tests.unknown': '{reseller} non ha qui questi biglietti: {tickets}.',
  'door_list.written': 'Codici in {file}: {count}.',
  'door_list.unwritable': `Non nella lista, perché il suo formato non può contenerli: {codes}.
    Chi li porta deve passare in biglietteria.`,
  'door_list.our_code': `Il nostro codice "{value}" non può stare in questo formato. Cambiatelo
    nella casa.`,
  'door_list.not_a_pass': '{product} ha spettacoli: indicateli con --performance PRODOTTO/CODICE.',
  'block.blocked': '{code} non apre più nessuna porta.',
  'block.unblocked': '{code} non è più bloccato. Ora risponde: {answer}.',
  'block.unchanged': '{code} era già così.',
  'block.unknown': 'Nessuno ha comunicato a questa casa il codice {code}.',
  'refused.none': 'Nessun posto è rifiutato.',
  'refused.place': '{performance} {contingent} {place} ({quantity}): {reason}, {at}',
  'refused.no_reason': 'senza motivo',
  'refused.how': `Perché il prossimo export li rimandi: parterre refused send --performance
    PRODOTTO/CODICE.`,
  'refused.cleared': 'Posti che partono con il prossimo export: {count}.',
} as const;
