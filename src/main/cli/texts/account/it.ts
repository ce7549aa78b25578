/** What `parterre account` and `parterre prices` say in Italian. */
export const account = {
  'account.none': "Nessun conto d'attesa. Un file della casa li porta (pending_accounts).",
  'account.which': "Indicate il conto d'attesa: --account CODE, uno di {codes}.",
  'account.unknown': "Non c'è un conto d'attesa {code}, solo {codes}.",
  'account.balance': '{account} ({contact}): {balance} dovuti, senza massimale.',
  'account.balance_of_ceiling':
    '{account} ({contact}): {balance} dovuti, {percent} % del massimale di {ceiling}.',
  'account.checked': 'Il libro dà {ledger}, come il saldo.',
  'account.check_failed':
    "Il libro dà {ledger}, ma il saldo dice {balance}. Chiamate l'assistenza.",
  'account.interface': '{interface} ({reseller}): ultima integrazione riuscita {last}.',
  'account.interface_never': '{interface} ({reseller}): nessuna integrazione riuscita.',
  'account.opened_at': 'Le vendite prima di {at} non sono registrate.',
  'account.closed_through': 'Chiuso fino a {period} compreso ({by}, {day}).',
  'account.all_open': 'Nessun mese è chiuso.',
  'account.columns': 'mese|lordo|commissione|netto|fatturato|pagato|rettificato|dovuto',
  'account.waiting': 'In attesa nei casi aperti: {cases} messaggi, {amount}.',
  'account.sold': '{period}: venduto {sales}, restituito {refunds}, lordo {gross}.',
  'account.vat': 'IVA {rate} %: {vat} in {gross}.',
  'account.net': 'Commissione {commission} (IVA compresa {vat}), netto {net}.',
  'account.late': 'Registrazioni tardive, da mesi chiusi: {entries}, {amount}.',
  'account.kind_sale': 'vendita',
  'account.kind_refund': 'rimborso',
  'account.kind_commission': 'commissione',
  'account.kind_payment': 'pagamento',
  'account.kind_commission_invoice': 'fattura di commissione',
  'account.kind_adjustment': 'rettifica',
  'account.amount_unreadable': '«{amount}» non è un importo. Scrivetelo come {example}.',
  'account.entered': '{kind} {document}, {amount}: {account} ora deve {balance}.',
  'account.entered_late': 'Il suo mese è chiuso: conta in {period}, come registrazione tardiva.',
  'account.invoice_booked': '{booked} erano già registrati con le vendite e non contano due volte.',
  'account.known': '{document} è già registrato. Non è stato scritto nulla.',
  'account.ceiling_waits':
    '{cases} messaggi attendevano spazio sotto il massimale. Riprendeteli: parterre replay.',
  'account.amount_zero': "Una registrazione di 0 non dice nulla. Date l'importo.",
  'account.document_missing': 'Manca il numero del documento: --document NUMERO.',
  'account.reason_missing': 'Nulla altro spiega una rettifica. Dite perché: --reason TESTO.',
  'account.day_future': '{day} deve ancora venire. Registratelo allora, o correggete la data.',
  'account.document_differs': `{document} è già registrato, da {author} il {entered}, con {amount}
    o un altro giorno. Correggete il vostro, o registrate la differenza come rettifica.`,
  'account.period_closed': `{period} è chiuso (tutto fino a {through}). Registratelo tardi, con la
    sua data: --late lo porta in {open}.`,
  'account.period_order': 'I mesi si chiudono in ordine: chiudete {next} prima di {period}.',
  'account.period_running': `{period} è ancora in corso: altre vendite verranno. Aspettatene la
    fine, o dite --even-running.`,
  'account.period_future': '{period} non è cominciato. Un mese futuro non si chiude.',
  'account.period_unreadable': '«{period}» non è un mese. Scrivetelo come 2026-11.',
  'account.day_unreadable': '«{day}» non è un giorno. Scrivetelo come 2026-11-24.',
  'account.period_is_closed':
    '{period} di {account} è chiuso. Le sue operazioni successive saranno registrate tardi.',
  'account.period_known': '{period} era già chiuso.',
  'account.open_cases':
    '{interface}: {cases} casi aperti di questo periodo sarebbero registrati tardi.',
  'account.integration_old':
    "{interface}: l'ultima integrazione riuscita, {last}, è cominciata prima della fine del mese.",
  'account.integration_none': '{interface}: nessuna integrazione riuscita.',
  'account.close_anyway':
    'Nulla è stato chiuso. Occupatevene prima, o chiudete con --despite-warnings.',
  'account.ceiling_set':
    'Il massimale di {account} è ora {ceiling}, era {before}; {balance} dovuti.',
  'account.no_ceiling': 'nessuno',
  'account.ceiling_negative': 'Un massimale non è sotto 0. Per nessuno, dite none.',
  'account.statement_kept': `L'estratto {document} di {period} è conservato: {lines} righe, lordo
    {gross}, commissione {commission}. Confrontatelo: parterre account statement compare.`,
  'account.statement_differs': `L'estratto {document} di {period} è già conservato con altri
    importi, da {author} il {entered}. Una correzione ha un numero proprio, e può sostituirlo:
    --replaces {document}.`,
  'account.statement_unknown': `Non c'è un estratto {document} di {period} da sostituire. Vedi
    parterre account statement list.`,
  'account.statement_currency':
    "Il conto è in {account}, l'interfaccia in {interface}: gli importi non si confrontano.",
  'account.statement_sums':
    'Le righe danno {lines}, non {typed}. Controllate il file, o omettete il totale digitato.',
  'account.statement_none_ever':
    'Nessun estratto. Portatene uno: parterre account statement import FILE.',
  'account.statement_none':
    'Nessun estratto di {period}. Portatene uno: parterre account statement import FILE.',
  'account.statement_line': `{period} {document}: lordo {gross}, commissione {commission},
    {cleared} righe spuntate su {lines} ({author}, {day})`,
  'account.side_ours':
    'da noi: lordo {gross}, commissione {commission}, netto {net}, biglietti {tickets}',
  'account.side_theirs':
    'dal rivenditore: lordo {gross}, commissione {commission}, netto {net}, biglietti {tickets}',
  'account.agrees': '{period} concorda al centesimo.',
  'account.differences': 'Differenze: {count}',
  'account.cleared': '{cleared} righe spuntate ora, {open} senza accordo.',
  'account.difference': '{what}: da noi {ours}, dal rivenditore {theirs}: {cause}',
  'account.ticket': 'biglietto {ticket}',
  'account.passes': 'biglietti senza rappresentazione',
  'account.whole': 'in tutto',
  'account.cause_open_case': 'un caso aperto',
  'account.cause_test': 'qui un biglietto di prova',
  'account.cause_other_period': 'le sue operazioni da noi sono di un altro mese',
  'account.cause_before_opening': "venduto prima dell'apertura del conto",
  'account.cause_late_entry': 'arrivato dopo la chiusura, registrato in {period}',
  'account.cause_missing_here': 'manca da noi',
  'account.cause_missing_there': 'manca dal rivenditore',
  'account.cause_amount': 'gli importi differiscono',
  'account.cause_commission': 'le commissioni differiscono',
  'account.file_line': 'riga {line}: {fault}',
  'account.nothing_kept': 'Nulla del file è stato conservato.',
  'statement.table': '{message} {cure}',
  'statement.empty': "Sotto i titoli non c'è alcuna riga.",
  'statement.amount': '«{value}» non è un importo leggibile in un solo modo.',
  'statement.neither': 'La riga non nomina né un biglietto né una rappresentazione.',
  'statement.performance':
    "Non c'è una rappresentazione «{value}». Scrivete PRODOTTO/CODICE, o prodotto e inizio.",
  'prices.none': '{reseller} conosce tutti i prezzi.',
  'prices.line': '{what}: {before} → {amount} dal {from}',
  'prices.to_announce': `Da annunciare a {reseller}: {count}. L'e-mail: parterre prices mail; una
    volta inviata: parterre prices announce.`,
  'prices.announced': 'Segnati come annunciati a {reseller}: {count}.',
  'prices.every_performance': 'ogni rappresentazione',
  'prices.every_category': 'ogni categoria',
  'prices.first': 'nessuno',
} as const;
