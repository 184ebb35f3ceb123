import * as z from 'zod';
import { folderRoles } from './folder.ts';
import { itemKinds } from './item.ts';
import { archivedItemFolderSchema } from './item-view.ts';
import { systemFlags } from './message.ts';

/** A message as a list shows it. `(folder, number)` is its name in the archive for ever. */
export const messageRowSchema = z.object({
  /** Number of the folder, as in `archiveViewSchema.folders`. */
  folder: z.int(),
  /** Counts from 1 within the folder. */
  number: z.int(),
  /** Decoded; empty where the message has none. */
  subject: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
  /** The recipients as the header names them, decoded, perhaps cut short. */
  to: z.string(),
  /** When it was written, UTC; when it arrived, where its own date is missing or cannot be. Null when neither is known. */
  date: z.iso.datetime().nullable(),
  /** Octets. */
  size: z.int(),
  flags: z.array(z.enum(systemFlags)),
  keywords: z.array(z.string()),
  /** Files a person would call attachments; pictures within the text do not count. Null before it was indexed. */
  attachments: z.int().nullable(),
  /** Messages with the same number belong to one conversation. Null before it was indexed. */
  thread: z.int().nullable(),
  /** The source no longer has it, or has it elsewhere. */
  absent: z.boolean(),
});
export type MessageRow = z.infer<typeof messageRowSchema>;

export const messageSorts = ['date', 'from', 'subject', 'size'] as const;
export type MessageSort = (typeof messageSorts)[number];

/** A piece of plain text; `hit` where it is what was looked for. */
export const segmentSchema = z.object({ text: z.string(), hit: z.boolean() });
export type Segment = z.infer<typeof segmentSchema>;

/** What a search found: a message or, where `item` says so, something else in the form of one. */
export const searchHitSchema = messageRowSchema.extend({
  /** Null for a message. Else `folder` is the number of a folder of items; the title is the subject, who organises the sender. */
  item: z.enum(itemKinds).nullable(),
  /** The subject, with what was found in it marked. */
  subjectSegments: z.array(segmentSchema),
  /** A line or two around the first place found, else how the text begins. Never markup. */
  snippet: z.array(segmentSchema),
  /** Whether the snippet is from the message's own text or from what is attached to it. */
  snippetFrom: z.enum(['body', 'attachment']),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** Why a query finds nothing or less than was meant; what to say is with the words. */
export const searchHintKinds = [
  'empty',
  'no-words',
  'date-not-understood',
  'range-reversed',
  'folder-not-found',
  'kind-not-understood',
  'field-empty',
  'nothing-found',
  /** Nothing holds these words, but they would do as a date: `data:marzo 2019`. */
  'date-as-words',
] as const;
export const searchHintSchema = z.object({
  kind: z.enum(searchHintKinds),
  /** The part of the query it is about, as typed. */
  text: z.string(),
});
export type SearchHint = z.infer<typeof searchHintSchema>;

export const indexPhases = ['absent', 'building', 'paused', 'stale', 'ready', 'declined', 'failed'] as const;

/** The full-text index of an archive. It is never the only copy of anything. */
export const indexStateSchema = z.object({
  /** `stale`: complete once, and messages have come since; it answers for those it holds. */
  phase: z.enum(indexPhases),
  messages: z.object({ done: z.int(), total: z.int() }),
  /** Messages of which some fields could not be indexed. Their other fields can be found. */
  incomplete: z.int(),
  /** It was found damaged and was made anew, or is being. */
  rebuiltAfterDamage: z.boolean(),
  /** Whether lists can be sorted by sender and subject, and searched at all. */
  searchable: z.boolean(),
  /** The archive's place takes no files, so the index lies in this person's cache. */
  elsewhere: z.boolean(),
  problem: z.object({ code: z.string() }).nullable(),
});
export type IndexState = z.infer<typeof indexStateSchema>;

export const archiveFolderSchema = z.object({
  folder: z.int(),
  account: z.string(),
  path: z.array(z.string()),
  role: z.enum(folderRoles).nullable(),
  selectable: z.boolean(),
  messages: z.int(),
  unread: z.int(),
  octets: z.int(),
});

/** What an archive holds, for a window that shows it. */
export const archiveViewSchema = z.object({
  id: z.uuid(),
  created: z.iso.datetime(),
  mailFormat: z.enum(['mbox', 'eml']),
  folders: z.array(archiveFolderSchema),
  messages: z.int(),
  octets: z.int(),
  /** What there is beside mail. */
  itemFolders: z.array(archivedItemFolderSchema),
  /** Nothing can be written where it lies. */
  readOnly: z.boolean(),
  /** Another process is writing to it: it is shown as of the last checkpoint. */
  inUse: z.boolean(),
  /** It came without a catalogue that can be read; a new one was made from the sidecars, here or in this person's cache. */
  catalogue: z.enum(['own', 'rebuilt', 'rebuilt-elsewhere']),
  index: indexStateSchema,
});
export type ArchiveView = z.infer<typeof archiveViewSchema>;
