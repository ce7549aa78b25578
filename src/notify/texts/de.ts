import type { NewsTexts } from './news-texts.ts';

export const de: NewsTexts = {
  kind: {
    run_error: 'Lauf mit Fehler',
    new_roots: 'Zu klärende Meldungen',
    unseen_value: 'Wert ohne Zuordnung',
    late_run: 'Verspäteter Lauf',
    schedule_paused: 'Zeitplan angehalten',
    ceiling: 'Obergrenze des Wartekontos',
  },
  reason: {
    first: 'neu',
    reminder: 'Erinnerung: noch offen',
    day_before: 'weniger als 24 Stunden vor der Vorstellung',
    hours_before: 'weniger als 3 Stunden vor der Vorstellung',
    digest: 'offen',
    closed: 'erledigt',
    test: 'Versuch',
  },
  watch: {
    'watch.run_failed': `
      Der Lauf ({function}) endete mit einem Fehler.|Keine Zeile nennt die Ursache: Er
      brach ab.|Sehen Sie den Lauf an; kommt es wieder vor, rufen Sie mit seiner Nummer
      den Support an.`,
    'watch.run_slow': `
      Der Lauf ({function}) ist nicht zu Ende.|Er läuft seit {at}.|Sehen Sie seinen
      Fortschritt an; halten Sie ihn an, wenn er stillsteht, der nächste macht dort
      weiter.`,
    'watch.run_late': `
      Der Zeitplan „{schedule}“ ({function}) ist verspätet.|Er hätte am {at} laufen
      sollen.|Prüfen Sie, ob ein Worker läuft (parterre doctor), oder starten Sie die
      Funktion von Hand.`,
    'watch.schedule_paused': `
      Der Zeitplan „{schedule}“ ({function}) ist angehalten.|Er schlug {failures}-mal
      hintereinander fehl; seit {at} läuft nichts.|Klären Sie die Ursache im letzten
      Lauf, dann setzen Sie den Zeitplan fort.`,
    'watch.ceiling': `
      Das Wartekonto {account} hat {percent} % seiner Obergrenze erreicht.|{balance} von
      {ceiling} sind geschuldet.|Erfassen Sie eine Zahlung, oder erhöhen Sie die
      Obergrenze.`,
  },
  several: '{title} (und {count} weitere)',
  digest: 'Was heute offen ist: {count}',
  test: 'Versuch',
  testBody: 'Dies ist ein Versuch der Überwachung. Es ist alles in Ordnung und nichts zu tun.',
  oneCase: 'Eine Meldung wartet darauf.',
  manyCases: '{count} Meldungen warten darauf.',
  touches: 'Nächste betroffene Vorstellung: {due}.',
  since: 'Offen seit {opened}.',
  run: 'Lauf {run}.',
  toDo: 'Was zu tun ist',
  look: 'Ansehen',
  footer: `Sie erhalten dies, weil die Schnittstelle {interfaces} von {organisation} Ihre Adresse
      benachrichtigt.`,
};
