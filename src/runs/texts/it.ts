import type { LanguageTexts } from '../text-types.ts';
import { eventTexts, otherTexts } from '../text-types.ts';
import { business } from './it-business.ts';

const other = otherTexts({
  'mapping.missing': `Corrispondenza mancante: {word} «{value}»
    | Il rivenditore usa «{value}», e nessuno dei vostri dati ({word}) vi corrisponde.
    | Aggiungete la riga in Corrispondenze, o segnate il valore «non nostro»; i messaggi in attesa
      vengono ripresi subito.`,
  'mapping.ambiguous': `Corrispondenza ambigua: {word} «{value}»
    | Possono essere intesi più dati vostri: {candidates}.
    | Precisate la riga in Corrispondenze (per esempio Parent/Code), per uno solo di essi.`,
  'mapping.ours_missing': `{ours} non ha un nome dal rivenditore
    | Per inviare posti serve la sua parola per {word} {ours}.
    | Aggiungete la riga {ours} in Corrispondenze; la prossima esportazione la prende.`,
  'external.unreachable': `{reseller} non è raggiungibile
    | Il servizio {service} non risponde al suo indirizzo: {detail}.
    | Riprovate più tardi; se si ripete, verificate l'indirizzo nella scheda Generale, poi chiamate
      {person}.`,
  'external.timeout': `{reseller} non ha risposto in tempo
    | Il servizio {service} ha impiegato troppo: {detail}.
    | Riprovate; se si ripete, chiamate {person} (la chiamata è allegata all'esecuzione).`,
  'external.reset': `Il collegamento con {reseller} è stato interrotto
    | Il servizio {service} ha chiuso la connessione a metà: {detail}.
    | Riprovate; se si ripete, chiamate {person} (la chiamata è allegata all'esecuzione).`,
  'external.tls': `Il collegamento con {reseller} non è sicuro
    | Il certificato del servizio {service} è stato rifiutato: {detail}.
    | Non aggirate il problema: chiedete a {person} quando il certificato sarà corretto.`,
  'external.status': `{reseller} ha rifiutato la chiamata (stato {status})
    | Il servizio {service} ha risposto con un errore: {detail}.
    | Riprovate; se si ripete, chiamate {person} (la chiamata è allegata all'esecuzione).`,
  'external.redirect': `{reseller} rimanda a un altro server
    | Il servizio {service} reindirizza la chiamata, e non viene seguito: {detail}.
    | Chiedete a {person} l'indirizzo giusto, e correggetelo nella scheda Generale.`,
  'external.address_refused': `Questo indirizzo non si può chiamare
    | L'indirizzo del servizio {service} porta a una rete privata o è scritto male: {detail}.
    | Correggete l'indirizzo nella scheda Generale, o fate autorizzare l'host dall'assistenza
      (PARTERRE_ALLOW_HOSTS).`,
  'external.too_large': `La risposta di {reseller} è troppo grande
    | Il servizio {service} ha superato la dimensione ammessa: {detail}.
    | Riprovate; se si ripete, chiedete a {person} che cosa viene inviato.`,
  'external.truncated': `La risposta di {reseller} è incompleta
    | Il servizio {service} si è fermato prima della fine. Ciò che era intero è conservato.
    | Riprovate: la lettura riprende da lì. Se si ripete, chiamate {person}.`,
  'external.not_well_formed': `La risposta di {reseller} è illeggibile
    | Il servizio {service} ha inviato un documento malformato (riga {line}, colonna {column}).
    | Riprovate; se si ripete, inviate la chiamata allegata a {person}.`,
  'external.html': `{reseller} ha risposto con una pagina web
    | Invece del documento, il servizio {service} ha inviato una pagina (spesso: manutenzione).
    | Riprovate più tardi; se si ripete, chiamate {person}.`,
  'external.charset': `La risposta di {reseller} ha caratteri sbagliati
    | Il servizio {service} annuncia una codifica e ne usa un'altra.
    | Inviate la chiamata allegata a {person}: nulla è stato indovinato.`,
  'external.dtd': `La risposta di {reseller} è rifiutata
    | Il servizio {service} ha inviato una definizione di documento (DTD), che rifiutiamo sempre.
    | Avvisate {person}: non è una risposta normale.`,
  'external.entity': `La risposta di {reseller} è rifiutata
    | Il servizio {service} ha inviato entità XML, che rifiutiamo sempre.
    | Avvisate {person}: non è una risposta normale.`,
  'external.empty': `{reseller} ha risposto con niente
    | Il servizio {service} non ha inviato nulla.
    | Riprovate; se si ripete, chiamate {person}.`,
  'external.unexpected_answer': `{reseller} ha risposto altro
    | La risposta del servizio {service} non è quella della domanda: {detail}.
    | Riprovate; se si ripete, inviate la chiamata allegata a {person}.`,
  'external.fault_authentication': `{reseller} rifiuta l'utente o la password
    | Il servizio {service} non accetta l'accesso impostato.
    | Riscrivete utente e password nella scheda Generale, poi provate il collegamento; se sono
      giusti, chiamate {person}.`,
  'external.fault_unknown_manager': `{reseller} non conosce questo codice gestore
    | Il servizio {service} risponde, ma non per questo codice.
    | Verificate il codice gestore nella scheda Generale, o chiedetelo a {person}.`,
  'external.fault_unknown_product': `{reseller} non conosce un prodotto
    | Il servizio {service} non trova questa manifestazione: {detail}.
    | Verificate la corrispondenza del prodotto; se è giusta, chiedete a {person} se la scheda di
      vendita è stata inserita.`,
  'external.fault_busy': `{reseller} è occupato
    | Il servizio {service} chiede di tornare più tardi: {detail}.
    | Riprovate tra qualche minuto.`,
  'external.fault_internal': `Guasto presso {reseller}
    | Il servizio {service} segnala un errore interno: {detail}.
    | Riprovate; se si ripete, chiamate {person} (la chiamata è allegata all'esecuzione).`,
  'external.fault_other': `{reseller} ha risposto con un errore
    | Il servizio {service} dice: {detail}.
    | Riprovate; se si ripete, chiamate {person} (la chiamata è allegata all'esecuzione).`,
  'external.unknown_outcome': `Non si sa se {reseller} ha eseguito il comando {reference}
    | Il comando è partito e la risposta si è persa: {detail}.
    | Non rifate nulla a mano: la prossima esecuzione chiederà prima che cosa ne è stato.`,
  'external.never_arrived': `Il comando {reference} non è mai arrivato
    | Interrogato, {reseller} non lo conosce: non è stato fatto nulla.
    | Rilanciate l'esportazione: ripartirà con un nuovo riferimento.`,
  'external.unreadable_message': `Una riga del rivenditore è illeggibile
    | Il campo {field} contiene «{value}», che non ha senso. La riga è conservata.
    | Inviatela a {person}; le altre righe sono integrate.`,
  'external.seat_refused': `{reseller} rifiuta il posto {seat}
    | Per {performance}, motivo del rivenditore: {reason}. Non viene rinviato ogni notte.
    | Correggete la causa e rilanciate a mano, oppure chiamate {person}.`,
  'external.seat_unknown_there': `{reseller} non conosce il posto {seat}
    | Dovrebbe essere nel suo allotment per {performance}, e non c'è.
    | Avviate un confronto della recita per vedere tutte le differenze.`,
  'external.list_failed': `{reseller} non ha potuto preparare la lista dei codici
    | Per {performance}, motivo del rivenditore: {reason}.
    | Richiedete la lista; se si ripete, chiamate {person} prima dell'apertura delle porte.`,
  'external.file_empty': `Il file {file} è vuoto
    | Non contiene nulla, o solo righe vuote.
    | Richiedetelo a {person}; se è stato tagliato per strada, prendetelo di nuovo.`,
  'external.file_format': `{file} non è un file di vendite di {reseller}
    | Comincia in altro modo: {detail}. Nulla è stato letto.
    | Scegliete il file come {reseller} l'ha inviato, non quello salvato da un foglio di calcolo.`,
  'external.file_changed': `{file} è cambiato durante la lettura
    | Qualcuno lo stava ancora scrivendo. Ciò che è stato letto è integrato.
    | Importatelo di nuovo quando è completo: ciò che è noto non cambia nulla.`,
  'external.file_charset': `Il file contiene UTF-8 al posto di Windows-1252
    | La riga {line} è la prima. Queste righe sono state lette in UTF-8.
    | Guardate un nome con accenti; se è sbagliato, chiedete a {person} il set di caratteri.`,
  'external.file_dictionary': `Al file manca il dizionario “{dictionary}”
    | I suoi codici sono stati presi come sono, senza controllo.
    | Se manca una corrispondenza, chiedete a {person} il file completo.`,
  'external.file_letters': `Operazioni diverse da V e A: {letters}
    | La riga {line} è la prima. Tutto tranne V è letto come annullamento.
    | Chiedete a {person} che cosa significano prima del prossimo file, e verificate questi
      biglietti.`,
  'external.line_columns': `Una riga ha {found} colonne invece di {expected}
    | Manca una colonna, o un valore contiene un separatore. Nulla vi è sicuro.
    | Inviate il file a {person}; le altre righe sono integrate.`,
  'external.line_quote': `Una riga contiene una virgoletta isolata
    | Non si sa dove finisce il valore. Ogni riga è letta per sé.
    | Inviate il file a {person}; le altre righe sono integrate.`,
  'external.line_bytes': `Una riga contiene byte che non sono testo
    | Un NUL o un altro carattere di controllo: il file si è rovinato per strada.
    | Prendete di nuovo il file, o inviatelo a {person}; le altre righe sono integrate.`,
  'external.line_long': `Una riga è troppo lunga
    | Ha {size} byte, ne sono ammessi {limit}: mancano dei fine riga.
    | Inviate il file a {person}; le altre righe sono integrate.`,
  'external.code_not_listed': `“{value}” non è nel dizionario “{dictionary}”
    | Il file non spiega questo codice all'inizio: è incompleto, o una colonna è spostata.
    | Inviate il file a {person}; le altre righe sono integrate.`,
  'external.excel_number': `Un foglio di calcolo ha rovinato un numero
    | Il campo {field} contiene “{value}”: delle cifre sono perse.
    | Importate il file come {reseller} l'ha inviato; le altre righe sono integrate.`,
  'technical.unexpected': `Errore inatteso
    | Il programma si è fermato dove non doveva: {detail}. Nulla è scritto a metà.
    | Chiamate l'assistenza con il numero dell'esecuzione: {number}.`,
  'technical.database': `La banca dati non ha risposto come previsto
    | {detail}
    | Riprovate; se si ripete, chiamate l'assistenza con il numero dell'esecuzione: {number}.`,
  'technical.configuration': `Un'impostazione manca o è sbagliata
    | Da verificare: {fields}.
    | Correggetela nella scheda Generale; altrimenti chiamate l'assistenza con il numero
      dell'esecuzione: {number}.`,
  'technical.worker_died': `L'esecuzione {run} è stata interrotta
    | Il programma che la conduceva è terminato; ciò che era scritto resta, il resto viene ripreso.
    | Niente da fare se la prossima va bene; altrimenti chiamate l'assistenza con il numero
      {number}.`,
});

