import type { JobRecord } from '../archive/catalogue/job-journal.ts';

export interface ReportAccounts {
  readonly mail: string | null;
  readonly items: string | null;
}

/**
 * The targets a report is about. Contacts and calendars may have gone to a server of their own (CardDAV, CalDAV) after
 * the mail went to a mailbox that takes nothing else; neither makes the other's work look undone.
 */
export function reportAccounts(jobs: readonly Pick<JobRecord, 'kind' | 'account'>[]): ReportAccounts {
  const uploads = jobs.flatMap(({ kind, account }) => (kind === 'upload' && account !== null ? [account] : []));
  const last = uploads.at(-1) ?? null;
  return {
    mail: uploads.findLast(account => !isOfItems(account)) ?? last,
    items: uploads.findLast(isOfItems) ?? last,
  };
}

/** Of a server that holds no mail. */
export function isOfItems(account: string): boolean {
  return account.startsWith('dav:');
}
