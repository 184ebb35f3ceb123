/** What is known of a line, for whoever decides how long to wait for it. */
export interface LineHistory {
  /** It carried a connection in this run, so address and account are right. */
  readonly reached: boolean;
  /** The last use had a connection; what failed was the work, or the line under it. */
  readonly connected: boolean;
}

/** A connection made when it is needed and thrown away when it failed. */
export class Session<T extends { close(): Promise<void> }> implements LineHistory {
  private readonly connect: () => Promise<T>;
  private current: T | null = null;
  reached = false;
  connected = false;

  constructor(connect: () => Promise<T>) {
    this.connect = connect;
  }

  /** Runs `use` on the connection. After a failure the next call gets a new one. */
  async with<R>(use: (connection: T) => Promise<R>): Promise<R> {
    this.current ??= await this.makeConnection();
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

  private async makeConnection(): Promise<T> {
    this.connected = false;
    const connection = await this.connect();
    this.reached = true;
    this.connected = true;
    return connection;
  }
}
