import { TravasoError, type ErrorCode, type Problem, type ProblemDetails } from '../../../../shared/errors.ts';
import type { SoapFault } from '../../zimbra/soap-session.ts';
import { busyError } from './read.ts';

/** What a fault in answer to an upload or AddMsg concerns: this message alone, or whatever would follow it as well. */
export type AddRefusal =
  | { readonly concerns: 'message'; readonly problem: Problem }
  | { readonly concerns: 'account'; readonly problem: Problem }
  | { readonly concerns: 'session'; readonly error: TravasoError };

export function readAddRefusal(fault: SoapFault, message: { folder: string; sizeBytes: number }): AddRefusal {
  const details: ProblemDetails = { ...message, reason: fault.code };
  const busy = busyError(fault);
  // Also `service.FAILURE`: whether the message was stored before the server failed is for a look to say.
  if (busy !== null) return { concerns: 'session', error: busy };
  switch (fault.code) {
    case 'mail.NO_SUCH_UPLOAD':
      // Several times in a row: the uploads get lost there, whichever message they are of.
      return { concerns: 'session', error: new TravasoError('SERVER_BUSY', details) };
    case 'mail.QUOTA_EXCEEDED':
    case 'mail.DOMAIN_QUOTA_EXCEEDED':
      return { concerns: 'account', problem: { code: 'TARGET_QUOTA', details } };
    case 'mail.MESSAGE_TOO_BIG':
    case 'mail.UPLOAD_TOO_LARGE':
      return refused('TARGET_MESSAGE_TOO_LARGE', details);
    case 'mail.NO_SUCH_FOLDER':
      return sessionEnds('TARGET_FOLDER_VANISHED', details);
    case 'service.PERM_DENIED':
      return sessionEnds('TARGET_FOLDER_REFUSED', details);
    case 'service.UNKNOWN_DOCUMENT':
      return sessionEnds('TARGET_UPLOAD_BLOCKED', details);
    default:
      return refused('TARGET_MESSAGE_REFUSED', details);
  }
}

function refused(code: ErrorCode, details: ProblemDetails): AddRefusal {
  return { concerns: 'message', problem: { code, details } };
}

function sessionEnds(code: ErrorCode, details: ProblemDetails): AddRefusal {
  return { concerns: 'session', error: new TravasoError(code, details) };
}
