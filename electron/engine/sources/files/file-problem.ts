import { TravasoError } from '../../../../shared/errors.ts';
import type { ErrorCode, Problem } from '../../../../shared/errors.ts';

/** Why the operating system would not let a file be read, by Node's error code. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EISDIR: 'is-a-folder',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  // Windows: ERROR_SHARING_VIOLATION, as long as a mail program has the file open.
  EBUSY: 'in-use',
  EIO: 'not-readable',
  // Windows: the provider of a cloud placeholder is not running or has no line.
  ETIMEDOUT: 'not-downloaded',
  // macOS: a dataless file that iCloud could not bring to this computer.
  EDEADLK: 'not-downloaded',
  UNKNOWN: 'not-downloaded',
};

/** The reason as a word of ours; null when the error is not the operating system's refusal of a file. */
export function fileReason(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return reasons[code] ?? null;
}

/** The error for the person who chose the file: an `INPUT_FILE_…` code with `file` and `reason`, or the error itself. */
export function asFileError(error: unknown, file: string): unknown {
  const reason = fileReason(error);
  if (reason === null) return error;
  const codes: Readonly<Record<string, ErrorCode>> = {
    'in-use': 'INPUT_FILE_IN_USE',
    'not-downloaded': 'INPUT_FILE_NOT_DOWNLOADED',
  };
  return new TravasoError(codes[reason] ?? 'INPUT_FILE_INVALID', { file, reason }, { cause: error });
}

/** What is wrong with one file among many. An error that is no refusal of the file is thrown on. */
export function fileProblem(code: ErrorCode, file: string, why: unknown): Problem {
  const reason = typeof why === 'string' ? why : fileReason(why);
  if (reason === null) throw why;
  return { code, details: { file, reason } };
}
