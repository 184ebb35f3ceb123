import type { Socket } from 'node:net';
import type { ExchangeQuirks, Trouble } from './exchange-quirks.ts';
import { ExchangeStore } from './exchange-store.ts';

export interface SeenConnection {
  /** NO and BAD answers. */
  errors: number;
}

/** What all connections of one fake share, and what a test may look at. */
export class ExchangeState {
  readonly user: string;
  readonly quirks: ExchangeQuirks;
  readonly store: ExchangeStore;
  readonly connections: SeenConnection[] = [];
  /** Command lines without their tags and literals. */
  readonly commands: string[] = [];
  /** Backoff times told, in milliseconds. */
  readonly throttled: number[] = [];
  /** How many APPENDs were let through, by the number of the throttle's window. */
  readonly windows = new Map<number, number>();
  /** What a person would complain of later. */
  readonly mishaps: string[] = [];
  /** The most connections open at a time. */
  mostAtOnce = 0;
  readonly #tokens = new Set<string>();
  readonly #sockets = new Set<Socket>();
  #seen = 0;
  #issued = 0;

  constructor(user: string, quirks: ExchangeQuirks) {
    this.user = user;
    this.quirks = quirks;
    this.store = new ExchangeStore(quirks);
  }

  /** As the identity service would. */
  issueToken(): string {
    this.#issued += 1;
    const token = `token-${this.#issued}`;
    this.#tokens.add(token);
    return token;
  }

  isValid(token: string): boolean {
    return this.#tokens.has(token);
  }

  revoke(token: string): void {
    this.#tokens.delete(token);
  }

  opened(socket: Socket): SeenConnection {
    const connection: SeenConnection = { errors: 0 };
    this.connections.push(connection);
    this.#sockets.add(socket);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#sockets.size);
    socket.once('close', () => this.#sockets.delete(socket));
    return connection;
  }

  closeAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  troubleFor(verb: string, line: string): Trouble {
    this.#seen += 1;
    return this.quirks.trouble({ verb, line, nth: this.#seen });
  }

  /** Milliseconds until the next window when this one is used up; null for an APPEND that is let through. */
  backoff(): number | null {
    const { throttle } = this.quirks;
    if (throttle === null) return null;
    const now = throttle.now();
    const index = Math.floor(now / throttle.everyMs);
    const used = this.windows.get(index) ?? 0;
    if (used >= throttle.appends) return (index + 1) * throttle.everyMs - now;
    this.windows.set(index, used + 1);
    return null;
  }
}
