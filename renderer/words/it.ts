import { archive } from './it/archive.ts';
import { around } from './it/around.ts';
import { doctor } from './it/doctor.ts';
import { fileSource } from './it/file-source.ts';
import { items } from './it/items.ts';
import { message } from './it/message.ts';
import { newMailbox } from './it/new-mailbox.ts';
import { oldMailbox } from './it/old-mailbox.ts';
import { organisation } from './it/organisation.ts';
import { signInSteps } from './it/sign-in.ts';

export const italian = {
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
