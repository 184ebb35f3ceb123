/** What happens to a request instead of its being carried out and answered. */
export type Trouble =
  | 'none'
  /** The line dies before anything was done. */
  | 'cut'
  /** It is done, and the line dies before the answer. */
  | 'reply-lost'
  /** 429 with `Retry-After`; nothing was done. */
  | 'throttled'
  /** 503 with `Retry-After`; nothing was done. */
  | 'unavailable'
  /** It is done, and answered by 500. */
  | 'failed-after'
  /** 401; the token is good for nothing from now on. */
  | 'token-expired';

export interface RequestSeen {
  readonly method: string;
  /** Without the version and the query. */
  readonly path: string;
  /** From 1. */
  readonly nth: number;
}

/** How Microsoft Graph differs from a store of JSON. Each can be switched. */
export interface GraphQuirks {
  readonly trouble: (request: RequestSeen) => Trouble;
  /** Requests at a time; one more gets 429. */
  readonly width: number;
  /** Items of a page, whatever `$top` says; of occurrences twenty times as many. */
  readonly pageSize: number;
  /** Seconds of `Retry-After`. Whoever comes back earlier gets 429 again, and has to wait as long from then on. */
  readonly retryAfter: number;
  /** A second POST of a transaction: the event once more, or 409. */
  readonly transaction: 'same' | 'conflict';
  /** Answers members of an object in another order each time. */
  readonly shuffles: boolean;
  /** Texts come back with other line ends and blanks, as after a way through HTML. */
  readonly rewritesTexts: boolean;
  /** Whole days are said in UTC as the instant of midnight in the zone they were created in. */
  readonly wholeDaysAsInstants: boolean;
  readonly now: () => number;
}

export const usualQuirks: GraphQuirks = {
  trouble: () => 'none',
  width: 4,
  pageSize: 25,
  retryAfter: 7,
  transaction: 'same',
  shuffles: true,
  rewritesTexts: true,
  wholeDaysAsInstants: true,
  now: () => Date.now(),
};
