import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { Clock, Log } from '../../ports.ts';
import { SoapFault, type SoapSession } from '../../zimbra/soap-session.ts';
import type { MailTarget } from '../mail-target.ts';
import { carbonioTarget } from './carbonio-target.ts';
import { demand } from './read.ts';
import { infoAnswer, type InfoAnswer } from './soap-answers.ts';
import type { TagColour } from './tag-book.ts';

export interface ConnectCarbonioTargetOptions {
  /** The account's stable name (`canonicalAddress`), for the ledger: the same whichever way is taken. */
  readonly account: string;
  /** Signed in already. It is closed with the target, and where none comes of it: a lease, where the person stays in. */
  readonly session: SoapSession;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Signs in to the same mailbox by IMAP, where the password at hand may be good for that. */
  readonly imapFallback?: (() => Promise<MailTarget>) | undefined;
  /** How the old mailbox showed its tags, by keyword in lower case. */
  readonly tagColours?: ReadonlyMap<string, TagColour>;
}

/**
 * Finds the way into a Carbonio mailbox: uploads and AddMsg where the server lets us, else IMAP where that answers.
 *
 * @throws TARGET_UPLOAD_BLOCKED where neither does; what the session throws
 */
export async function connectCarbonioTarget(options: ConnectCarbonioTargetOptions): Promise<MailTarget> {
  try {
    return await findWay(options);
  } catch (error) {
    await options.session.close();
    throw error;
  }
}

async function findWay(options: ConnectCarbonioTargetOptions): Promise<MailTarget> {
  const { account, session, log, clock, signal, imapFallback } = options;
  const info = await demand(session, 'GetInfoRequest', { sections: 'mbox,attrs' }, infoAnswer, signal);
  const blocked = await whatBlocks(session, signal);
  log.debug('carbonio.target', { ...facts(session, info), way: blocked === null ? 'soap' : 'imap' });
  if (blocked === null) {
    return carbonioTarget({ account, session, info, tagColours: options.tagColours ?? new Map(), clock, log });
  }
  log.warn('carbonio.upload-blocked', { reason: blocked });
  const details = { host: new URL(session.origin).hostname, reason: blocked };
  if (imapFallback === undefined) throw new TravasoError('TARGET_UPLOAD_BLOCKED', details);
  const imap = await imapFallback().catch((error: unknown) => {
    const { code } = problemOf(error);
    log.warn('carbonio.no-imap-either', { code });
    throw new TravasoError('TARGET_UPLOAD_BLOCKED', { ...details, imap: code }, { cause: error });
  });
  await session.close();
  return { ...imap, account, remarks: [{ code: 'TARGET_BY_IMAP', details }] };
}

/**
 * Tries the two steps of adding a message without adding one: an upload that is left to expire, and AddMsg of an upload
 * that does not exist. A proxy or the tenant's administrator may have closed either.
 */
async function whatBlocks(session: SoapSession, signal: AbortSignal): Promise<string | null> {
  const octets = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from('Subject: Travaso\r\n\r\n'));
  };
  try {
    await session.upload({ octets, type: 'message/rfc822', fileName: 'probe.eml' }, signal);
  } catch (error) {
    // What came back was no id: a page of somebody in between.
    if (error instanceof SoapFault && error.code === 'mail.NO_SUCH_UPLOAD') return 'no-upload-id';
    return reasonOfBlock(error);
  }
  try {
    await session.request('AddMsgRequest', 'urn:zimbraMail', { m: { l: '2', noICal: '1', aid: noUpload } }, signal);
    return null;
  } catch (error) {
    return reasonOfBlock(error);
  }
}

/** Of the form that uploads have, on a server that does not exist. */
const noUpload = '00000000-0000-0000-0000-000000000000:00000000-0000-0000-0000-000000000000';

const closedCodes: ReadonlySet<string> = new Set(['SIGNIN_POLICY', 'SERVER_NOT_ZIMBRA']);
const closedFaults: ReadonlySet<string> = new Set(['service.PERM_DENIED', 'service.UNKNOWN_DOCUMENT']);

/** Null where the server is willing: it looked for the upload, or has another reason to refuse this one. */
function reasonOfBlock(error: unknown): string | null {
  if (error instanceof SoapFault) return closedFaults.has(error.code) ? error.code : null;
  const { code, details } = problemOf(error);
  if (!closedCodes.has(code)) throw error;
  return typeof details['status'] === 'number' ? `HTTP ${details['status']}` : code;
}

function facts(session: SoapSession, info: InfoAnswer): Readonly<Record<string, string | number | boolean>> {
  const { edition } = session;
  return { edition, version: info.version, tellsUse: info.used !== undefined, attSizeLimit: info.attSizeLimit ?? 0 };
}
