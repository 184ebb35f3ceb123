import * as z from 'zod';
import { TravasoError } from '../../../../shared/errors.ts';

/**
 * What is read of a server's answers. Repeatable elements are arrays by the rules of SOAP over JSON, but proxies and
 * older servers send a single one bare; ids are strings, and numbers on some.
 */
const id = z.union([z.string(), z.number()]).transform(String);
const count = z.coerce.number().int().nonnegative().catch(0);

function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value): unknown => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]),
    z.array(item),
  );
}

const idsSchema = listOf(z.object({ ids: z.string().catch('') }));

/** A mounted share or a saved search: no place for mail of ours, but its name is taken. */
const otherFolderSchema = z.object({ id, name: z.string().catch('') });

export const folderSchema = z.object({
  id,
  uuid: z.string().optional(),
  name: z.string().catch(''),
  absFolderPath: z.string().optional(),
  /** Absent means that it takes anything. */
  view: z.string().optional(),
  /** Messages without those marked `\Deleted`; `i4n` has all of them, and is sent only where they differ. */
  n: count,
  i4n: count.optional(),
  /** Octets. */
  s: count,
  /** One above the highest item id of the whole mailbox when something last came into this folder. */
  i4next: count.optional(),
  /** Only in the answer to Sync: messages, contacts, appointments, tasks. */
  m: idsSchema,
  cn: idsSchema,
  appt: idsSchema,
  task: idsSchema,
  get folder() {
    return listOf(folderSchema);
  },
  link: listOf(otherFolderSchema),
  search: listOf(otherFolderSchema),
});
export type FolderElement = z.infer<typeof folderSchema>;

export const foldersAnswer = z.object({ folder: listOf(folderSchema) });

export const messageSchema = z.object({
  id,
  /** The folder it lies in. */
  l: id.optional(),
  f: z.string().catch(''),
  /** Names, with commas between them. */
  tn: z.string().catch(''),
  /** Octets. */
  s: z.coerce.number().int().nonnegative().nullable().catch(null),
  /** Milliseconds since 1970. */
  d: z.coerce.number().int().nullable().catch(null),
});
export type MessageElement = z.infer<typeof messageSchema>;

export const messagesAnswer = z.object({ m: listOf(messageSchema) });

export const tagsAnswer = z.object({ tag: listOf(z.object({ id, name: z.string() })) });

const attribute = z.union([z.string(), z.array(z.string())]);

export const infoAnswer = z.object({
  /** The account's own id, which no other account ever has. */
  id: z.string().catch(''),
  version: z.string().catch(''),
  /** Octets in use; absent when a node answered that does not hold the mailbox. */
  used: z.coerce.number().int().nonnegative().optional(),
  /** Octets of the largest message taken; -1 for no limit. */
  attSizeLimit: z.coerce.number().int().optional(),
  attrs: z.object({ _attrs: z.record(z.string(), attribute).catch({}) }).catch({ _attrs: {} }),
});
export type InfoAnswer = z.infer<typeof infoAnswer>;

/** @throws SERVER_BUSY for an answer that is none: what stands in front of a server sends its own pages when it is down */
export function readAnswer<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new TravasoError('SERVER_BUSY', { reason: 'answer-unreadable' }, { cause: read.error });
}
