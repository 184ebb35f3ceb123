import { basename } from 'node:path';
import { TravasoError } from '../../../../shared/errors.ts';
import type { ErrorCode } from '../../../../shared/errors.ts';
import { asFileError } from '../files/file-problem.ts';

/** What the header's reader found wrong with a file, where the person can be told something better than "unreadable". */
const codes: Readonly<Record<string, ErrorCode>> = {
  'empty-file': 'INPUT_FILE_EMPTY',
  'not-a-pst': 'INPUT_FILE_WRONG_KIND',
};

/** The error for the person who picked the file: an `INPUT_FILE_…` code or `SOURCE_FILE_DAMAGED`, with `file` and `reason`. */
export function asOpenError(error: unknown, path: string): unknown {
  const file = basename(path);
  if (!(error instanceof TravasoError)) return asFileError(error, file);
  const { code, details } = error.problem;
  const own = code === 'INPUT_FILE_INVALID' ? codes[String(details['reason'])] : undefined;
  return new TravasoError(own ?? code, { ...details, file }, { cause: error });
}
