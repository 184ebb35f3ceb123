import { basename } from 'node:path';
import { TravasoError } from '../../../../shared/errors.ts';

/** Why the operating system would not let the file be read, by Node's error code. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EISDIR: 'is-a-folder',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  // Windows: ERROR_SHARING_VIOLATION, which Outlook causes as long as it has the file open.
  EBUSY: 'in-use',
  // Windows: the provider of a cloud placeholder is not running or has no line.
  EIO: 'not-readable',
  ETIMEDOUT: 'not-downloaded',
  UNKNOWN: 'not-downloaded',
};

/** The error for the person who picked the file: `INPUT_FILE_INVALID` or `SOURCE_FILE_DAMAGED`, with `file` and `reason`. */
export function asOpenError(error: unknown, path: string): unknown {
  const file = basename(path);
  if (error instanceof TravasoError) {
    return new TravasoError(error.code, { ...error.problem.details, file }, { cause: error });
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = reasons[code];
  return reason === undefined ? error : new TravasoError('INPUT_FILE_INVALID', { file, reason }, { cause: error });
}