const events = eventTexts({
  'run.waited': `Ha atteso la fine dell'esecuzione {run} ({function}, avviata da {startedBy}).`,
  'run.took_over': `Ha ripreso il conto dell'esecuzione {run} ({function}), interrotta.`,
  'run.simulation': `Simulazione: si scrive solo questo registro.`,
  'run.cancelled': `Fermata su richiesta; ciò che era scritto resta.`,
  'schedule.fails': `La programmazione «{schedule}» è fallita {failures} volte di seguito; a
    {pauseAfter} va in pausa.`,
  'schedule.paused': `La programmazione «{schedule}» è in pausa: è fallita {failures} volte di
    seguito. Correggete la causa, poi riprendetela.`,
  'integrate.done': `{integrated} messaggi integrati, {quarantined} in quarantena, {repeated} già
    noti.`,
  'integrate.nothing': `Niente di nuovo presso {reseller}.`,
  'integrate.not_ours': `{messages} messaggi non sono nostri: contati, non conservati.`,
  'import.done': `{file}: {lines} righe lette.`,
  'import.no_codes': `{tickets} biglietti sono arrivati senza codice: nessuno apre la porta
    finché il rivenditore non lo dà (preparare, poi ritirare gli accessi).`,
  'import.again': `{file} è già stato importato il {at}: ciò che è noto non cambia nulla.`,
  'export.sent': `{performance}, {contingent}: {accepted} posti accettati, {refused} rifiutati.`,
  'export.nothing': `Niente da esportare o da riprendere.`,
  'export.not_yet': `{performance} è ancora in preparazione: non parte ancora nulla.`,
  'export.suspended': `{performance} è sospesa: non parte nulla; l'invenduto si può riprendere.`,
  'export.over': `{performance} è passata, chiusa o annullata: non parte più nulla.`,
  'take_back.done': `{performance}, {contingent}: {withdrawn} posti ripresi, {sold} già venduti.`,
  'take_back.nothing': `Niente da riprendere.`,
  'command.found_out': `Il comando {reference}, rimasto senza risposta, è chiarito: {result}.`,
  'replay.done': `{settled} messaggi ripresi, {remaining} attendono ancora.`,
  'account.ceiling_reached': `Il conto d'attesa {account} ha superato il {percent} % del suo
    massimale: {balance} su {ceiling}.`,
  'reconcile.done': `{compared} posti e biglietti confrontati, {differences} differenze.`,
  'reconcile.adopted': '{places} posti che il rivenditore ha già sono stati adottati.',
  'access.prepared': `{performance}: lista dei codici richiesta (n. {request}).`,
  'access.not_ready': `{performance}: la lista n. {request} non è ancora pronta.`,
  'access.fetched': `{performance}: {codes} codici ricevuti, {added} aggiunti, {refused}
    rifiutati.`,
  'access.differs': `{performance}: {codes} codici annullati dal rivenditore aprono ancora qui;
    integrate le vendite prima dell'apertura delle porte.`,
  'access.nothing': `Nessuna lista di codici da richiedere o ritirare.`,
  'connection.ok': `{service}: il collegamento funziona.`,
});

