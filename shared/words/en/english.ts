import type { ErrorCode } from '../../errors.ts';
import type { Sentences } from '../sentences.ts';
import { archive } from './archive.ts';
import { connection } from './connection.ts';
import { newMailbox } from './new-mailbox.ts';
import { oldMailbox } from './old-mailbox.ts';
import { own } from './own.ts';
import { signIn } from './sign-in.ts';

/** Every code in English; a code without words does not compile. */
export const english: Readonly<Record<ErrorCode, Sentences>> = {
  ...connection,
  ...signIn,
  ...oldMailbox,
  ...archive,
  ...newMailbox,
  ...own,
};
