import type { ShownKind } from './format-params.ts';

/**
 * What a log tells besides problems. Each event has its parameters and how they are shown; texts
 * in five languages are in src/runs/texts, held to these lists by the compiler.
 */
export const EVENTS = {
  'run.waited': { run: 'number', function: 'function', startedBy: 'text' },
  'run.took_over': { run: 'number', function: 'function' },
  'run.simulation': {},
  'run.cancelled': {},
  'schedule.fails': { schedule: 'text', failures: 'number', pauseAfter: 'number' },
  'schedule.paused': { schedule: 'text', failures: 'number' },
  'integrate.done': { integrated: 'count', quarantined: 'count', repeated: 'count' },
  'integrate.nothing': {},
  'integrate.not_ours': { messages: 'count' },
  'import.done': { file: 'text', lines: 'count' },
  'import.no_codes': { tickets: 'count' },
  'import.again': { file: 'text', at: 'instant' },
  'export.sent': {
    contingent: 'text',
    performance: 'text',
    accepted: 'count',
    refused: 'count',
  },
  'export.nothing': {},
  'export.not_yet': { performance: 'text' },
  'export.suspended': { performance: 'text' },
  'export.over': { performance: 'text' },
  'take_back.done': {
    contingent: 'text',
    performance: 'text',
    withdrawn: 'count',
    sold: 'count',
  },
  'take_back.nothing': {},
  'command.found_out': { reference: 'text', result: 'command_outcome' },
  'replay.done': { settled: 'count', remaining: 'count' },
  'account.ceiling_reached': {
    account: 'text',
    percent: 'number',
    balance: 'money',
    ceiling: 'money',
    currency: 'text',
  },
  'reconcile.done': { compared: 'count', differences: 'count' },
  'reconcile.adopted': { places: 'count' },
  'access.prepared': { performance: 'text', request: 'text' },
  'access.not_ready': { performance: 'text', request: 'text' },
  'access.fetched': { performance: 'text', codes: 'count', added: 'count', refused: 'count' },
  'access.differs': { performance: 'text', codes: 'count' },
  'access.nothing': {},
  'connection.ok': { service: 'text' },
} as const satisfies Record<string, Readonly<Record<string, ShownKind>>>;

export type EventCode = keyof typeof EVENTS;
