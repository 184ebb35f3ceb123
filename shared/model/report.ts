import * as z from 'zod';
import { errorCodes, type ErrorCode } from '../errors.ts';
import { folderRoles } from './folder.ts';
import { itemKinds } from './item.ts';
import { jobStatuses } from './job.ts';
import { outcomeOf, outcomes } from './report-outcome.ts';

/**
 * The migration report as data: what the HTML shows, what `travaso report --out FILE.json` writes, and what a help
 * desk can check again years later. Version 1. Every number is a count that was kept while the work was done; none is
 * the difference of two others, so that two that disagree show a fault instead of hiding it. Null means that the
 * phase which would have counted has not run.
 */
export const reportVersion = 1;

const count = z.int().nonnegative();
const countOrNull = count.nullable();
const instant = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const path = z.array(z.string()).min(1).readonly();
const errorCode = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);

/** `Problem` of `errors.ts`. */
const problemSchema = z
  .object({
    code: errorCode,
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).readonly(),
    retryAfterMs: z.number().nonnegative().exactOptional(),
  })
  .readonly();

/** Reasons for unequal counts that are no problem at all; the others are error codes. */
export const plainDifferences = [
  /** Found in the new mailbox before the upload, proved the same, and so not sent again. */
  'ALREADY_AT_TARGET',
  /** Deleted or moved in the old mailbox since an earlier run; the archive keeps it. */
  'GONE_FROM_SOURCE',
  /** The person left this folder out. */
  'NOT_CHOSEN',
  /** The phase has not come to these messages yet. */
  'NOT_YET',
] as const;

const differenceSchema = z.object({ code: z.enum([...plainDifferences, ...errorCode.options]), count }).readonly();

const countsShape = {
  /** Distinct messages that the runs of this archive saw in the old mailbox. */
  found: countOrNull,
  /** Of those found: in the archive, with their SHA-256. */
  stored: countOrNull,
  /** Of those stored: in the new mailbox already before the upload, and not sent again. */
  alreadyPresent: countOrNull,
  /** Of those stored: sent, and acknowledged by the new mailbox. */
  uploaded: countOrNull,
  /** Of those stored: proved, where `verification.of` says. */
  verified: countOrNull,
  /** Found or stored, and set aside with a reason after repeated failure; each is among the exceptions. */
  setAside: countOrNull,
  /** Looked for at verification and not there. */
  missing: countOrNull,
  /** Octets of those stored. */
  bytes: countOrNull,
};
const countsSchema = z.object(countsShape).readonly();
export const countNames = Object.keys(countsShape) as (keyof z.infer<typeof countsSchema>)[];

const folderRowSchema = z
  .object({
    path,
    role: z.enum(folderRoles).nullable(),
    /** False: the person left this folder out. Its row is shown and counts for nothing. */
    chosen: z.boolean(),
    ...countsShape,
    differences: z.array(differenceSchema).readonly(),
  })
  .readonly();

const itemRowSchema = z
  .object({
    kind: z.enum(itemKinds),
    path,
    found: countOrNull,
    /** Each item once, however many versions of it the archive holds. */
    stored: count,
    /** By the backup or the upload, each with its reason among the exceptions. */
    setAside: count,
    /** Octets of the versions that count. */
    bytes: count,
    /**
     * What became of them at the target: absent before an upload came to them, `verified`, `missing` and
     * `differs` before a proof.
     * In a report on a backup alone `verified` is of the archive: read again, and every octet as it was stored.
     */
    toCarry: count.exactOptional(),
    uploaded: count.exactOptional(),
    alreadyPresent: count.exactOptional(),
    verified: count.exactOptional(),
    missing: count.exactOptional(),
    differs: count.exactOptional(),
    byHand: count.exactOptional(),
  })
  .readonly();

const exceptionSchema = z
  .object({
    problem: problemSchema,
    /** Null for what concerns the whole account or archive. */
    folder: path.nullable(),
    /** Null for what concerns a whole folder or more. */
    message: z
      .object({
        /** The archive's id; null when the message never got there. */
        id: z.string().nullable(),
        subject: z.string().nullable(),
        from: z.string().nullable(),
        /** The Date field as an instant when it could be read, else as it was written. */
        date: z.string().nullable(),
        sha256: sha256.nullable(),
        /** The message as an EML file beside the report: its path relative to the report, with `/`. */
        file: z.string().nullable(),
      })
      .readonly()
      .nullable(),
    phase: z.enum(['backup', 'upload', 'verify']),
  })
  .readonly();

const runSchema = z
  .object({
    kind: z.enum(['backup', 'upload', 'verify']),
    /** Of an upload that brought back a selection, or of its proof. The rest of the report is about the migration. */
    restore: z
      .object({
        /** The folder of the target below which it went; empty: the old folders. */
        under: z.array(z.string()).readonly(),
        query: z.string().nullable(),
        /** Messages of the selection, and those of them that were set aside. */
        found: count,
        setAside: count,
      })
      .readonly()
      .exactOptional(),
    started: instant,
    /** Null while it runs, and when it was killed. */
    finished: instant.nullable(),
    status: z.enum(jobStatuses),
    messages: count,
    bytes: count,
    /** Of work, without pauses. */
    seconds: z.number().nonnegative(),
  })
  .readonly();

