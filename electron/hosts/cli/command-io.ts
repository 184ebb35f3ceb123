import type { Ports } from '../../engine/ports.ts';

/** The part of `process` that the command line uses, so that tests can stand in for it. */
export interface CommandIo {
  readonly stdin: AsyncIterable<Buffer | string> & { readonly isTTY?: boolean };
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

export interface CommandSettings {
  /** Replaces some of the engine's ports; the crash tests put their fault port here. */
  readonly ports?: Partial<Ports>;
}