export const it: LanguageTexts = {
  problems: { ...other, ...business },
  events,
  terms: {
    word: {
      product: 'prodotto',
      performance: 'recita',
      tariff: 'tariffa',
      seat_category: 'categoria di posto',
      block: 'blocco',
      logical_configuration: 'configurazione logica',
      contingent: 'contingente',
      row: 'fila',
      seat: 'posto',
    },
    function: {
      export: 'esportazione dei contingenti',
      take_back: 'ripresa',
      integrate: 'integrazione delle vendite',
      prepare_access: 'preparazione degli accessi',
      fetch_access: 'ritiro degli accessi',
      reconcile: 'confronto',
      replay: 'ripresa dei casi',
      test_connection: 'prova di collegamento',
    },
    state: {
      running: 'in corso',
      ok: 'riuscita',
      warning: 'con note',
      error: 'in errore',
      cancelled: 'fermata',
    },
    class: {
      mapping: 'corrispondenza',
      external: 'esterna',
      technical: 'tecnica',
      business: 'gestionale',
    },
    product_kind: {
      event: 'evento',
      competition: 'competizione',
      visit_pass: 'biglietto di visita',
      open_pass: 'biglietto aperto',
      season_ticket: 'abbonamento',
      package: 'pacchetto',
      group_visit_pass: 'visita di gruppo',
    },
    message_kind: {
      sale: 'vendita',
      cancellation: 'annullamento',
      refund: 'rimborso',
      replacement: 'duplicato',
      exchange: 'cambio',
      holder: 'cambio di nome',
    },
    field: {
      order: 'ordine',
      replaces: 'biglietto sostituito',
      product: 'prodotto',
      performance: 'recita',
      start: 'data e ora',
      hall: 'sala',
      block: 'blocco',
      row: 'fila',
      seat: 'posto',
      allotment: 'allotment',
      category: 'categoria',
      tariff: 'tariffa',
      priceMinor: 'prezzo',
      givenBackMinor: 'importo reso',
      commissionMinor: 'commissione',
      currency: 'valuta',
      outlet: 'punto vendita',
      barcode: 'codice a barre',
      lastName: 'cognome',
      firstName: 'nome',
    },
    count: {
      messages: 'messaggio letto|messaggi letti',
      integrated: 'vendita integrata|vendite integrate',
      cancelled: 'annullamento|annullamenti',
      refunded: 'rimborso|rimborsi',
      replaced: 'duplicato|duplicati',
      exchanged: 'cambio|cambi',
      renamed: 'cambio di nome|cambi di nome',
      corrected: 'corretto|corretti',
      quarantined: 'in quarantena|in quarantena',
      waiting: 'in attesa di un altro|in attesa di un altro',
      unreadable: 'illeggibile|illeggibili',
      alreadyKnown: 'già noto|già noti',
      notOurs: 'non nostro|non nostri',
      elsewhere: "per un'altra interfaccia|per altre interfacce",
      setAside: 'accantonato|accantonati',
      to_export: 'posto da esportare|posti da esportare',
      exported: 'posto esportato|posti esportati',
      to_take_back: 'posto da riprendere|posti da riprendere',
      taken_back: 'posto ripreso|posti ripresi',
      kept: 'posto rimasto al rivenditore|posti rimasti al rivenditore',
      kept_home: 'posto rimasto in casa|posti rimasti in casa',
      unmapped: 'posto senza corrispondenza|posti senza corrispondenza',
      unknown: 'comando senza risposta|comandi senza risposta',
      sold_missing_here: 'vendita che manca qui|vendite che mancano qui',
      compared: 'posto o biglietto confrontato|posti e biglietti confrontati',
      differences: 'differenza|differenze',
      adopted: 'posto adottato|posti adottati',
      prepared: 'lista richiesta|liste richieste',
      codes: 'codice ricevuto|codici ricevuti',
      added: 'aggiunto|aggiunti',
      refused: 'rifiutato|rifiutati',
    },
    key: {
      order: 'ordine',
      ticket: 'biglietto',
      product: 'prodotto',
      performance: 'rappresentazione',
      seat: 'posto',
      places: 'posti',
      position: 'riga',
    },
    command_outcome: {
      done: 'eseguito',
      refused: 'rifiutato',
      unknown: 'ancora incerto',
      'never-arrived': 'mai arrivato al rivenditore',
    },
    nobody: 'il vostro contatto presso {reseller}',
    times: 'volte',
  },
};
