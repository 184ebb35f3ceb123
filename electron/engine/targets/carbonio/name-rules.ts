import type { NameRules } from '../imap/name-rules.ts';

/**
 * What the mailbox server takes as the name of a folder (MailItem.validateItemName): no `:`, `/`, `"`, no control
 * character, not `.` or `..`, at most 255 characters. It drops blanks at the end and looks names up without regard to
 * case. The length of a whole path has no limit of its own; this one keeps it within one line of IMAP.
 */
export const carbonioNameRules: NameRules = {
  prefix: '',
  separator: '/',
  illegal: new Set([':', '/', '"']),
  reserved: new Set(),
  outerBlanks: 'trailing-trimmed',
  // Characters are what counts: four octets each at most in the modified UTF-7 and UTF-8 that octets are counted in.
  maxSegmentOctets: 4 * 255,
  maxSegmentCharacters: 255,
  maxNameOctets: 4000,
  maxDepth: null,
  caseInsensitive: true,
};
