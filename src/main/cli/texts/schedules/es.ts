/** What `parterre schedules` says in Spanish. */
export const schedules = {
  'schedules.none': 'Aún no hay programaciones.',
  'schedules.hours': 'cada {every} h',
  'schedules.days': 'cada {every} días a las {time}',
  'schedules.at': 'cada día a las {time}',
  'schedules.cron': 'cron {expression}',
  'schedules.manual': 'a mano',
  'schedules.is_off': 'inactiva',
  'schedules.is_paused': 'en pausa desde {at}',
  'schedules.next': 'próxima {at}',
  'schedules.fails': 'ha fallado {failures} veces seguidas: {problem}',
  'schedules.unknown': 'No hay ninguna programación {name}. Véase parterre schedules list.',
  'schedules.several':
    'Varias interfaces tienen una programación {name}: nombre una con --interface CODE.',
  'schedules.on': '{name} está activa; próxima: {next}.',
  'schedules.off': '{name} está inactiva.',
  'schedules.resumed': '{name} sigue; próxima: {next}.',
  'schedules.asked': '{name}: se ha pedido una ejecución; un worker la toma en segundos.',
  'schedules.already': '{name}: ya se había pedido una ejecución y no ha terminado.',
  'schedules.unplanned': 'cuando se inicia a mano',
} as const;
