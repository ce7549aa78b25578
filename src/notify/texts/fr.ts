import type { NewsTexts } from './news-texts.ts';

export const fr: NewsTexts = {
  kind: {
    run_error: 'Exécution en erreur',
    new_roots: 'Messages à régler',
    unseen_value: 'Valeur sans correspondance',
    late_run: 'Exécution en retard',
    schedule_paused: 'Planification suspendue',
    ceiling: 'Plafond du compte en attente',
  },
  reason: {
    first: 'nouveau',
    reminder: 'rappel : toujours ouvert',
    day_before: 'moins de 24 heures avant la séance',
    hours_before: 'moins de 3 heures avant la séance',
    digest: 'ouvert',
    closed: 'terminé',
    test: 'essai',
  },
  watch: {
    'watch.run_failed': `
      L'exécution ({function}) s'est terminée en erreur.|Aucune ligne n'en dit la cause
      : elle s'est interrompue.|Regardez l'exécution ; si cela revient, appelez le
      support avec son numéro.`,
    'watch.run_slow': `
      L'exécution ({function}) n'est pas terminée.|Elle est en cours depuis le
      {at}.|Regardez sa progression ; arrêtez-la si elle n'avance plus, la suivante
      reprend où elle en était.`,
    'watch.run_late': `
      La planification « {schedule} » ({function}) est en retard.|Elle devait démarrer
      le {at}.|Vérifiez qu’un travailleur tourne (parterre doctor), ou lancez la
      fonction à la main.`,
    'watch.schedule_paused': `
      La planification « {schedule} » ({function}) est suspendue.|Elle a échoué
      {failures} fois de suite ; rien ne tourne depuis le {at}.|Réglez la cause vue dans
      sa dernière exécution, puis reprenez la planification.`,
    'watch.ceiling': `
      Le compte en attente {account} atteint {percent} % de son plafond.|{balance} sont
      dus, sur {ceiling}.|Enregistrez un paiement, ou relevez le plafond.`,
  },
  several: '{title} (et {count} de plus)',
  digest: 'Ce qui est ouvert aujourd’hui : {count}',
  test: 'Essai',
  testBody: 'Ceci est un essai de la veille. Tout va bien ; il n’y a rien à faire.',
  oneCase: 'Un message attend.',
  manyCases: '{count} messages attendent.',
  touches: 'Prochaine séance touchée : {due}.',
  since: 'Ouvert depuis le {opened}.',
  run: 'Exécution {run}.',
  toDo: 'Que faire\u00a0',
  look: 'Regarder\u00a0',
  footer: `Vous recevez ce message parce que l'interface {interfaces} de {organisation} notifie
      votre adresse.`,
};
