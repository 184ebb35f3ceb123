/**
 * How long a job goes on without anything coming of it, milliseconds of waiting in a row. What counts is the waiting
 * that was decided on, not a clock: a computer that slept over the week-end has not been patient, and its network
 * needs a moment after it wakes.
 */
export interface Patience {
  /** Before this run got in for the first time. Address or account may be wrong, and somebody is looking. */
  readonly first: number;
  /** The server that let it in does not any more: the office's line, a restart, a week-end's maintenance. */
  readonly away: number;
  /** It gets in, and loses the line again before anything was achieved: perhaps what it asks for breaks the line. */
  readonly stubborn: number;
}

const minute = 60_000;

export const defaultPatience: Patience = { first: minute / 2, away: 72 * 60 * minute, stubborn: 15 * minute };
