import * as z from 'zod';
import { systemFlags } from './message.ts';

/** Somebody in an address field, decoded. Either may be empty, not both. */
export const personSchema = z.object({ name: z.string(), address: z.string() });
export type Person = z.infer<typeof personSchema>;

/**
 * Why less is shown than the message holds, or not as its sender meant it. The archive still has every octet:
 * `message.save` gives them.
 */
export const readingProblems = [
  /** Parts within parts beyond the limit were passed over. */
  'too-deep',
  'too-many-parts',
  /** Text, pictures or octets beyond a limit are not shown. */
  'cut',
  /** A text names no character set that is known, or the wrong one; it was guessed. */
  'charset-unknown',
  /** A part is not what it says it is, or is damaged. */
  'part-unreadable',
  /** It took too long and was given up: only the header is shown. */
  'too-slow',
] as const;
export type ReadingProblem = (typeof readingProblems)[number];

export const partKinds = ['file', 'message', 'calendar', 'signature', 'pec-data', 'winmail'] as const;
export type PartKind = (typeof partKinds)[number];

/** An invitation as far as it is told in a line or two. Text from a stranger: nothing in it was checked. */
export const calendarSummarySchema = z.object({
  /** RFC 5546: `REQUEST`, `CANCEL`, `REPLY`…, upper case; null where the sender only attached an event. */
  method: z.string().nullable(),
  summary: z.string(),
  /** `2026-03-04T09:15:00Z` where its zone is known, `2026-03-04T09:15:00` where it is not, `2026-03-04` for all day. */
  start: z.string().nullable(),
  end: z.string().nullable(),
  location: z.string(),
  organizer: personSchema.nullable(),
  /** It comes again: `start` is the first time. */
  repeats: z.boolean(),
});
export type CalendarSummary = z.infer<typeof calendarSummarySchema>;

/** A part that is not the text: what a person would save or open. */
export const messagePartSchema = z.object({
  /** Names the part within the message shown, for `message.savePart` and, where it is a mail, for `inside`. Opaque. */
  part: z.string(),
  /** Safe as a file name on every system, never empty; what the sender called it, as far as that is safe. */
  name: z.string(),
  /** As the sender says, lower case: `application/pdf`. Says nothing about what is in it. */
  type: z.string(),
  /** Decoded; null where only decoding the whole would tell. */
  octets: z.int().nullable(),
  /** Belongs into the text, where the HTML names it. */
  inline: z.boolean(),
  kind: z.enum(partKinds),
  /** What it was taken out of: the message itself, a `winmail.dat`, or a signed envelope (`.p7m`). */
  from: z.enum(['mime', 'winmail', 'pkcs7']),
  /** Of a calendar. */
  event: calendarSummarySchema.nullable(),
});
export type MessagePart = z.infer<typeof messagePartSchema>;

/** A picture that the HTML names as `cid:`. Never SVG, which can fetch and run. */
export const inlineImageSchema = z.object({
  /** Without the angle brackets, as after `cid:`. */
  contentId: z.string(),
  type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']),
  /** Base64. */
  data: z.string(),
});
export type InlineImage = z.infer<typeof inlineImageSchema>;

/** Nothing is verified: a signature that is there may be anybody's. */
export const signatureSchema = z.object({
  kind: z.enum(['smime-signed', 'smime-opaque', 'smime-encrypted', 'pgp-signed', 'pgp-encrypted']),
  checked: z.literal(false),
});
export type MessageSignature = z.infer<typeof signatureSchema>;

/**
 * Italian certified mail (Posta Elettronica Certificata: DPR 68/2005, DM 2 November 2005; RFC 6109). `message`: a mail in
 * its transport envelope. `notice`: taken in charge by the other provider, or a warning that delivery is late.
 * `anomaly`: ordinary mail that came to a certified mailbox.
 */
export const pecKinds = [
  'message',
  'acceptance',
  'nonAcceptance',
  'delivery',
  'nonDelivery',
  'notice',
  'anomaly',
  'other',
] as const;
export type PecKind = (typeof pecKinds)[number];

/** `sent`: the message as its sender wrote it; all others as `pecKinds`. */
export const relatedKinds = [
  'sent',
  'message',
  'acceptance',
  'nonAcceptance',
  'delivery',
  'nonDelivery',
  'notice',
] as const;
export type RelatedKind = (typeof relatedKinds)[number];

export const pecSchema = z.object({
  kind: z.enum(pecKinds),
  /** The provider that certifies, as it calls itself; empty where the message does not say. */
  provider: z.string(),
  /** The provider's own number for the exchange; empty where the message does not say. */
  identifier: z.string(),
  sender: z.string(),
  recipients: z.array(z.object({ address: z.string(), type: z.enum(['certified', 'external']).nullable() })),
  /** Of a receipt that speaks of one recipient: whom. A message to three has three delivery receipts. */
  concerns: z.string().nullable(),
  subject: z.string(),
  /** When the provider says it happened. */
  date: z.iso.datetime().nullable(),
  /** What went wrong, in the provider's words; null where nothing did. */
  error: z.string().nullable(),
  /** The part, in the envelope, that is the message itself (`postacert.eml`); null where it is not enclosed. */
  inner: z.string().nullable(),
  /** The other messages of the same exchange that the archive holds. */
  related: z.array(
    z.object({
      folder: z.int(),
      number: z.int(),
      what: z.enum(relatedKinds),
    }),
  ),
});
export type Pec = z.infer<typeof pecSchema>;

/** A message opened to be read. Every text in it comes from a stranger; nothing was executed or fetched to make it. */
export const messageViewSchema = z.object({
  /** Name of the message in the archive. */
  folder: z.int(),
  number: z.int(),
  /**
   * Parts opened on the way to what is shown: `[]` is the message itself, `['2']` the mail attached as part 2. Of a PEC
   * message shown by its inside, the way there: parts below are named within what is shown.
   */
  inside: z.array(z.string()),
  headers: z.object({
    subject: z.string(),
    from: z.array(personSchema),
    to: z.array(personSchema),
    cc: z.array(personSchema),
    bcc: z.array(personSchema),
    replyTo: z.array(personSchema),
    /** As the message says, UTC. */
    date: z.iso.datetime().nullable(),
    messageId: z.string().nullable(),
  }),
  /** Octets of the message in the archive, also while a mail within it is shown. */
  size: z.int(),
  sha256: z.string(),
  flags: z.array(z.enum(systemFlags)),
  keywords: z.array(z.string()),
  internalDate: z.string().nullable(),
  absent: z.boolean(),
  /** The plain text, or what the HTML says where there is none; at most 1 Mi characters. */
  text: z.object({ body: z.string(), cut: z.boolean() }).nullable(),
  /** As it came, NOT cleaned: whoever shows it cleans and confines it; at most 4 Mi characters. */
  html: z.object({ body: z.string(), cut: z.boolean() }).nullable(),
  /** At most 8 MiB in all, decoded. */
  images: z.array(inlineImageSchema),
  parts: z.array(messagePartSchema),
  signature: signatureSchema.nullable(),
  pec: pecSchema.nullable(),
  problems: z.array(z.enum(readingProblems)),
});
export type MessageView = z.infer<typeof messageViewSchema>;
