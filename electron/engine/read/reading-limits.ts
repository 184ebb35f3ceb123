/**
 * What one message may cost whoever reads it. Beyond a limit less is shown and the view says so; the archive's octets are
 * not touched by any of this, and `message.save` gives all of them.
 */
export const readingLimits = {
  /** Octets of a message that are taken into memory. Providers refuse mail far smaller. */
  messageOctets: 256 * 1024 * 1024,
  /** Characters of text and of HTML that are shown. */
  textCharacters: 1024 * 1024,
  htmlCharacters: 4 * 1024 * 1024,
  /** Octets of the pictures in the text, decoded, all together; and how many. */
  imageOctets: 8 * 1024 * 1024,
  images: 200,
  /** Parts that are listed. */
  listedParts: 1000,
  /** Octets of a `winmail.dat` or signed envelope that is opened, and how many of one message are. */
  containerOctets: 64 * 1024 * 1024,
  containers: 20,
  /** Containers within containers. */
  containerDepth: 3,
  calendarOctets: 1024 * 1024,
  /** RFC 6109 sets no limit; real certification data has a few kilobytes, and one recipient more a hundred octets. */
  certificationOctets: 1024 * 1024,
  /** People of one address field, and recipients of one certification. */
  people: 2000,
  /** Milliseconds a message may keep its thread; then only its header is shown, which gets as many again. */
  messageMs: 15_000,
  /** JavaScript heap of the thread, in MiB. */
  threadHeapMib: 256,
} as const;
