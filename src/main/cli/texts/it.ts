import { account } from './account/it.ts';
import { cases } from './cases/it.ts';
import { cliTexts } from './cli-texts.ts';
import { house } from './house/it.ts';
import { people } from './people/it.ts';
import { schedules } from './schedules/it.ts';
import { selling } from './selling/it.ts';
import { watch } from './watch/it.ts';

export const it = cliTexts({
  ...house,
  ...people,
  ...schedules,
  'interface.which': "Indicate l'interfaccia: --interface CODE, una di {codes}.",
  'interface.unknown': "Non c'è un'interfaccia {code}, solo {codes}.",
  'interface.none': 'Ancora nessuna interfaccia.',
  'interface.visible': 'visibile',
  'interface.hidden': 'nascosta',
  'interface.archived': 'archiviata',
  'performance.unknown':
    "Non c'è una rappresentazione {text}. Scrivete PRODOTTO/CODICE o PRODOTTO/AAAA-MM-GGTHH:MM.",
  'performance.several': 'Più rappresentazioni si chiamano {text}: {which}.',
  'product.unknown': "Non c'è un prodotto {code}.",
  'run.unknown': "Non c'è un'esecuzione {number}. Vedete parterre runs list.",
  'run.none': 'Ancora nessuna esecuzione.',
  'run.not_running': "L'esecuzione {number} non è in corso: {state}.",
  'run.asked_to_stop': "È chiesto l'arresto dell'esecuzione {number}.",
  'run.waiting': "In attesa dell'esecuzione {number} ({function}, {by}) …",
  'run.busy': `{reseller}: l'esecuzione {number} ({function}, {by}) tiene il conto. Attendete la
    fine, o togliete --no-wait.`,
  'run.forgotten': 'Chiamate registrate dimenticate: {count}.',
  'import.report': 'Riga per riga: {file}',
  'season.unknown': "Non c'è una stagione «{season}». C'è {seasons}.",
  'word.unknown': "«{word}» non è un dato. C'è {words}.",
  'mappings.none': 'Ancora nessuna corrispondenza.',
  'mappings.unknown': "Non c'è una corrispondenza {ids}.",
  'mappings.exported': 'Le corrispondenze di {interface} sono in {file}.',
  'mappings.kept': 'tenuta, non è nel file: {line}',
  'mappings.row': 'Riga {row}: {fault}',
  'mappings.nothing_written': 'Niente del file è stato scritto.',
  'mappings.same': 'Niente differisce.',
  'mappings.would':
    'Sarebbero: {created} nuove, {updated} cambiate, {removed} tolte. Scrivete con --apply.',
  'mappings.saved': 'Salvato: {created} nuove, {updated} cambiate, {removed} tolte.',
  'mappings.freed': 'Messaggi liberati: {count}.',
  'mappings.settled': 'Messaggi non nostri: {count}.',
  'mappings.read_again': 'Messaggi riletti: {count}.',
  'mappings.replay_hindered': `Le corrispondenze sono salvate, ma non tutti i loro messaggi sono
    stati riletti: {problem}. Avviate parterre replay quando sarà risolto.`,
  'mappings.every_season': 'tutte le stagioni',
  'mappings.not_ours': '(non nostro)',
  'mappings.stays': 'lasciata: {line}: {why}',
  'copy.same_there': "c'è già",
  'copy.other_there': "ce n'è un'altra",
  'copy.ours_missing': "quella stagione non ce l'ha",
  'queue.empty': 'Tutti i valori visti hanno una corrispondenza.',
  'queue.entry': '{word} «{value}»{parent}: visto {count} ×, dal {first} al {last}',
  'queue.parent': ' (con {parent})',
  'suggestion.same_code': 'stesso codice',
  'suggestion.numeric_neighbour': 'vicino a {detail}',
  'suggestion.similar_name': 'nome simile',
  'suggestion.most_used': 'venduto {detail} × di recente',
  did_you_mean: 'Intendevate {keys}?',
  'mapping.word_unknown': '«{word}» non è un dato.',
  'mapping.season_unknown': "Non c'è una stagione {season}.",
  'mapping.ours_empty': 'Manca il nostro codice. Indicatelo, o segnate il valore come non nostro.',
  'mapping.ours_unknown': 'La casa non ha «{ours}».',
  'mapping.ours_other_season': "«{ours}» è di un'altra stagione ({seasons}).",
  'mapping.ours_twice': '«{ours}» ha già una corrispondenza di questa stagione. Cambiate quella.',
  'mapping.not_ours_with_ours':
    'Un valore non nostro non ha un nostro codice. Togliete «{ours}», o il segno.',
  'mapping.value_empty': 'Un valore del rivenditore è vuoto.',
  'mapping.value_spaces': '«{value}» comincia o finisce con uno spazio.',
  'mapping.value_twice': "«{value}» c'è due volte.",
  'mapping.value_claimed':
    '«{value}» vorrebbe dire sia «{ours}» sia «{other}». Datelo a uno dei due.',
  'mapping.value_also_not_ours':
    '«{value}» corrisponde a «{other}» ed è segnato come non nostro. Tenete uno dei due.',
  'mapping.product_kind': 'I rivenditori non possono vendere «{ours}»: {kind}.',
  'mapping.tariff_kind': `«{ours}» non può andare ai rivenditori: il suo pubblico non è di
    contatti o comunità occasionali.`,
  'mapping.rule_invalid': 'La regola non è valida ({what}).',
  'sheet.unreadable': 'Il file non è un file Excel leggibile (.xlsx): {reason}',
  'sheet.too_large': 'Il file ha {bytes} byte; se ne leggono al più {most}.',
  'sheet.no_heading': `I titoli (dato, nostro codice, id esterno) non sono nelle prime {rows}
    righe. Partite da un file esportato.`,
  'sheet.heading_twice': "Il titolo «{heading}» c'è due volte.",
  'sheet.not_text': `La cella contiene {value}, che non è più ciò che è stato scritto. Mettetela
    in formato testo e riscrivete.`,
  'sheet.word_unknown': '«{value}» non è un dato.',
  'sheet.season_unknown': "Non c'è una stagione «{value}». Lasciate vuoto per tutte le stagioni.",
  'sheet.yes_or_no': '«{value}» non è né sì né no.',
  'sheet.rule_unreadable': '«{value}» non è una regola. Scrivetela come {example}.',
  'sheet.id_unreadable': '«{value}» non è il numero di una corrispondenza.',
  'sheet.id_twice':
    'La riga {row} ha lo stesso numero. Lasciatelo vuoto per una nuova corrispondenza.',
  // The life of performances.
  'life.none': 'Nessuna rappresentazione.',
  'life.state.preparing': 'in preparazione',
  'life.state.running': 'in vendita',
  'life.state.suspended': 'sospesa',
  'life.state.cancelled': 'annullata',
  'life.state.closed': 'chiusa',
  'life.column.performance': 'rappresentazione',
  'life.column.start': 'inizio',
  'life.column.state': 'stato',
  'life.column.allotted': 'invenduti',
  'life.column.sold': 'biglietti',
  'life.column.to_refund': 'da rimborsare',
  'life.column.cases': 'casi',
  'life.verb.suspend': 'sospendere',
  'life.verb.resume': 'riprendere',
  'life.verb.cancel': 'annullare',
  'life.verb.move': 'spostare',
  'life.verb.reseat': 'riassegnare i posti',
  'life.verb.close': 'chiudere',
  'life.verb.reopen': 'riaprire',
  'life.is': '{performance}: {state}.',
  'life.foretold': 'Niente è scritto: ecco che cosa accadrebbe.',
  'life.unchanged': 'Niente cambia: era già fatto.',
  'life.on_sale': `{reseller}: ancora {seats} posti numerati e {places} posti contati in vendita,
    di cui {asked} richiesti.`,
  'life.not_on_sale': 'Nessun rivenditore ne ha posti.',
  'life.offer_take_back': 'Per richiederli: --take-back. La prossima esecuzione li chiede.',
  'life.asked': '{reseller}: {places} posti richiesti; la prossima esecuzione li chiede.',
  'life.codes': 'Codici chiusi: {codes}. Biglietti che i rivenditori devono rimborsare: {tickets}.',
  'life.letter': 'E-mail per {reseller} ({to}):',
  'life.no_address': 'nessun indirizzo',
  'life.list_written': 'La lista è in {file}.',
  'life.list_empty': 'Niente da rimborsare: nessuna lista è scritta.',
  'life.own_heading': 'Vendite proprie della sala, i cui acquirenti avvisa la biglietteria:',
  'life.own.sold': '{reference}: {count} venduti {seats}',
  'life.own.held': '{reference}: {count} trattenuti {seats}',
  'life.moved': '{performance}: {from} → {to}',
  'life.reseated': '{ticket}: {from} → {to}',
  'life.left': `I posti lasciati sono bloccati con il riferimento "reseat BIGLIETTO"; liberateli
    con parterre house seats.`,
  'life.category':
    'Riga {line}: {seat} è in categoria {to}, il biglietto è stato venduto in {from}.',
  'life.dropped': "Posti di un contingente che l'altra configurazione non ha: {count}.",
  'life.former_starts': 'Inizi precedenti: {starts}',
  'life.interface': `{interface} ({reseller}): {tickets} biglietti, {allotted} posti invenduti,
    vendite lette {last}`,
  'life.to_refund': '{reseller}: {tickets} biglietti da rimborsare entro il {due}.',
  'life.overdue': '{reseller}: {tickets} biglietti non rimborsati dal {due}.',
  'life.never': 'mai',
  'life.before_closing': 'Prima di chiuderla:',
  'life.warning.not_begun': 'Non è cominciata: {start}.',
  'life.warning.integration_old':
    "{interface}: l'ultima buona integrazione ({last}) è anteriore all'inizio.",
  'life.warning.allotment': '{interface}: {places} posti invenduti presso il rivenditore.',
  'life.warning.travelling': '{interface}: {places} posti in comandi senza risposta.',
  'life.warning.cases': '{count} casi aperti.',
  'life.warning.provisional': '{count} codici provvisori.',
  'life.warning.to_be_refunded': '{count} biglietti che i rivenditori devono rimborsare.',
  'life.nothing_done': 'Niente è stato fatto.',
  'life.anyway': 'Sistemate questo, o dite --anyway.',
  'life.and_more': '… e altri {count}.',
  'life.configuration_unknown': "Non c'è una configurazione {code}, solo {codes}.",
  'life.fault.unknown': 'La rappresentazione non esiste più.',
  'life.fault.state': 'È {state}: non si può {verb}.',
  'life.fault.reason_missing': 'Dite perché: --reason.',
  'life.fault.start_unreadable':
    '"{start}" non è un inizio: scrivete AAAA-MM-GGTHH:MM, un giorno che esiste.',
  'life.fault.start_taken':
    '{performance} comincia nello stesso momento ({start}) nella stessa sala.',
  'life.fault.start_was_others':
    '{performance} cominciava allora ({start}): i suoi messaggi tardivi andrebbero a questa.',
  'life.fault.commands_open':
    "{places} posti sono in comandi senza risposta: eseguite prima un'esportazione.",
  'life.fault.source_unknown':
    'Riga {line}: né biglietto valido né posto della rappresentazione: {source}.',
  'life.fault.source_several':
    'Riga {line}: più biglietti hanno il numero {source}; indicate il posto.',
  'life.fault.source_counted': 'Riga {line}: {source} è un posto contato, senza numero.',
  'life.fault.source_not_taken': 'Riga {line}: nessuno ha comprato {source}.',
  'life.fault.source_twice': "Riga {line}: {source} è già spostato da un'altra riga.",
  'life.fault.target_unknown': 'Riga {line}: il posto {seat} non esiste.',
  'life.fault.target_twice': 'Riga {line}: {seat} è già assegnato alla riga {other}.',
  'life.fault.target_taken': 'Riga {line}: {seat} è occupato ({by}).',
  'life.fault.not_placed':
    '{seat} ({by}) non ha un posto con questo nome: riprendetelo, o spostatelo con la tabella.',
  'life.fault.in_use': `{sold} posti venduti, {held} trattenuti, {allotted} presso rivenditori:
    riprendeteli, teneteli per nome (--keep: {kept} ci sono, {lost} no) o spostateli (--reseat
    FILE).`,
  'life.fault.zone_missing':
    "L'altra configurazione non ha la zona {zone}: {taken} posti occupati.",
  'life.fault.zone_too_small':
    "Zona {zone}: {taken} posti occupati, {capacity} nell'altra configurazione.",
  'life.fault.zone_in_use':
    'Zona {zone}: {taken} posti occupati; teneteli per nome (--keep), o riprendeteli.',
  'life.fault.table_too_large': 'Il file è troppo grande: {bytes} byte, al massimo {most}.',
  'life.fault.table_unreadable': 'Il file non si legge: {reason}.',
  'life.fault.table_columns':
    'Riga {line}: servono due colonne, biglietto (o vecchio posto) e nuovo posto.',
  'life.fault.table_empty': 'Il file non contiene righe.',
  // End of the life of performances.
  ...cases,
  ...watch,
  ...account,
  ...selling,
});
