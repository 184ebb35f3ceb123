import { randomBytes } from 'node:crypto';
import type { FakeAccount, FakeRequest } from './fake-account.ts';

/** One token the server gave out. */
export interface FakeSession {
  readonly token: string;
  readonly account: FakeAccount;
  /** `code`: the password was right, a code is awaited; good for nothing else. */
  readonly reach: 'full' | 'code';
  /** What must come back as X-Zimbra-Csrf-Token; null where none was asked for. */
  readonly csrf: string | null;
  /** The device the password came from (Carbonio). */
  readonly device: string | null;
  expired: boolean;
}

export class FakeSessions {
  readonly #sessions = new Map<string, FakeSession>();

  open(account: FakeAccount, more: Partial<Pick<FakeSession, 'reach' | 'csrf' | 'device'>> = {}): FakeSession {
    const token = `0_${randomBytes(24).toString('hex')}`;
    const session = { token, account, reach: 'full', csrf: null, device: null, expired: false, ...more } as const;
    const open: FakeSession = { ...session };
    this.#sessions.set(token, open);
    return open;
  }

  of(token: string | null): FakeSession | null {
    return token === null ? null : (this.#sessions.get(token) ?? null);
  }

  /** Every token given out so far: what must be found nowhere. */
  tokens(): readonly string[] {
    return [...this.#sessions.values()].flatMap(({ token, csrf }) => (csrf === null ? [token] : [token, csrf]));
  }

  /** How many are good for the mailbox now. */
  live(): number {
    return [...this.#sessions.values()].filter(({ reach, expired }) => reach === 'full' && !expired).length;
  }

  /** From now on every session must sign in again. */
  expireAll(): void {
    for (const session of this.#sessions.values()) session.expired = true;
  }
}

export function cookieOf({ headers }: FakeRequest, name: string): string | null {
  for (const pair of (headers['cookie'] ?? '').split(';')) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name && value !== undefined) return value.trim();
  }
  return null;
}

export function sessionCookie(token: string): string {
  return `ZM_AUTH_TOKEN=${token}; Path=/; Secure; HttpOnly`;
}
