import type { ErrorCode } from '../../errors.ts';
import type { Sentences } from '../sentences.ts';
import { archive } from './archive.ts';
import { carbonio } from './carbonio.ts';
import { connection } from './connection.ts';
import { duplicates } from './duplicates.ts';
import { items } from './items.ts';
import { itemUpload } from './item-upload.ts';
import { itemFiles } from './item-files.ts';
import { itemFlaws } from './item-flaws.ts';
import { inputFile } from './input-file.ts';
import { microsoftSignIn } from './microsoft-sign-in.ts';
import { microsoft365 } from './microsoft365.ts';
import { messages } from './messages.ts';
import { newMailbox } from './new-mailbox.ts';
import { oldMailbox } from './old-mailbox.ts';
import { organisation } from './organisation.ts';
import { own } from './own.ts';
import { restore } from './restore.ts';
import { search } from './search.ts';
import { sealedCopy } from './sealed-copy.ts';
import { signIn } from './sign-in.ts';
import { zimbra } from './zimbra.ts';

/** Every code in Italian; a code without words does not compile. */
export const italian: Readonly<Record<ErrorCode, Sentences>> = {
  ...connection,
  ...signIn,
  ...microsoftSignIn,
  ...zimbra,
  ...oldMailbox,
  ...items,
  ...duplicates,
  ...itemFlaws,
  ...itemUpload,
  ...itemFiles,
  ...archive,
  ...newMailbox,
  ...microsoft365,
  ...carbonio,
  ...organisation,
  ...sealedCopy,
  ...search,
  ...restore,
  ...messages,
  ...own,
  ...inputFile,
};
