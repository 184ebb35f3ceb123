import * as z from 'zod';
import { splitFlags } from '../../../../shared/model/message.ts';
import type { MessageAttributes } from '../../../../shared/model/message.ts';
import { isoFromMs } from '../files/mail-date.ts';

/** The `.meta` beside each item of an export, `ItemData` in Zimbra's and Carbonio's source. Fields we do not use go. */
const metaSchema = z.object({
  id: z.int().optional(),
  type: z.int(),
  /** Seconds. */
  date: z.number().optional(),
  size: z.number().optional(),
  blob_digest: z.string().nullish(),
  unread: z.number().optional(),
  FlagStr: z.string().nullish(),
  Path: z.string().nullish(),
  TagNames: z.string().nullish(),
  uuid: z.string().nullish(),
  /** A contact's fields, in an encoding of Zimbra's own. */
  metadata: z.string().nullish(),
});
export type ZimbraMeta = z.infer<typeof metaSchema>;

/** Null when it is not what Zimbra writes. */
export function parseMeta(text: string): ZimbraMeta | null {
  try {
    return metaSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Item types as Zimbra numbers them (MailItem.Type). */
export const itemTypes: Readonly<Record<number, string>> = {
  1: 'folder',
  2: 'search',
  3: 'tag',
  5: 'message',
  6: 'contact',
  8: 'document',
  9: 'note',
  11: 'appointment',
  13: 'shared-folder',
  14: 'document',
  15: 'task',
  16: 'chat',
};

export function attributesOf(meta: ZimbraMeta): MessageAttributes {
  const letters = meta.FlagStr ?? '';
  const flags = (meta.unread ?? 0) > 0 || letters.includes('u') ? [] : ['\\Seen'];
  if (letters.includes('f')) flags.push('\\Flagged');
  if (letters.includes('r')) flags.push('\\Answered');
  if (letters.includes('w')) flags.push('$Forwarded');
  if (letters.includes('d')) flags.push('\\Draft');
  if (letters.includes('x')) flags.push('\\Deleted');
  if (letters.includes('n')) flags.push('$MDNSent');
  flags.push(...tagNames(meta.TagNames ?? ''));
  return {
    internalDate: meta.date === undefined ? null : isoFromMs(meta.date * 1000),
    ...splitFlags(flags),
  };
}

/** `Lavoro:Fatture\:2023`: parted by colons; a backslash makes the next character an ordinary one. */
export function tagNames(text: string): readonly string[] {
  const names = Array.from(text.matchAll(/(?:\\[\s\S]|[^\\:])+/g), ([name]) => name.replaceAll(/\\([\s\S])/g, '$1'));
  // A tag may be called `\Seen`; that would be another thing in a list of flags.
  return names.map(name => (name.startsWith('\\') ? name.slice(1) : name)).filter(name => name !== '');
}
