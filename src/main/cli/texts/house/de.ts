/** Tests, door lists and refused places, in German. */
export const house = {
  'tests.none': 'Bei keinem Händler ist ein Test übrig.',
  'tests.left': 'Noch nicht stornierte Tests; jeder hält seinen Platz: {count}.',
  'tests.mode': 'Testmodus ({interface}): {what}, seit {since}, {until}.',
  'tests.until_open': 'bis zum Verkaufsstart',
  'tests.ended': 'beendet am {at}',
  'tests.on': 'Der Testmodus ist an: {what}. Er endet mit dem Verkaufsstart.',
  'tests.off': 'Der Testmodus ist aus: {what}.',
  'tests.unchanged': 'Es war schon so.',
  'tests.on_sale': `{what} ist seit {opens} im Verkauf: was kommt, ist kein Test. Markieren Sie
    Tickets nach ihrer Nummer: parterre tests mark.`,
  'tests.too_wide': '„{what}“ würde einen ganzen Lauf erfassen. Schreiben Sie mehr von der Nummer.',
  'tests.marked': 'Als Tests markiert: {count}. Konto: {amount}.',
  'tests.lifted': 'Keine Tests mehr: {count}. Konto: {amount}.',
  'tests.same': 'Es war schon so: {tickets}.',
  'tests.unknown': '{reseller} hat hier kein solches Ticket: {tickets}.',
  'door_list.written': 'Codes in {file}: {count}.',
  'door_list.unwritable': `Nicht in der Liste, weil ihr Format sie nicht fassen kann: {codes}.
    Wer sie hat, muss zur Kasse.`,
  'door_list.our_code': `Unser Code „{value}“ kann in diesem Format nicht stehen. Ändern Sie ihn
    im Haus.`,
  'door_list.not_a_pass':
    '{product} hat Vorstellungen: nennen Sie sie mit --performance PRODUKT/CODE.',
  'access.why.cancellation': 'Stornierung',
  'access.why.exchange': 'Umtausch',
  'access.why.replacement': 'durch ein anderes Ticket ersetzt',
  'access.why.overbooked': 'überbucht',
  'access.why.performance.cancelled': 'Vorstellung abgesagt',
  'access.why.blocked.stolen': 'gesperrt: gestohlen',
  'access.why.blocked.technical': 'gesperrt: technischer Grund',
  'block.blocked': '{code} öffnet keine Tür mehr.',
  'block.unblocked': '{code} ist nicht mehr gesperrt. Die Antwort ist jetzt: {answer}.',
  'block.unchanged': '{code} war schon so.',
  'block.unknown': 'Niemand hat diesem Haus den Code {code} genannt.',
  'refused.none': 'Kein Platz ist abgelehnt.',
  'refused.place': '{performance} {contingent} {place} ({quantity}): {reason}, {at}',
  'refused.no_reason': 'ohne Grund',
  'refused.how': `Damit der nächste Export sie wieder sendet: parterre refused send
    --performance PRODUKT/CODE.`,
  'refused.cleared': 'Plätze, die mit dem nächsten Export gehen: {count}.',
} as const;
