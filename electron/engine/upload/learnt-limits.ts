import type { Problem } from '../../../shared/errors.ts';
import type { TargetLimits } from '../targets/mail-target.ts';

/**
 * The limits of a target as they were read, and as its refusals teach them: an administrator may allow less than the
 * server's kind suggests, and says so only to the first message that is too large. The others are not sent in vain.
 */
export class LearntLimits {
  #current: TargetLimits;

  constructor(limits: TargetLimits) {
    this.#current = limits;
  }

  get current(): TargetLimits {
    return this.#current;
  }

  /** Hears what a message was refused for. */
  learn({ code, details }: Problem): void {
    const size = details['sizeBytes'];
    // One that came with a limit was foreseen: the server has not said anything new.
    if (code !== 'TARGET_MESSAGE_TOO_LARGE' || typeof size !== 'number' || details['limitBytes'] !== undefined) return;
    const known = this.#current.maxMessageBytes ?? Number.MAX_SAFE_INTEGER;
    this.#current = { ...this.#current, maxMessageBytes: Math.min(known, size - 1) };
  }
}
