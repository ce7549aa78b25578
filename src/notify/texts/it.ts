import type { NewsTexts } from './news-texts.ts';

export const it: NewsTexts = {
  kind: {
    run_error: 'Esecuzione in errore',
    new_roots: 'Messaggi da risolvere',
    unseen_value: 'Valore senza corrispondenza',
    late_run: 'Esecuzione in ritardo',
    schedule_paused: 'Pianificazione sospesa',
    ceiling: 'Massimale del conto in sospeso',
  },
  reason: {
    first: 'nuovo',
    reminder: 'promemoria: ancora aperto',
    day_before: 'meno di 24 ore prima dello spettacolo',
    hours_before: 'meno di 3 ore prima dello spettacolo',
    digest: 'aperto',
    closed: 'concluso',
    test: 'prova',
  },
  watch: {
    'watch.run_failed': `
      L'esecuzione ({function}) è finita in errore.|Nessuna riga ne dice la causa: si è
      interrotta.|Guardate l'esecuzione; se si ripete, chiamate l'assistenza con il suo
      numero.`,
    'watch.run_slow': `
      L'esecuzione ({function}) non è finita.|È in corso dal {at}.|Guardate il suo
      avanzamento; fermatela se non procede, la prossima riprende da dove era.`,
    'watch.run_late': `
      La pianificazione «{schedule}» ({function}) è in ritardo.|Doveva partire il
      {at}.|Verificate che un worker sia attivo (parterre doctor), o avviate la funzione
      a mano.`,
    'watch.schedule_paused': `
      La pianificazione «{schedule}» ({function}) è sospesa.|È fallita {failures} volte
      di seguito; nulla parte dal {at}.|Risolvete la causa nella sua ultima esecuzione,
      poi riprendete la pianificazione.`,
    'watch.ceiling': `
      Il conto in sospeso {account} ha raggiunto il {percent} % del massimale.|Sono
      dovuti {balance} su {ceiling}.|Registrate un pagamento, o alzate il massimale.`,
  },
  several: '{title} (e altri {count})',
  digest: 'Cosa è aperto oggi: {count}',
  test: 'Prova',
  testBody: 'Questa è una prova della sorveglianza. Va tutto bene; non c’è nulla da fare.',
  oneCase: 'Un messaggio è in attesa.',
  manyCases: '{count} messaggi sono in attesa.',
  touches: 'Prossimo spettacolo toccato: {due}.',
  since: 'Aperto dal {opened}.',
  run: 'Esecuzione {run}.',
  toDo: 'Che cosa fare',
  look: 'Guardare',
  footer: `Ricevete questo messaggio perché l'interfaccia {interfaces} di {organisation} notifica
      il vostro indirizzo.`,
};
