/**
 * What one message may cost. Beyond a limit the rest of the message is not indexed, and the message says so; it is
 * never refused, and the archive's own octets are not touched by any of this.
 */
export const limits = {
  /** Octets read of one message. Larger ones exist, but what is behind this is attachments. */
  messageOctets: 64 * 1024 * 1024,
  headerOctets: 256 * 1024,
  /** Multiparts within multiparts and messages within messages. Real mail seldom passes six. */
  depth: 20,
  parts: 1000,
  /** Characters of text kept of one part, and of a whole message. */
  partCharacters: 1024 * 1024,
  messageCharacters: 4 * 1024 * 1024,
  /** Octets of an attachment, decoded, that are looked into. */
  attachmentOctets: 32 * 1024 * 1024,
  /** Octets a ZIP member (a page of a document) may inflate to. */
  inflatedOctets: 32 * 1024 * 1024,
  zipEntries: 5000,
  pdfPages: 2000,
  /** Milliseconds one attachment may keep its thread, and one message the indexer's. */
  attachmentMs: 15_000,
  messageMs: 60_000,
  /** Octets the process may grow by while an attachment is looked into: decoders allocate outside of V8's own limit. */
  attachmentGrowth: 256 * 1024 * 1024,
  /** JavaScript heap of each thread, in MiB. */
  threadHeapMib: 192,
  /** Of it for what has just been made: V8 would take three times as much and give it back late. */
  threadYoungMib: 16,
  /** References of one message that count for its conversation. */
  references: 50,
} as const;
