import type { MailSource } from '../sources/mail-source.ts';

/** The connection to the source, made when needed and thrown away when it failed. */
export class SourceSession {
  private readonly connect: () => Promise<MailSource>;
  private current: MailSource | null = null;

  constructor(connect: () => Promise<MailSource>) {
    this.connect = connect;
  }

  /** Runs `use` on the connection. After a failure the next call gets a new one. */
  async with<T>(use: (source: MailSource) => Promise<T>): Promise<T> {
    this.current ??= await this.connect();
    try {
      return await use(this.current);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const source = this.current;
    this.current = null;
    // A connection that failed cannot fail any more by being closed.
    await source?.close().catch(() => undefined);
  }
}
