/** What `parterre schedules` says in French. */
export const schedules = {
  'schedules.none': 'Aucune programmation pour le moment.',
  'schedules.hours': 'toutes les {every} h',
  'schedules.days': 'tous les {every} jours à {time}',
  'schedules.at': 'chaque jour à {time}',
  'schedules.cron': 'cron {expression}',
  'schedules.manual': 'à la main',
  'schedules.is_off': 'inactive',
  'schedules.is_paused': 'en pause depuis {at}',
  'schedules.next': 'prochaine {at}',
  'schedules.fails': 'échouée {failures} fois de suite : {problem}',
  'schedules.unknown': 'Il n’y a pas de programmation {name}. Voir parterre schedules list.',
  'schedules.several':
    'Plusieurs interfaces ont une programmation {name} : nommez-en une avec --interface CODE.',
  'schedules.on': '{name} est active ; prochaine : {next}.',
  'schedules.off': '{name} est inactive.',
  'schedules.resumed': '{name} reprend ; prochaine : {next}.',
  'schedules.asked':
    '{name} : une exécution est demandée ; un worker la prend en quelques secondes.',
  'schedules.already': '{name} : une exécution a déjà été demandée et n’est pas terminée.',
  'schedules.unplanned': 'quand on la lance à la main',
} as const;
