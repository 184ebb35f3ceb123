import pino from 'pino';
import type { Log } from '../engine/ports.ts';

/** The technical log for the help desk: JSON lines appended to a file. What the engine logs names no person. */
export function fileLog(path: string): Log {
  const logger = pino(
    { base: null, level: 'debug', timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: path, sync: true }),
  );
  return {
    debug: (event, facts) => {
      logger.debug({ event, ...facts });
    },
    warn: (event, facts) => {
      logger.warn({ event, ...facts });
    },
  };
}