const reportShape = z.object({
  format: z.literal('travaso-report'),
  version: z.literal(reportVersion),
  product: z.object({ name: z.string(), version: z.string() }).readonly(),
  /** UTC. */
  created: instant,
  archive: z
    .object({
      /** The name of the bag's folder, without the way to it: that may name the person or the office. */
      name: z.string(),
      mailFormat: z.enum(['mbox', 'eml']),
      /** Null while the bag is open. The SHA-256 is of the manifest file itself and so vouches for every file. */
      sealed: z.object({ manifest: z.string(), sha256 }).readonly().nullable(),
    })
    .readonly(),
  /** As `MailSource.account`: `imap://anna%40ente.it@old.ente.it`, or the URL-like name of a file. */
  sources: z.array(z.string()).min(1).readonly(),
  /** As `MailTarget.account`; null for a report on a backup alone. */
  target: z.string().nullable(),
  /** How the messages counted as `verified` were proved; null before the first verification came to its end. */
  verification: z
    .object({
      of: z.enum(['archive', 'target']),
      finished: instant,
      /** By the SHA-256 of all octets. */
      byOctets: count,
      /** By their decoded parts, where the server rebuilds messages: header fields, texts, attachments. */
      byParts: count,
    })
    .readonly()
    .nullable(),
  /**
   * The last check of the archive by itself, where `verification` does not tell of it: after a migration, or of a copy on
   * media that nobody can write to. What it found is among the exceptions.
   */
  archiveCheck: z.object({ finished: instant, verified: count, problems: count }).readonly().exactOptional(),
  totals: countsSchema,
  folders: z.array(folderRowSchema).readonly(),
  /** Contacts, appointments and the like, a row for each folder and kind; absent when the archive has none. */
  items: z.array(itemRowSchema).readonly().exactOptional(),
  /** Kinds that the person left out of the last backup, with what the source had of them (null: it did not tell). */
  leftOutItems: z
    .array(z.object({ kind: z.enum(itemKinds), items: countOrNull }).readonly())
    .readonly()
    .exactOptional(),
  /** Of the messages stored: put together from the parts an Outlook file holds. Their octets equal no original. */
  synthesised: count.exactOptional(),
  exceptions: z.array(exceptionSchema).readonly(),
  runs: z.array(runSchema).readonly(),
  renamedFolders: z
    .array(
      z
        .object({
          path,
          targetName: z.string(),
          reason: z.enum(['illegal-characters', 'reserved', 'too-long', 'name-taken', 'refused']),
        })
        .readonly(),
    )
    .readonly(),
  /** Keywords the new mailbox does not keep; they stay in the archive. */
  lostKeywords: z.array(z.object({ keyword: z.string(), folder: path, messages: count }).readonly()).readonly(),
  outcome: z.enum(outcomes),
});

/**
 * Refuses a report that contradicts itself: an outcome its own figures do not bear out, totals that are not the sum of
 * the chosen folders, or proofs that do not add up to the messages proved. "Complete" is a claim that can fail, also when the report is read back.
 */
export const reportSchema = reportShape.readonly().superRefine((report, context) => {
  const outcome = outcomeOf(report);
  if (report.outcome !== outcome) {
    context.addIssue({ code: 'custom', path: ['outcome'], message: `the figures say ${outcome}` });
  }
  const { verification, totals } = report;
  // Where there is no mail at all (contacts and calendars in files), there are no messages to be proved.
  const proved = report.folders.length === 0 ? (totals.verified ?? 0) : totals.verified;
  if (verification !== null && proved !== verification.byOctets + verification.byParts) {
    context.addIssue({ code: 'custom', path: ['verification'], message: `proved ${totals.verified ?? 'null'} in all` });
  }
  for (const name of countNames) {
    const total = report.totals[name];
    const chosen = report.folders.filter(folder => folder.chosen).map(folder => folder[name]);
    const known = chosen.filter(value => value !== null);
    const sum = known.reduce((all, value) => all + value, 0);
    if (total === null ? known.length > 0 : total !== sum) {
      context.addIssue({ code: 'custom', path: ['totals', name], message: `the folders sum up to ${sum}` });
    }
  }
});

export type MigrationReport = z.infer<typeof reportSchema>;
export type ReportCounts = z.infer<typeof countsSchema>;
export type ReportFolder = z.infer<typeof folderRowSchema>;
export type ReportException = z.infer<typeof exceptionSchema>;
export type ReportRun = z.infer<typeof runSchema>;
export type ReportDifference = z.infer<typeof differenceSchema>;
export type DifferenceCode = ReportDifference['code'];
