import type { FolderPath } from '../../../../shared/model/folder.ts';
import type { SystemFlag } from '../../../../shared/model/message.ts';
import { messageIdentity } from '../../message/identity.ts';

/** How one kind of server differs from what the RFCs let a client expect, as data. */
export interface ServerTraits {
  /** Gives back the octets it was given. */
  readonly keepsBytes: boolean;
  /** RFC822.SIZE is the number of octets that a FETCH of the body yields. */
  readonly tellsTrueSize: boolean;
  /** Extensions to make use of where they are announced; null for all that are. */
  readonly trustedCapabilities: ReadonlySet<string> | null;
  /** Flags that are lost or do harm within APPEND, and are set by UID STORE behind it. */
  readonly lateFlags: readonly SystemFlag[];
  /** Keywords, in lower case, that are not sent although the server says it keeps them. */
  readonly neverSent: ReadonlySet<string>;
  /** Octets of the largest message, where the server does not announce one; null: unknown. */
  readonly maxMessageBytes: number | null;
  /** Octets of the longest line without its end; null: unlimited. */
  readonly maxLineOctets: number | null;
  readonly takesEightBitHeader: boolean;
  /** Asked for folder and quota behind a refusal without a reason, it tells which of them it was. */
  readonly tellsCauseWhenAsked: boolean;
  /** Refused commands in one connection; the line is renewed before one more could follow. Null: as many as come. */
  readonly errorsPerConnection: number | null;
  /** Folders whose names differ by the case of letters alone are put together rather than renamed. */
  readonly mergesCase: boolean;
  readonly maxFolders: number | null;
  readonly maxMessagesPerFolder: number | null;
  /** What a careful sender is let through, in messages a second, as far as it is known. */
  readonly permittedRate: number | null;
  /** False for a folder that the server lists among the others and that holds appointments, contacts and the like. */
  readonly holdsMail: (path: FolderPath) => boolean;
  /** Equal for two headers that may be one message: what survives this server's hands. */
  readonly identityOf: (header: Buffer) => string;
}

/** A server that does what the RFCs say. */
export const plainTraits: ServerTraits = {
  keepsBytes: true,
  tellsTrueSize: true,
  trustedCapabilities: null,
  lateFlags: [],
  neverSent: new Set(),
  maxMessageBytes: null,
  maxLineOctets: null,
  takesEightBitHeader: true,
  tellsCauseWhenAsked: true,
  errorsPerConnection: null,
  mergesCase: false,
  maxFolders: null,
  maxMessagesPerFolder: null,
  permittedRate: null,
  holdsMail: () => true,
  identityOf: messageIdentity,
};
