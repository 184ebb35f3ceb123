/** What a server allows in a folder's name, as far as it can be known without creating one. */
export interface NameRules {
  /** Personal namespace (RFC 2342), with its separator at the end: `INBOX.` on Courier and many a Dovecot; often empty. */
  readonly prefix: string;
  /** Hierarchy separator; null on a server without hierarchy. */
  readonly separator: string | null;
  /** Characters that cannot stand in a segment, besides the separator and controls. */
  readonly illegal: ReadonlySet<string>;
  /** Segments that cannot be used, in lower case, at any depth. */
  readonly reserved: ReadonlySet<string>;
  /** White space at the ends of a segment. `trimmed` servers drop it or fail on it later. */
  readonly outerBlanks: 'kept' | 'trailing-trimmed' | 'trimmed';
  readonly maxSegmentOctets: number;
  /** UTF-16 units, as Java counts. */
  readonly maxSegmentCharacters: number;
  /** Octets of the whole name on the wire, prefix included. */
  readonly maxNameOctets: number;
  /** Levels below the prefix; null: unlimited. */
  readonly maxDepth: number | null;
  /** `Ferie` and `FERIE` are one folder. INBOX is so everywhere (RFC 3501 section 5.1). */
  readonly caseInsensitive: boolean;
}

/** What the connection told of the server, and what it answered when asked for names that do not exist. */
export interface ServerNaming {
  readonly prefix: string;
  readonly separator: string | null;
  /** The `name` of its ID answer (RFC 2971), null when it gives none. */
  readonly product: string | null;
  /** Answers to `nameProbes`: names that the server says can never exist. */
  readonly impossible: ReadonlySet<string>;
}

/** Stored on a disk or not, no server is known to take longer segments (NAME_MAX of every common file system). */
const fileNameOctets = 255;
/** RFC 3501 sets no limit on the whole; Zimbra drops the line at 10,240 octets and Dovecot refuses names over 4,096. */
const wholeNameOctets = 4000;
/**
 * A Maildir's own folders and Dovecot's own files, where a folder of mail is a directory of its very name
 * (`LAYOUT=fs`). Dovecot refuses the first three; a folder `subscriptions` it makes, and can subscribe to none then.
 */
const directoryWords = ['cur', 'new', 'tmp', 'subscriptions', 'maildirfolder', 'dovecot-uidlist', 'dovecot-keywords'];

/**
 * Names to ask STATUS for before anything is created. Dovecot in its Maildir layouts cannot store some of them
 * whatever the separator is, and says so by `[CANNOT]` (RFC 5530) of a name that does not even exist, where other
 * servers and layouts say `[NONEXISTENT]` or nothing. No more than needed: Zimbra hangs up after five errors in a row.
 */
export function nameProbes(separator: string | null): readonly string[] {
  return ['a.b', 'cur'].filter(name => separator === null || !name.includes(separator));
}

export function nameRules(server: ServerNaming): NameRules {
  const product = server.product?.toLowerCase() ?? '';
  const general: NameRules = {
    prefix: server.prefix,
    separator: server.separator,
    // A slash separates on most servers, so that Dovecot and Cyrus refuse it in a segment even where a dot does.
    illegal: new Set(server.impossible.has('a.b') ? ['/', '.'] : ['/']),
    reserved: new Set(server.impossible.has('cur') ? directoryWords : []),
    outerBlanks: 'kept',
    maxSegmentOctets: fileNameOctets,
    maxSegmentCharacters: fileNameOctets,
    // Maildir++ keeps `.a.b.c` as one directory entry, so its limit holds for the whole name with a dot before it.
    maxNameOctets:
      server.separator === '.' || server.impossible.has('a.b')
        ? server.prefix.length + fileNameOctets - 1
        : wholeNameOctets,
    maxDepth: null,
    caseInsensitive: false,
  };
  if (product.includes('zimbra')) {
    // MailItem.validateItemName: no `:`, `/`, `"`; 128 characters; white space at the end is cut off.
    return {
      ...general,
      illegal: new Set([...general.illegal, ':', '"']),
      outerBlanks: 'trailing-trimmed',
      maxSegmentCharacters: 128,
      caseInsensitive: true,
    };
  }
  if (rebuildsMessages(server.product)) {
    // Blanks at either end are taken by CREATE and then break SELECT; `Files` belongs to Microsoft 365 groups.
    return {
      ...general,
      illegal: new Set([...general.illegal, '\\']),
      reserved: new Set([...general.reserved, 'files']),
      outerBlanks: 'trimmed',
      maxDepth: 300,
      caseInsensitive: true,
    };
  }
  return general;
}

/** Exchange takes messages apart and builds them anew when asked, so that the octets cannot prove anything there. */
export function rebuildsMessages(product: string | null): boolean {
  return product !== null && /microsoft|exchange/i.test(product);
}
