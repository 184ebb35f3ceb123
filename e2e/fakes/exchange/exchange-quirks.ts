/** What happens to a command instead of its being executed and answered. */
export type Trouble =
  | 'none'
  /** The line dies before anything was done. */
  | 'cut'
  /** It is done, and the line dies before the answer. */
  | 'reply-lost'
  /** `* BYE Session invalidated - AccessTokenExpired`, before anything was done; the token is good for nothing from now on. */
  | 'token-expired'
  /** `NO Server Unavailable. 15`. */
  | 'unavailable';

export interface CommandSeen {
  /** Upper case, `UID FETCH` and the like included. */
  readonly verb: string;
  /** The line with its tag; literals left out. */
  readonly line: string;
  /** Counts all commands of all connections after sign-in, from 1. */
  readonly nth: number;
}

/** So many APPENDs a window; the next one is refused with the time to the next window, and the line is closed. */
export interface Throttle {
  readonly appends: number;
  readonly everyMs: number;
  /** The clock that the windows go by, in milliseconds. */
  now(): number;
}

/** How Exchange Online differs from the IMAP of the books. Each can be switched. */
export interface ExchangeQuirks {
  readonly maxMessageBytes: number;
  readonly maxLineOctets: number;
  readonly refusesNul: boolean;
  readonly refusesEightBitHeader: boolean;
  /** Tears messages apart and builds them anew: header fields regenerated, transfer encodings changed. */
  readonly rewritesMime: boolean;
  /** Gives a Message-ID to messages that have none. */
  readonly addsMessageId: boolean;
  readonly wrongSize: boolean;
  /** `\Flagged` within APPEND vanishes. */
  readonly losesFlagged: boolean;
  /** The NO or BAD at which the server says goodbye. */
  readonly errorsBeforeBye: number;
  /** Announces ENABLE and IMAP4rev2 after sign-in, and answers SEARCH wrongly. */
  readonly announcesRev2: boolean;
  /** The first command after a successful AUTHENTICATE gets `BAD User is authenticated but not connected.` */
  readonly notConnected: boolean;
  readonly reservesFiles: boolean;
  readonly throttle: Throttle | null;
  readonly trouble: (command: CommandSeen) => Trouble;
}

export const usualQuirks: ExchangeQuirks = {
  maxMessageBytes: 35 * 1024 * 1024,
  maxLineOctets: 10_239,
  refusesNul: true,
  refusesEightBitHeader: true,
  rewritesMime: true,
  addsMessageId: true,
  wrongSize: true,
  losesFlagged: true,
  errorsBeforeBye: 10,
  announcesRev2: true,
  notConnected: false,
  reservesFiles: true,
  throttle: null,
  trouble: () => 'none',
};
