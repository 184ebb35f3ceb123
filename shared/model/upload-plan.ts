import * as z from 'zod';
import { problemSchema } from './job.ts';
import { folderRoles } from './folder.ts';
import { itemKinds } from './item.ts';

/** Of messages that the archive has by two ways: one of them is sent, or all are. */
export const duplicatesChoices = ['one', 'all'] as const;
export type DuplicatesChoice = (typeof duplicatesChoices)[number];

/** Why it is the other one that is sent. */
export const duplicateReasons = ['there', 'original', 'mailbox', 'first'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** One message the target is expected to refuse, by name. */
export const foreseenRefusalSchema = z.object({
  folder: z.array(z.string()),
  number: z.int(),
  subject: z.string().nullable(),
  octets: z.int(),
  problem: problemSchema,
  /**
   * What helps: `repair`, a minimally repaired copy, which the person has to agree to; `signed`, nothing, because the
   * message is signed or encrypted and stays as it is; `archive`, nothing but to keep it there.
   */
  remedy: z.enum(['repair', 'signed', 'archive']),
});

/** What becomes of a folder of items: it goes by itself, only by the person's hands, or once they agree. */
export const itemFates = ['upload', 'by-hand', 'needs-consent'] as const;
export type ItemFate = (typeof itemFates)[number];

/** A folder of contacts, appointments or the like. */
export const itemFolderPlanSchema = z.object({
  kind: z.enum(itemKinds),
  /** In the archive. */
  folder: z.array(z.string()),
  /** The target's name for where it goes; empty where it does not go by itself. */
  name: z.string(),
  exists: z.boolean(),
  items: z.int(),
  /** Of these, in the ledger as done already. */
  done: z.int(),
  fate: z.enum(itemFates),
  /** Fields that do not arrive as they were, with the items that have them. */
  changed: z.array(
    z.object({
      /** A name of `engine/items/item-fields.ts`. */
      field: z.string(),
      /** `as-text`: readable in the notes or the description; `left-out`: only in the archive. */
      fate: z.enum(['as-text', 'left-out']),
      items: z.int(),
    }),
  ),
  /** Of rules and signatures, by name: what consent adds, what is there the same, and what else is there and stays as it is. */
  settings: z
    .object({ added: z.array(z.string()), present: z.array(z.string()), theirs: z.array(z.string()) })
    .exactOptional(),
  /** Items the target cannot take, the first thousand by name. */
  refusals: z.array(z.object({ name: z.string(), problem: problemSchema })),
});
export type ItemFolderPlan = z.infer<typeof itemFolderPlanSchema>;

export const uploadPlanSchema = z.object({
  folders: z.array(
    z.object({
      path: z.array(z.string()),
      role: z.enum(folderRoles).nullable(),
      /** The target's own name for where it goes. */
      target: z.string(),
      targetPath: z.array(z.string()),
      exists: z.boolean(),
      /** Why the true name could not be kept. */
      renamed: problemSchema.nullable(),
      messages: z.int(),
      octets: z.int(),
      /** Of these, in the ledger as done already. */
      done: z.int(),
    }),
  ),
  /** What is left to send. */
  messages: z.int(),
  octets: z.int(),
  limits: z.object({
    maxMessageBytes: z.int().nullable(),
    maxLineOctets: z.int().nullable(),
    quota: z.object({ usedBytes: z.int(), limitBytes: z.int() }).nullable(),
  }),
  refusals: z.array(foreseenRefusalSchema),
  /** Messages that go as a repaired copy, because the person agreed: TARGET_MESSAGE_REPAIRED with what is changed. */
  repaired: z.array(
    z.object({ folder: z.array(z.string()), number: z.int(), subject: z.string().nullable(), problem: problemSchema }),
  ),
  /** Messages that the archive has from another mailbox or file, too, where one of them is enough. */
  duplicates: z.object({
    messages: z.int(),
    octets: z.int(),
    /** As the person asked: `one`, and these are left out; `all`, and they are sent all the same. */
    sent: z.enum(duplicatesChoices),
    /** The first thousand of them by name: the message, the one that stands for it, and why that one. */
    listed: z.array(
      z.object({
        folder: z.array(z.string()),
        number: z.int(),
        subject: z.string().nullable(),
        by: z.object({ folder: z.array(z.string()), number: z.int() }),
        /** It is there already; its octets are the original ones; it is from the mailbox itself; it was archived first. */
        why: z.enum(duplicateReasons),
      }),
    ),
  }),
  /** Keywords the target does not keep, with the messages that have them. */
  lostKeywords: z.array(z.object({ keyword: z.string(), folder: z.array(z.string()), messages: z.int() })),
  /** What else stands against the upload: too many folders, too many messages in one (`folder`). */
  warnings: z.array(z.object({ problem: problemSchema, folder: z.array(z.string()).nullable() })),
  /**
   * How long the upload takes at least. `measured`: at the rate of the last upload to this account, waiting included.
   * `permitted`: at the rate the server is known to let a careful sender have; with large messages it takes longer.
   */
  estimate: z
    .object({ seconds: z.number(), messagesPerSecond: z.number(), basis: z.enum(['measured', 'permitted']) })
    .nullable(),
  /** Contacts, appointments and the like; absent where the archive has none, and of a restore. */
  items: z.array(itemFolderPlanSchema).exactOptional(),
  /** Set when what is left to send does not fit. */
  quotaProblem: problemSchema.nullable(),
});
export type UploadPlan = z.infer<typeof uploadPlanSchema>;
export type ForeseenRefusal = z.infer<typeof foreseenRefusalSchema>;
