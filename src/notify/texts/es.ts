import type { NewsTexts } from './news-texts.ts';

export const es: NewsTexts = {
  kind: {
    run_error: 'Ejecución con error',
    new_roots: 'Mensajes por resolver',
    unseen_value: 'Valor sin correspondencia',
    late_run: 'Ejecución con retraso',
    schedule_paused: 'Planificación en pausa',
    ceiling: 'Tope de la cuenta pendiente',
  },
  reason: {
    first: 'nuevo',
    reminder: 'recordatorio: sigue abierto',
    day_before: 'menos de 24 horas antes de la función',
    hours_before: 'menos de 3 horas antes de la función',
    digest: 'abierto',
    closed: 'terminado',
    test: 'prueba',
  },
  watch: {
    'watch.run_failed': `
      La ejecución ({function}) terminó con error.|Ninguna línea dice la causa: se
      interrumpió.|Mire la ejecución; si se repite, llame al soporte con su número.`,
    'watch.run_slow': `
      La ejecución ({function}) no ha terminado.|Está en curso desde el {at}.|Mire su
      progreso; deténgala si no avanza, la siguiente sigue donde estaba.`,
    'watch.run_late': `
      La planificación «{schedule}» ({function}) lleva retraso.|Debía empezar el
      {at}.|Compruebe que un worker está en marcha (parterre doctor), o inicie la
      función a mano.`,
    'watch.schedule_paused': `
      La planificación «{schedule}» ({function}) está en pausa.|Falló {failures} veces
      seguidas; nada se ejecuta desde el {at}.|Resuelva la causa en su última ejecución
      y reanude la planificación.`,
    'watch.ceiling': `
      La cuenta pendiente {account} ha alcanzado el {percent} % de su tope.|Se deben
      {balance} de {ceiling}.|Registre un pago, o suba el tope.`,
  },
  several: '{title} (y {count} más)',
  digest: 'Lo que está abierto hoy: {count}',
  test: 'Prueba',
  testBody: 'Esto es una prueba de la vigilancia. Todo está bien; no hay nada que hacer.',
  oneCase: 'Un mensaje espera.',
  manyCases: '{count} mensajes esperan.',
  touches: 'Próxima función afectada: {due}.',
  since: 'Abierto desde el {opened}.',
  run: 'Ejecución {run}.',
  toDo: 'Qué hacer',
  look: 'Mirar',
  footer:
    'Recibe este mensaje porque la interfaz {interfaces} de {organisation} notifica su dirección.',
};
