import { errorCodes } from '../shared/errors.ts';
import type { Problem } from '../shared/errors.ts';

/** Good to know, and nothing to do: it costs no message, and the table gives it the exit code of success. */
export function isNote({ code }: Pick<Problem, 'code'>): boolean {
  return errorCodes[code].exit === 0;
}
