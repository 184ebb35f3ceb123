import * as z from 'zod';

/**
 * What a mailbox holds beside mail. Journal entries are calendar components (VJOURNAL) and count as events. Filter rules,
 * signatures and what the person set for the whole account (identities, absence) come as files of their own kinds.
 */
export const itemKinds = ['contact', 'event', 'task', 'note', 'file', 'rule', 'signature', 'settings'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Those that have no shape of their own to be shown in: neither address book nor calendar. */
export const otherItemKinds = ['note', 'file', 'rule', 'signature', 'settings'] as const satisfies readonly ItemKind[];
export type OtherItemKind = (typeof otherItemKinds)[number];

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

/** Items of an upload or of its proof by what became of them; each is counted where it happens. */
export const itemOutcomeCountsSchema = z.object({
  /** In the archive, in the chosen folders, and not gone from the source. */
  toCarry: z.int().nonnegative(),
  /** Accepted by the target in this run. */
  uploaded: z.int().nonnegative(),
  /** At the target before this run. */
  alreadyPresent: z.int().nonnegative(),
  /** Read back and found equal, field by field; of a check of the archive alone: read again, every octet as it was stored. */
  verified: z.int().nonnegative(),
  /** Refused, each with its reason among the exceptions. */
  setAside: z.int().nonnegative(),
  /** Looked for by the proof and not there. */
  missing: z.int().nonnegative(),
  /** Found by the proof, and not what the archive has: each with the fields that differ among the exceptions. */
  differs: z.int().nonnegative().default(0),
  /** Of a kind that this account does not take by itself, or that nobody consented to. */
  byHand: z.int().nonnegative(),
});
export type ItemOutcomeCounts = z.infer<typeof itemOutcomeCountsSchema>;

export const noOutcomes: ItemOutcomeCounts = {
  toCarry: 0,
  uploaded: 0,
  alreadyPresent: 0,
  verified: 0,
  setAside: 0,
  missing: 0,
  differs: 0,
  byHand: 0,
};

/** Only kinds that the archive has in the chosen folders. */
export const itemOutcomesSchema = z.partialRecord(z.enum(itemKinds), itemOutcomeCountsSchema);
export type ItemOutcomes = z.infer<typeof itemOutcomesSchema>;
