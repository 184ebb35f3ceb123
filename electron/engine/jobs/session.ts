/** A connection made when it is needed and thrown away when it failed. */
export class Session<T extends { close(): Promise<void> }> {
  private readonly connect: () => Promise<T>;
  private current: T | null = null;

  constructor(connect: () => Promise<T>) {
    this.connect = connect;
  }

  /** Runs `use` on the connection. After a failure the next call gets a new one. */
  async with<R>(use: (connection: T) => Promise<R>): Promise<R> {
    this.current ??= await this.connect();
    try {
      return await use(this.current);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const connection = this.current;
    this.current = null;
    // A connection that failed cannot fail any more by being closed.
    await connection?.close().catch(() => undefined);
  }
}
