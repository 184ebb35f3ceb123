import type { DovecotServer } from '../rig/dovecot.ts';
import type { Command } from './measure.ts';

export interface Account {
  readonly server: DovecotServer;
  readonly user: string;
}

/** A mailbox to read and a folder of one's own to write to. */
export interface Download {
  readonly from: Account;
  readonly directory: string;
}

/** What a `Download` of the same contender has left in `directory`, and an empty mailbox. */
export interface Upload {
  readonly directory: string;
  readonly origin: Account;
  readonly to: Account;
}

/** One program in the race. What it cannot do is null. */
export interface Contender {
  readonly name: string;
  /** How it stands to what we promise, in a few words. */
  readonly remark: string;
  readonly download: ((job: Download) => Command) | null;
  readonly upload: ((job: Upload) => Command) | null;
}

export function passwordOf({ server, user }: Account): string {
  return server.users[user]?.password ?? '';
}
