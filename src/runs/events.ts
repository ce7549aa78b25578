/**
 * What a log tells besides problems. Each event has its parameters; texts in five languages are
 * in runs/texts, held to these lists by the compiler.
 */
export const EVENTS = {
  'run.waited': ['run', 'function', 'startedBy'],
  'run.took_over': ['run', 'function'],
  'run.simulation': [],
  'run.cancelled': [],
  'integrate.done': ['integrated', 'quarantined', 'repeated'],
  'integrate.nothing': [],
  'integrate.not_ours': ['messages'],
  'export.sent': ['contingent', 'performance', 'accepted', 'refused'],
  'export.nothing': [],
  'take_back.done': ['contingent', 'performance', 'withdrawn', 'sold'],
  'take_back.nothing': [],
  'command.found_out': ['reference', 'result'],
  'replay.done': ['settled', 'remaining'],
  'reconcile.done': ['compared', 'differences'],
  'access.prepared': ['performance', 'request'],
  'access.not_ready': ['performance', 'request'],
  'access.fetched': ['performance', 'codes', 'added', 'refused'],
  'access.nothing': [],
  'connection.ok': ['service'],
} as const satisfies Record<string, readonly string[]>;

export type EventCode = keyof typeof EVENTS;
