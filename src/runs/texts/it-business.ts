import { businessTexts } from '../text-types.ts';

/** Gestionale: qualcuno deve decidere. */
export const business = businessTexts({
  'product.not_sellable': `{product} non si può vendere tramite un rivenditore
    | I rivenditori vendono eventi, competizioni e biglietti di visita; questo prodotto è d'altro
      tipo: {kind}.
    | Togliete {product} dalla scheda di vendita, poi segnalate questo biglietto al rivenditore.`,
  'product.not_on_channel': `{product} non è in vendita su questo canale
    | Il prodotto non ha un calendario di vendita sul canale dell'interfaccia.
    | Mettetelo in vendita sul canale, oppure accettate questo biglietto una sola volta.`,
  'product.outside_window': `{product} non era in vendita in quel momento
    | La vendita è del {at}, fuori dal calendario di vendita. Conta la data della vendita, non
      quella
      dell'integrazione.
    | Correggete il calendario di vendita, oppure accettate questo biglietto una sola volta.`,
  'performance.preparing': `La recita {performance} è ancora in preparazione
    | Il rivenditore ha venduto una recita che non avete ancora aperto.
    | Aprite la recita: i biglietti in attesa vengono ripresi da soli.`,
  'performance.suspended': `La recita {performance} è sospesa
    | Le vendite sono ferme; il rivenditore può avere ancora dei posti.
    | Riprendete l'invenduto da {reseller}, oppure riaprite la recita.`,
  'performance.cancelled': `La recita {performance} è annullata
    | Questa vendita è successiva all'annullamento.
    | Segnalatela al rivenditore perché rimborsi il cliente, oppure accettatela.`,
  'performance.closed': `La recita {performance} è chiusa
    | Le cifre sono definitive, e un messaggio del rivenditore la riguarda ancora.
    | Riaprite la recita (un responsabile, con un motivo), o registrate in ritardo nel periodo
      corrente.`,
  'pass.not_valid_then': `{product} non era più valido il {day}
    | Il biglietto è stato venduto dopo la fine della validità.
    | Prolungate la validità, accettate questo biglietto, o segnalatelo al rivenditore.`,
  'seat.unknown': `Il posto {seat} non esiste in sala
    | Nessun posto della configurazione della recita ha questo nome.
    | Correggete la corrispondenza di blocco, fila o posto; o date un altro posto al biglietto.`,
  'seat.missing': `Il biglietto non indica un posto
    | La categoria {category} è numerata, e il messaggio non ha blocco, fila o posto.
    | Date un posto al biglietto, oppure segnalatelo al rivenditore.`,
  'seat.not_in_allotment': `Il posto {seat} non è nell'allotment del rivenditore
    | Ha venduto un posto che non gli avete affidato, o che avete ripreso.
    | Date un altro posto, prendete dalla scorta della sala, tenetelo in overbooking, o
      segnalatelo.`,
  'seat.other_contingent': `Il posto {seat} è di un altro contingente: {contingent}
    | Il rivenditore lo indica in un allotment che non è quello del posto.
    | Correggete la corrispondenza del contingente, spostate il posto, o accettate il biglietto.`,
  'seat.sold': `Il posto {seat} è già venduto
    | Il biglietto {holder} occupa questo posto per la stessa recita.
    | Date un altro posto a uno dei due, tenete il vostro, prendete il loro, o segnalate il
      doppione.`,
  'seat.sold_missing_here': `Il posto {seat} è venduto dal rivenditore, non da voi
    | Per {performance} il rivenditore lo dà venduto; la vendita non è arrivata.
    | Integrate le vendite; se manca ancora, chiedetela a {person}.`,
  'seat.wrong_category': `Il posto {seat} non è della categoria indicata
    | Il rivenditore indica {reported}; da voi il posto è in {ours}.
    | Correggete la corrispondenza della categoria o la categoria del posto; altrimenti accettate il
      biglietto o segnalatelo.`,
  'seat.adopted': `Il posto {seat} è stato venduto senza essere stato esportato
    | Era libero nel contingente di questa interfaccia: la vendita è integrata.
    | Niente da fare se iniziate a metà stagione; altrimenti avviate un confronto.`,
  'seat.taken_over': `Il posto {seat} è passato a un altro biglietto
    | L'avete dato a questo biglietto. {holder} l'aveva: ora è in overbooking, o una vostra vendita
      che è stata liberata.
    | Trovate un altro posto al portatore precedente prima dello spettacolo, o avvisatelo.`,
  'count.over': `Non ci sono più abbastanza posti per {place}
    | Ne restavano {left} nella parte del rivenditore, e ha venduto oltre.
    | Prendete dalla scorta della sala, date un altro posto, tenetelo in overbooking, o
      segnalatelo.`,
  'tariff.not_allowed': `La tariffa {tariff} non va ai rivenditori
    | Si possono affidare solo tariffe per contatti o collettività occasionali.
    | Fate corrispondere la categoria di cliente a un'altra tariffa.`,
  'price.missing': `Non avete un prezzo per questo biglietto
    | Il rivenditore ha venduto a {reported}; non c'è un prezzo per questa tariffa e categoria alla
      data della vendita.
    | Aggiungete il prezzo, oppure accettate quello del rivenditore.`,
  'price.differs': `Il prezzo è diverso: {reported} invece di {ours}
    | Il rivenditore ha venduto a {reported}; il vostro listino dice {ours} alla data della vendita.
    | Accettate la differenza (questo biglietto, o tutti quelli uguali), correggete il prezzo,
      registrate il vostro, o segnalatela al rivenditore.`,
  'price.negative': `Il prezzo del biglietto è negativo o manca
    | Il messaggio dice {reported}. Un prezzo di 0 è un prezzo; uno negativo no.
    | Segnalate questo biglietto a {person}.`,
  'price.grace': `Un prezzo di prima o dopo un cambiamento: {reported}
    | Il vostro listino dice {ours} in quell'istante; l'altro prezzo passa ancora per un po'.
    | Niente da fare. Se continua, verificate che il rivenditore abbia il nuovo prezzo.`,
  'price.booked_ours': `È registrato il vostro prezzo: {ours} invece di {reported}
    | L'interfaccia registra il vostro prezzo quando sono diversi.
    | La differenza si vedrà nel rendiconto del rivenditore: chiaritela lì.`,
  'commission.differs': `La commissione non è quella concordata: {reported} invece di {ours}
    | La vendita è registrata con la commissione del rivenditore.
    | Verificate la commissione concordata, o reclamate la differenza nel rendiconto.`,
  'price.booked_theirs': `È registrato il prezzo del rivenditore: {reported} invece di {ours}
    | L'interfaccia registra il suo prezzo quando sono diversi.
    | Verificate il vostro listino, o la scheda di vendita del rivenditore.`,
  'currency.differs': `La valuta è diversa: {reported} invece di {ours}
    | Il rivenditore ha venduto in una valuta che non è quella dell'interfaccia.
    | Correggete la valuta dell'interfaccia, o segnalate questo biglietto al rivenditore.`,
  'barcode.used': `Il codice a barre {barcode} è già usato
    | Un altro biglietto ha questo codice: aprirebbe la porta una volta sola.
    | Tenete il vostro, prendete il loro, o chiedete un nuovo codice a {person}.`,
  'barcode.missing': `Il biglietto non ha codice a barre
    | Il messaggio non ne contiene; questo biglietto non aprirà la porta.
    | Chiedete i codici al rivenditore (preparare, poi ritirare il controllo accessi).`,
  'ticket.living': `Il biglietto {ticket} esiste già
    | Un biglietto valido ha questo numero, e nulla ne annuncia l'annullamento.
    | Cercate l'annullamento dal rivenditore; altrimenti tenete il vostro, prendete il loro, o
      segnalatelo.`,
  'content.differs': `La stessa operazione arriva con un altro contenuto
    | Per il biglietto {ticket} è diverso da quanto già preso: {fields}.
    | Confrontate, poi tenete il vostro, prendete il loro, o segnalate la differenza.`,
  'sale.missing': `La vendita del biglietto {ticket} non è ancora arrivata
    | C'è il suo annullamento o rimborso, non la vendita. Il codice è già rifiutato all'ingresso.
    | Aspettate la prossima integrazione; se manca ancora, chiedetela a {person}.`,
  'blocked.behind': `Questo messaggio ne aspetta un altro
    | Riguarda il biglietto {ticket}, che ha un caso precedente non risolto.
    | Risolvete il caso da cui dipende: questo seguirà da solo.`,
  'refund.exceeds': `Il rimborso supera il prezzo
    | {amount} da rendere, ma il biglietto costava {price} e {refunded} sono già stati resi.
    | Verificate con {person}, poi accettate o segnalate.`,
  'account.closed': `Il conto d'attesa è chiuso
    | Le vendite di {interface} non possono essere registrate su alcun conto.
    | Riaprite il conto d'attesa, o sceglietene un altro nell'interfaccia.`,
  'account.ceiling': `Il massimale del conto d'attesa è raggiunto
    | Il rivenditore deve {balance}, il massimale è {ceiling}.
    | Registrate un pagamento, alzate il massimale, o accettate questi biglietti.`,
  'names.missing': `Manca un nome sul biglietto {ticket}
    | Il prodotto è nominativo, e il beneficiario manca o è fittizio.
    | Accettate il biglietto così, oppure chiedete il nome al rivenditore.`,
  'instant.ambiguous': `L'ora della vendita esiste due volte
    | {at} cade nell'ora che il cambio d'ora ripete; vale la prima.
    | Niente da fare, salvo che due operazioni dello stesso biglietto si incrocino.`,
  'message.kind_not_supported': `Questo rivenditore non invia questo tipo di messaggio
    | È arrivato un messaggio di tipo {kind}, che l'interfaccia non prevede.
    | Segnalatelo all'assistenza con il numero dell'esecuzione: {number}.`,
  'export.not_supported': `{product} non si esporta a questo rivenditore
    | Non riceve posti per questo tipo di prodotto: il contingente è un limite, controllato
      all'integrazione.
    | Indicate il limite sulla scheda di vendita.`,
  'wish.lapsed': `La ripresa del posto {seat} è decaduta
    | Il rivenditore l'aveva già venduto (biglietto {ticket}). Chiesta da: {by}.
    | Scegliete un altro posto, o datene un altro a questo biglietto.`,
  'interface.hidden': `L'interfaccia {interface} è nascosta
    | Un'interfaccia nascosta non esegue nulla.
    | Rendetela visibile nella scheda Generale quando è pronta.`,
  'interface.archived': `L'interfaccia {interface} è archiviata
    | Un'interfaccia archiviata serve solo alla consultazione.
    | Usate l'interfaccia che la sostituisce, oppure toglietela dall'archivio.`,
  'interface.no_pending_account': `L'interfaccia {interface} non ha un conto d'attesa
    | Senza conto d'attesa nessuno può pagare le vendite del rivenditore.
    | Scegliete un conto d'attesa nella scheda Generale; il punto vendita deve accettarlo e il
      contatto deve esservi autorizzato.`,
  'interface.no_files': `{reseller} non ha file di vendite
    | L'interfaccia {interface} non conosce file di questo rivenditore.
    | Scegliete l'interfaccia il cui rivenditore invia file, o integrate le vendite in linea.`,
  'import.no_performance': `La rappresentazione del file non è indicata
    | Il file non la nomina: tocca a voi. Ne serve esattamente una.
    | Indicate la rappresentazione (il prodotto per un pass senza data) e importate di nuovo.`,
});
