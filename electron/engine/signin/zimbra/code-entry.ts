import { TravasoError } from '../../../../shared/errors.ts';
import type { Clock } from '../../ports.ts';
import type { Enrolment } from '../../zimbra/sign-in-door.ts';
import type { ZimbraLine } from '../../zimbra/zimbra-line.ts';
import { codeProblem } from './code-problem.ts';
import type { UsedCodes } from './used-codes.ts';

export interface CodeEntryMeans {
  /** The canonical address. */
  readonly account: string;
  readonly usedCodes: UsedCodes;
  readonly clock: Pick<Clock, 'now'>;
}

/** Codes as a person types them: each is sent once, however often it was typed, because a refusal costs an attempt. */
export class CodeEntry {
  readonly #means: CodeEntryMeans;
  readonly #refused = new Set<string>();

  constructor(means: CodeEntryMeans) {
    this.#means = means;
  }

  /**
   * @param enrolment where the server just gave the secret, it can be told what was wrong with a code
   * @returns what the server answered, or why the code was not taken
   * @throws what `send` throws beside a refusal
   */
  async send<T>(
    typed: string,
    line: Pick<ZimbraLine, 'host' | 'skewSeconds'>,
    enrolment: Enrolment | null,
    send: (code: string) => Promise<T>,
  ): Promise<{ readonly taken: T } | { readonly refusal: TravasoError }> {
    const { account, usedCodes, clock } = this.#means;
    // People type codes in groups, as their app shows them.
    const code = typed.replaceAll(/[\s-]/g, '');
    if (this.#refused.has(code) || usedCodes.wasTaken(account, code))
      return { refusal: new TravasoError('SIGNIN_CODE_USED', { host: line.host }) };
    try {
      const taken = await send(code);
      usedCodes.took(account, code);
      return { taken };
    } catch (thrown) {
      if (!(thrown instanceof TravasoError) || thrown.code !== 'SIGNIN_CODE_REFUSED') throw thrown;
      this.#refused.add(code);
      const now = clock.now().getTime();
      // Which attempts are left stands in the server's refusal, whatever the cause is found to be.
      return { refusal: codeProblem({ refusal: thrown, skewSeconds: line.skewSeconds, code, now, enrolment }) };
    }
  }
}
