import { archive } from './en/archive.ts';
import { around } from './en/around.ts';
import { doctor } from './en/doctor.ts';
import { fileSource } from './en/file-source.ts';
import { items } from './en/items.ts';
import { message } from './en/message.ts';
import { newMailbox } from './en/new-mailbox.ts';
import { oldMailbox } from './en/old-mailbox.ts';
import { organisation } from './en/organisation.ts';
import { signInSteps } from './en/sign-in.ts';
import type { Words } from './words.ts';

export const english: Words = {
  archive,
  message,
  items,
  ...around,
  ...oldMailbox,
  ...fileSource,
  ...newMailbox,
  signInSteps,
  doctor,
  organisation,
};
