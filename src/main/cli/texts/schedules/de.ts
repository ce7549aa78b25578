/** What `parterre schedules` says in German. */
export const schedules = {
  'schedules.none': 'Noch kein Zeitplan.',
  'schedules.hours': 'alle {every} Std.',
  'schedules.days': 'alle {every} Tage um {time}',
  'schedules.at': 'jeden Tag um {time}',
  'schedules.cron': 'cron {expression}',
  'schedules.manual': 'von Hand',
  'schedules.is_off': 'aus',
  'schedules.is_paused': 'pausiert seit {at}',
  'schedules.next': 'nächster {at}',
  'schedules.fails': '{failures}-mal nacheinander gescheitert: {problem}',
  'schedules.unknown': 'Es gibt keinen Zeitplan {name}. Siehe parterre schedules list.',
  'schedules.several':
    'Mehrere Schnittstellen haben einen Zeitplan {name}: nennen Sie eine mit --interface CODE.',
  'schedules.on': '{name} ist an; nächster Lauf: {next}.',
  'schedules.off': '{name} ist aus.',
  'schedules.resumed': '{name} läuft weiter; nächster Lauf: {next}.',
  'schedules.asked': '{name}: ein Lauf ist verlangt; ein Worker nimmt ihn in Sekunden auf.',
  'schedules.already': '{name}: ein Lauf wurde schon verlangt und ist nicht zu Ende.',
  'schedules.unplanned': 'wenn er von Hand gestartet wird',
} as const;
