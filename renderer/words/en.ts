import { around } from './en/around.ts';
import { newMailbox } from './en/new-mailbox.ts';
import { oldMailbox } from './en/old-mailbox.ts';
import type { Words } from './words.ts';

export const english: Words = { ...around, ...oldMailbox, ...newMailbox };
