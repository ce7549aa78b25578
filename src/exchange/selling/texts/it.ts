/** What *ready to sell?* found, in Italian: what is wrong, and after the colon what to do. */
export const ready = {
  'ready.interface.hidden': 'L’interfaccia non è visibile ({state}): rendetela visibile.',
  'ready.interface.contact': 'Il suo contatto manca o non può pagare sul conto: autorizzatelo.',
  'ready.interface.point_of_sale':
    'Il suo punto vendita manca o non accetta il conto d’attesa: permettetelo.',
  'ready.account.missing': 'Non ha un conto d’attesa: assegnatene uno.',
  'ready.account.closed': 'Il suo conto d’attesa è chiuso: apritelo.',
  'ready.account.ceiling_full': `{balanceMinor} sono dovuti, il massimale è {ceilingMinor} e le
    vendite si fermano: registrate il pagamento.`,
  'ready.account.ceiling_passed':
    '{balanceMinor} sono dovuti, il massimale è {ceilingMinor}; le vendite continuano.',
  'ready.channel.no_contingent':
    'Nessun contingente serve il suo canale di vendita: assegnatene uno.',
  'ready.product.not_sellable':
    'I rivenditori non possono vendere questo genere di prodotto ({kind}).',
  'ready.product.not_taken': 'Questo rivenditore non prende questo genere di prodotto ({kind}).',
  'ready.product.filtered_out':
    'L’interfaccia non prende questo prodotto: aggiungetelo alla sua lista.',
  'ready.product.over': 'La sua validità è finita il {until}.',
  'ready.performance.none': 'Non ha rappresentazioni future.',
  'ready.performance.preparing': 'In preparazione: nulla parte prima che sia in corso.',
  'ready.performance.suspended': 'Sospesa: riprendetela.',
  'ready.performance.cancelled': 'Annullata.',
  'ready.performance.closed': 'Chiusa.',
  'ready.performance.past': 'È cominciata o è passata.',
  'ready.window.none': 'Non in vendita sul canale: date un periodo di vendita.',
  'ready.window.closed': 'La vendita sul canale è finita {closedAt}: prolungatela.',
  'ready.window.not_yet': 'La vendita sul canale apre {opensAt}.',
  'ready.mapping.product': 'Il prodotto {ours} non ha codice presso il rivenditore.',
  'ready.mapping.configuration':
    'Due rappresentazioni cominciano insieme e la sala {ours} non ha codice presso il rivenditore.',
  'ready.mapping.category': 'La categoria {ours} non ha codice presso il rivenditore.',
  'ready.mapping.block': 'Il blocco o la zona {ours} non ha codice presso il rivenditore.',
  'ready.mapping.contingent': 'Il contingente {ours} non ha codice presso il rivenditore.',
  'ready.mapping.tariffs': 'Nessuna tariffa della stagione ha codice presso il rivenditore.',
  'ready.mapping.tariff':
    'La tariffa {ours} ha un prezzo e nessun codice: il rivenditore non può venderla.',
  'ready.mapping.unseen': 'Il rivenditore ha usato «{value}» ({word}), a cui nulla corrisponde.',
  'ready.tariff.wrong_kind': `La tariffa {ours} («{value}») non è per acquirenti occasionali:
    togliete la sua corrispondenza.`,
  'ready.price.none': 'Nessuna tariffa del rivenditore ha qui un prezzo: inserite i prezzi.',
  'ready.price.missing': 'Nessun prezzo per {category} in {tariff}: inseritelo.',
  'ready.price.currency': 'Il prezzo per {category} in {tariff} è in {currency}.',
  'ready.price.to_announce': 'Prezzi non annunciati al rivenditore: {count}.',
  'ready.vat.missing': 'L’aliquota IVA non è nota: conta come 0.',
  'ready.contingent.empty': 'I contingenti del canale non ne hanno alcun posto.',
  'ready.counter.missing': 'Il pass non ha contatore: inserite i suoi posti.',
  'ready.seats.no_contingent':
    'Posti liberi in nessun contingente, che non vanno a nessun rivenditore: {count}.',
  'ready.seats.kept_home': 'Posti speciali che il contingente non manda: {count}.',
  'ready.seats.refused': 'Posti rifiutati dal rivenditore: {count}.',
  'ready.name.not_carried':
    'Posti in {name} che il rivenditore non potrebbe distinguere dal nome: {places}.',
  'ready.tests.living': 'Biglietti di prova non ancora annullati: {count}.',
  'ready.cases.open': 'Casi aperti: {count}.',
} as const;
