import * as z from 'zod';
import { itemKinds, otherItemKinds } from './item.ts';

/** A folder of what is no mail, in an archive that is looked into. */
export const archivedItemFolderSchema = z.object({
  /** Counted apart from folders of mail. */
  folder: z.int(),
  kind: z.enum(itemKinds),
  account: z.string(),
  path: z.array(z.string()),
  /** Each once, however many versions of it there are. */
  items: z.int(),
});
export type ArchivedItemFolder = z.infer<typeof archivedItemFolderSchema>;

/** `(folder, number)` is an item's name in the archive for ever. */
const name = { folder: z.int(), number: z.int() };

/** How far a list has been read: rows that were not yet have a name and nothing else. */
export const listReadingSchema = z.object({ done: z.int(), total: z.int() });
export type ListReading = z.infer<typeof listReadingSchema>;

export const contactRowSchema = z.object({
  ...name,
  name: z.string(),
  /** Mail address, else telephone. Of a group, empty. */
  reach: z.string(),
  organisation: z.string(),
  /** How many a group has; null for a person. */
  members: z.int().nullable(),
  /** The source no longer has it. */
  absent: z.boolean(),
  /** It cannot be read: shown by the name the archive knows it by, and can be saved as it is. */
  unreadable: z.boolean(),
});
export type ContactRow = z.infer<typeof contactRowSchema>;

export const agendaRowSchema = z.object({
  ...name,
  /** ISO 8601: a date for whole days, with `Z` for an instant, without for a time on the wall wherever one is. */
  start: z.string(),
  end: z.string(),
  /** The first day of it within what was asked for, where the person is: `2026-03-02`. */
  day: z.string(),
  title: z.string(),
  place: z.string(),
  /** Of a series. */
  repeats: z.boolean(),
  /** Unlike the rest of its series. */
  exception: z.boolean(),
  cancelled: z.boolean(),
  absent: z.boolean(),
});
export type AgendaRow = z.infer<typeof agendaRowSchema>;

export const taskRowSchema = z.object({
  ...name,
  title: z.string(),
  /** As `agendaRowSchema.start`. */
  due: z.string().nullable(),
  completed: z.boolean(),
  percent: z.int().nullable(),
  absent: z.boolean(),
  unreadable: z.boolean(),
});
export type TaskRow = z.infer<typeof taskRowSchema>;

export const otherItemRowSchema = z.object({
  ...name,
  kind: z.enum(otherItemKinds),
  name: z.string(),
  /** Of the folder it lies in. */
  path: z.array(z.string()),
  /** Of its file, as `.html`: a signature is archived as a page and as text. */
  ending: z.string(),
  /** Octets. */
  size: z.int(),
  absent: z.boolean(),
});
export type OtherItemRow = z.infer<typeof otherItemRowSchema>;

/** Something of a contact: the field's name is one of `contactFields`, or `other` with the property's own name. */
export const contactEntrySchema = z.object({
  field: z.string(),
  /** What the person called it, or the property of `other`; empty where there is nothing to say. */
  label: z.string(),
  value: z.string(),
});
export type ContactEntry = z.infer<typeof contactEntrySchema>;

/** A picture whose octets are of one of these kinds, whatever it was said to be. */
export const pictureSchema = z.object({
  type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
  base64: z.string(),
});
export type Picture = z.infer<typeof pictureSchema>;

export const frequencies = ['secondly', 'minutely', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** How a series repeats (RFC 5545 section 3.3.10), for a sentence about it. */
export const recurrenceSchema = z.object({
  frequency: z.enum(frequencies),
  interval: z.int(),
  /** `nth`: the second, the last (-1); null: each one. */
  days: z.array(z.object({ weekday: z.enum(weekdays), nth: z.int().nullable() })),
  monthDays: z.array(z.int()),
  /** From 1. */
  months: z.array(z.int()),
  /** Of what matches within one period; empty: all. */
  positions: z.array(z.int()),
  count: z.int().nullable(),
  /** As `agendaRowSchema.start`. */
  until: z.string().nullable(),
  /** The rule itself where it says more than this; null where this is all. */
  rule: z.string().nullable(),
});
export type Recurrence = z.infer<typeof recurrenceSchema>;

export const participantSchema = z.object({
  name: z.string(),
  address: z.string(),
  answer: z.enum(['accepted', 'declined', 'tentative', 'delegated', 'needs-action']),
});

/** Something attached: octets that can be saved, by its number, or a link. */
export const itemAttachmentSchema = z.object({
  part: z.int().nullable(),
  name: z.string(),
  link: z.string().nullable(),
  /** Octets; null for a link. */
  size: z.int().nullable(),
});
export type ItemAttachment = z.infer<typeof itemAttachmentSchema>;

const calendarCard = {
  title: z.string(),
  place: z.string(),
  description: z.string(),
  url: z.string(),
  start: z.string().nullable(),
  /** Null where it has none, and for a whole day. */
  end: z.string().nullable(),
  /** The time zone it was written in. */
  zone: z.string().nullable(),
  recurrence: recurrenceSchema.nullable(),
  /** Times of the series that are unlike the rest; `start` null: left out. At most as many as are shown. */
  exceptions: z.array(
    z.object({
      at: z.string(),
      start: z.string().nullable(),
      end: z.string().nullable(),
      title: z.string(),
      place: z.string(),
    }),
  ),
  organiser: z.object({ name: z.string(), address: z.string() }).nullable(),
  participants: z.array(participantSchema),
  /** Minutes before the start or, with `end`, the end; or an instant. */
  reminders: z.array(
    z.object({ minutes: z.number().nullable(), of: z.enum(['start', 'end']), at: z.string().nullable() }),
  ),
  attachments: z.array(itemAttachmentSchema),
  /** Words of RFC 5545 in lower case; empty where there is nothing to say. */
  status: z.string(),
  privacy: z.string(),
  categories: z.array(z.string()),
};

const cards = [
  z.object({
    kind: z.literal('contact'),
    name: z.string(),
    isGroup: z.boolean(),
    entries: z.array(contactEntrySchema),
    members: z.array(z.string()),
    photo: pictureSchema.nullable(),
  }),
  z.object({ kind: z.literal('event'), ...calendarCard, showAs: z.string() }),
  z.object({
    kind: z.literal('task'),
    ...calendarCard,
    due: z.string().nullable(),
    completed: z.string().nullable(),
    percent: z.int().nullable(),
    priority: z.int().nullable(),
  }),
  /** Notes, rules, signatures, settings and documents: their text, where they are text. */
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** Nothing can be made of it here; it can be saved as it is. */
  z.object({ kind: z.literal('unreadable'), why: z.enum(['broken', 'too-slow', 'too-large', 'no-text']) }),
] as const;

export const itemCardSchema = z.discriminatedUnion('kind', cards);
export type ItemCard = z.infer<typeof itemCardSchema>;
export type ContactCard = z.infer<(typeof cards)[0]>;
export type EventCard = z.infer<(typeof cards)[1]>;
export type TaskCard = z.infer<(typeof cards)[2]>;

export const itemViewSchema = z.object({
  ...name,
  kind: z.enum(itemKinds),
  /** As the source called it. */
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  sha256: z.string(),
  absent: z.boolean(),
  /** A name for its file that every system takes. */
  fileName: z.string(),
  card: itemCardSchema,
});
export type ItemView = z.infer<typeof itemViewSchema>;
