import { around } from './it/around.ts';
import { newMailbox } from './it/new-mailbox.ts';
import { oldMailbox } from './it/old-mailbox.ts';

export const italian = { ...around, ...oldMailbox, ...newMailbox };
