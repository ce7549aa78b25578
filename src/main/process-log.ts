/** The log of a process that lasts: one JSON object a line on stderr, read by machines. */
import type { DestinationStream } from 'pino';
import { pino } from 'pino';
import type { JobLog } from '../jobs/worker.ts';
import type { Environment } from './services.ts';

/** `PARTERRE_LOG_LEVEL`: debug, info (default), warn, error or silent. */
export function createProcessLog(
  env: Environment,
  destination: DestinationStream = process.stderr,
): JobLog {
  const logger = pino(
    {
      level: env.PARTERRE_LOG_LEVEL || 'info',
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // What settings and wire calls may carry never reaches a log.
      redact: ['password', 'secret', 'token', 'authorization', '*.password', '*.secret'],
    },
    destination,
  );
  return (level, fields, message) => logger[level](fields, message);
}
