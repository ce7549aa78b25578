/** What `parterre schedules` says in Italian. */
export const schedules = {
  'schedules.none': 'Ancora nessuna programmazione.',
  'schedules.hours': 'ogni {every} h',
  'schedules.days': 'ogni {every} giorni alle {time}',
  'schedules.at': 'ogni giorno alle {time}',
  'schedules.cron': 'cron {expression}',
  'schedules.manual': 'a mano',
  'schedules.is_off': 'inattiva',
  'schedules.is_paused': 'in pausa da {at}',
  'schedules.next': 'prossima {at}',
  'schedules.fails': 'fallita {failures} volte di seguito: {problem}',
  'schedules.unknown': 'Non c’è nessuna programmazione {name}. Vedere parterre schedules list.',
  'schedules.several':
    'Più interfacce hanno una programmazione {name}: indicatene una con --interface CODE.',
  'schedules.on': '{name} è attiva; prossima: {next}.',
  'schedules.off': '{name} è inattiva.',
  'schedules.resumed': '{name} riprende; prossima: {next}.',
  'schedules.asked': '{name}: è chiesta un’esecuzione; un worker la prende in pochi secondi.',
  'schedules.already': '{name}: un’esecuzione era già chiesta e non è finita.',
  'schedules.unplanned': 'quando la si avvia a mano',
} as const;
