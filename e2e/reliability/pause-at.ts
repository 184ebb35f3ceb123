import type { FaultProxy } from '../rig/fault-proxy.ts';

/** A line that holds its breath at one command, so that something can happen meanwhile. */
export interface Pause {
  /** The client has sent the command; the server has not seen it. */
  readonly reached: Promise<unknown>;
  goOn(): void;
}

export function pauseAt(proxy: FaultProxy, command: RegExp): Pause {
  const { promise, resolve } = Promise.withResolvers<null>();
  // The book of rules asks the expression about each command; ours tells that it was asked about the right one.
  const match = new (class extends RegExp {
    override test(text: string): boolean {
      const matches = super.test(text);
      if (matches) resolve(null);
      return matches;
    }
  })(command.source, command.flags);
  proxy.inject({ at: 'command', match, action: 'freeze' });
  return {
    reached: promise,
    goOn: () => {
      proxy.heal();
    },
  };
}
