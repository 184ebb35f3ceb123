/** System flags of RFC 3501 section 2.3.2 that belong to the message and survive a move. `\Recent` does not. */
export const systemFlags = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'] as const;
export type SystemFlag = (typeof systemFlags)[number];

/** What a mailbox says of a message beside its octets. */
export interface MessageAttributes {
  /**
   * IMAP INTERNALDATE as ISO 8601 with the offset the server gave (`2019-03-04T09:15:00+01:00`), or null where
   * the source keeps none. The instant is what counts; the offset is kept because it was said.
   */
  readonly internalDate: string | null;
  readonly flags: readonly SystemFlag[];
  /** Every other flag, as the server spells it (`$Forwarded`, `NonJunk`, a Zimbra tag). */
  readonly keywords: readonly string[];
}

/**
 * Features of the octets that some servers refuse or alter. Noted while the octets pass by, so that the plan for
 * an upload can name each refusal before the first byte goes, without reading the archive again.
 */
export interface MessageTraits {
  /** Octets of the longest line without its line end, when over the 998 of RFC 5322 section 2.1.1; absent otherwise. */
  readonly longestLine?: number;
  /** A NUL octet occurs, which an IMAP literal cannot carry (RFC 3501 section 4.3). */
  readonly nul?: true;
  /** An octet above 127 occurs in the header, which only RFC 6532 allows. */
  readonly eightBitHeader?: true;
}

/** Splits what IMAP calls flags into the model's two lists; `\Recent` belongs to a session and is dropped. */
export function splitFlags(all: Iterable<string>): Pick<MessageAttributes, 'flags' | 'keywords'> {
  const flags = new Set<SystemFlag>();
  const keywords = new Set<string>();
  for (const flag of all) {
    const system = systemFlags.find(known => known.toLowerCase() === flag.toLowerCase());
    if (system !== undefined) flags.add(system);
    else if (!flag.startsWith('\\')) keywords.add(flag);
  }
  return { flags: systemFlags.filter(flag => flags.has(flag)), keywords: [...keywords].sort() };
}
