import { TravasoError } from '../../../../shared/errors.ts';
import type { SignInStep } from '../../../../shared/model/sign-in.ts';
import { changePassword } from '../../zimbra/change-password.ts';
import type { PasswordChange, PasswordRule } from '../../zimbra/change-password.ts';
import type { ZimbraLine } from '../../zimbra/zimbra-line.ts';
import { newPasswordStep } from './web-steps.ts';

/** The server's demands of a new password, as they come to light: it names those alone that were broken. */
export class PasswordRules {
  #rules: readonly PasswordRule[] = [];

  firstAsking(): SignInStep {
    return newPasswordStep(this.#rules, [], null);
  }

  /** @returns null once it is changed, else the question again; throws as `changePassword` */
  async change(line: ZimbraLine, change: PasswordChange, signal: AbortSignal): Promise<SignInStep | null> {
    try {
      const changed = await changePassword(line, change, signal);
      if (changed.changed) return null;
      const rules = changed.broken.map(({ rule }) => rule);
      this.#rules = [...this.#rules.filter(({ rule }) => !rules.includes(rule)), ...changed.broken];
      const problem = new TravasoError('PASSWORD_RULES_BROKEN', { host: line.host, rules: rules.join(', ') });
      return newPasswordStep(this.#rules, rules, problem);
    } catch (thrown) {
      if (!(thrown instanceof TravasoError) || thrown.code !== 'PASSWORD_USED_BEFORE') throw thrown;
      return newPasswordStep(this.#rules, [], thrown);
    }
  }
}
