import type ICAL from 'ical.js';
import type { SoapBody } from '../fake-account.ts';
import type { MailboxStore } from '../mailbox/mailbox-store.ts';

export interface StoredContact {
  readonly kind: 'cn';
  readonly id: string;
  folder: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly members: readonly SoapBody[];
  readonly image: Buffer | null;
  tags: readonly string[];
}

/** One component of an appointment or task, as the server keeps it. */
export interface StoredInvite {
  readonly id: string;
  /** Null for the series. */
  readonly recurrence: string | null;
  readonly component: ICAL.Component;
  /** Definitions of the zones it names, where they are not the ones that everybody knows. */
  readonly zones: readonly ICAL.Component[];
}

export interface StoredCalendarItem {
  readonly kind: 'appt' | 'task';
  readonly id: string;
  folder: string;
  readonly uid: string;
  readonly invites: StoredInvite[];
  tags: readonly string[];
}

export type StoredItem = StoredContact | StoredCalendarItem;

export interface StoredSignature {
  readonly id: string;
  readonly name: string;
  readonly content: readonly SoapBody[];
}

/** What lies beside the mail in a mailbox that things are carried to. */
export class TargetItemsStore {
  readonly items = new Map<string, StoredItem>();
  rules: { incoming: readonly SoapBody[]; outgoing: readonly SoapBody[] } = { incoming: [], outgoing: [] };
  readonly signatures: StoredSignature[] = [];
  preferences: Record<string, string> = {};
  /** Mails that the server would have sent to somebody; nobody here may ever cause one. */
  mailed = 0;
  /** Items and settings of before that were written over. */
  overwritten = 0;
  readonly limits = { contacts: 10_000, signatures: 20, signatureLength: 10_240 };
  readonly manners = {
    /** Says by its UID which appointment the import passes over without a word. */
    isPassedOver: (() => false) as (uid: string) => boolean,
    /** Whether a search shows it: not where it has no occurrence. */
    isSearched: (() => true) as (uid: string) => boolean,
  };
  readonly mailbox: MailboxStore;

  constructor(mailbox: MailboxStore) {
    this.mailbox = mailbox;
  }

  contacts(): readonly StoredContact[] {
    return [...this.items.values()].filter(item => item.kind === 'cn');
  }

  calendarItems(): readonly StoredCalendarItem[] {
    return [...this.items.values()].filter(item => item.kind !== 'cn');
  }

  /** The server knows a UID once, wherever it lies. */
  byUid(uid: string): StoredCalendarItem | undefined {
    return this.calendarItems().find(item => item.uid === uid);
  }

  /** False when the mailbox is full. */
  takeRoom(octets: number): boolean {
    const { quota } = this.mailbox.limits;
    if (quota > 0 && this.mailbox.used() + octets > quota) return false;
    this.mailbox.otherOctets += octets;
    return true;
  }
}
