/** What one item may cost whoever looks at it. Beyond a limit it is shown by its name; `item.save` gives all of it. */
export const itemLimits = {
  /** Octets that are taken into memory: photos and attachments are within. */
  octets: 64 * 1024 * 1024,
  /** Of a photo that is shown. */
  photoOctets: 8 * 1024 * 1024,
  /** Characters of one text, and of a note or a signature as a whole. */
  characters: 100_000,
  textCharacters: 1024 * 1024,
  /** Entries of a contact, members, participants, exceptions, attachments. */
  entries: 2000,
  /** Years of a series that goes on for ever, counted from today: what is to come is seldom planned further ahead. */
  yearsAhead: 3,
  /** Years at most, however long ago it began. */
  years: 60,
} as const;
