import * as z from 'zod';

/**
 * What a mailbox holds beside mail. Journal entries are calendar components (VJOURNAL) and count as events. Filter rules,
 * signatures and what the person set for the whole account (identities, absence) come as files of their own kinds.
 */
export const itemKinds = ['contact', 'event', 'task', 'note', 'file', 'rule', 'signature', 'settings'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Items by what became of them in one run; each is counted where it happens. */
export const itemCountsSchema = z.object({
  /** At the source, in the chosen folders. */
  found: z.int().nonnegative(),
  /** Written to the archive, among them new versions of items that changed. */
  stored: z.int().nonnegative(),
  /** In the archive before, octet for octet. */
  alreadyPresent: z.int().nonnegative(),
  /** Not stored, each with its reason among the exceptions. */
  setAside: z.int().nonnegative(),
});
export type ItemCounts = z.infer<typeof itemCountsSchema>;

export const noItems: ItemCounts = { found: 0, stored: 0, alreadyPresent: 0, setAside: 0 };

/** Only kinds that the source has. */
export const itemFiguresSchema = z.partialRecord(z.enum(itemKinds), itemCountsSchema);
export type ItemFigures = z.infer<typeof itemFiguresSchema>;
